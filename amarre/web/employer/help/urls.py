"""Addresses of the request for somebody."""

from django.urls import path

from amarre.web.employer.help import views

urlpatterns = [
    path("aide/", views.ask, name="help"),
    path("aide/transmise/", views.sent, name="help_sent"),
]
