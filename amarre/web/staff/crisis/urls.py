"""Addresses of the crisis protocol."""

from django.urls import path

from amarre.web.staff.crisis import views

urlpatterns = [
    path("crise/", views.crisis, name="crisis"),
    path("crise/dossier/<int:pk>/", views.crisis_for_case, name="crisis_for_case"),
    path("crise/demande/<int:pk>/", views.crisis_for_request, name="crisis_for_request"),
]
