"""Addresses of messages, the opinion and news."""

from django.urls import path

from amarre.web.employee.talk import views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("avis/", views.opinion, name="opinion"),
    path("nouvelles/<int:pk>/", views.look_back, name="look_back"),
]
