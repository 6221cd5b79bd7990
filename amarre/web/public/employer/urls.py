"""Addresses of the employer's request: the names of its pages are those of its steps."""

from django.urls import path

from amarre.web.public.employer import views

urlpatterns = [
    path("", views.start, name="employer_start"),
    path("quoi/", views.about, name="employer_about"),
    path("vous/", views.you, name="employer_you"),
    path("repondre/", views.back, name="employer_back"),
    path("salarie/", views.whom, name="employer_whom"),
    path("motif/", views.reason, name="employer_reason"),
    path("theme/", views.theme, name="employer_theme"),
    path("verifier/", views.check, name="employer_check"),
    path("transmise/", views.sent, name="employer_sent"),
    path("effacer/", views.erase, name="employer_erase"),
]
