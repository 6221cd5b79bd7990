"""Addresses of this door: those of an account, then those of a link."""

from django.urls import path

from amarre.web.partner import views

urlpatterns = [
    path("", views.home, name="home"),
    path("mon-acces/", views.me, name="me"),
    path("recus/<int:pk>/", views.message, name="received"),
    path("recus/<int:pk>/ouvrir/", views.open_it, name="received_open"),
    path("recus/<int:pk>/repondre/", views.answer, name="received_answer"),
    path("lien/<str:secret>/", views.link, name="link"),
    path("message/", views.message, name="message"),
    path("message/ouvrir/", views.open_it, name="message_open"),
    path("message/repondre/", views.answer, name="message_answer"),
]
