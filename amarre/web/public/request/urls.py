"""Addresses of the employee's request: the names of its pages are those of its steps."""

from django.urls import path

from amarre.web.public.request import views

urlpatterns = [
    path("", views.start, name="request_start"),
    path("lieu/", views.where, name="request_where"),
    path("motif/", views.why, name="request_why"),
    path("joindre/", views.reach, name="request_reach"),
    path("coordonnees/", views.contact, name="request_contact"),
    path("nom/", views.name, name="request_name"),
    path("verifier/", views.check, name="request_check"),
    path("envoyee/", views.sent, name="request_sent"),
    path("effacer/", views.erase, name="request_erase"),
]
