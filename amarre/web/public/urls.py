"""Addresses of this door."""

from django.urls import include, path

urlpatterns = [
    path("", include("amarre.web.public.home.urls")),
    path("demande/employeur/", include("amarre.web.public.employer.urls")),
    path("demande/", include("amarre.web.public.request.urls")),
    path("actions/", include("amarre.web.public.groups.urls")),
    path("avis/", include("amarre.web.public.groups.urls_questions")),
]
