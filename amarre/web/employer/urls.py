"""Addresses of this door."""

from django.urls import include, path

from amarre.web.employer import views

urlpatterns = [
    path("", views.home, name="home"),
    path("obligations/", views.duties, name="duties"),
    path("jamais/", views.never, name="never"),
    path("mes-acces/", views.me, name="me"),
    path("", include("amarre.web.employer.help.urls")),
    path("", include("amarre.web.employer.advice.urls")),
    path("", include("amarre.web.employer.messages.urls")),
    path("", include("amarre.web.employer.groups.urls")),
]
