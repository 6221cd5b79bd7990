"""Addresses of the messages."""

from django.urls import path

from amarre.web.employer.messages import views

urlpatterns = [
    path("messages/", views.messages, name="message_list"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/ouvrir/", views.open_it, name="message_open"),
]
