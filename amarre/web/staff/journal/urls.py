"""Addresses of the journal."""

from django.urls import path

from amarre.web.staff.journal import requests, views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/demandes/", requests.data_list, name="journal_requests"),
    path("journal/demandes/<int:pk>/", requests.data_answer, name="journal_request"),
]
