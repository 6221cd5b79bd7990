"""Addresses of this door."""

from django.urls import include, path

urlpatterns = [
    path("", include("amarre.web.public.home.urls")),
    path("demande/employeur/", include("amarre.web.public.employer.urls")),
    path("demande/", include("amarre.web.public.request.urls")),
]
