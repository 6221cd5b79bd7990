"""Addresses of the requests."""

from django.urls import path

from amarre.web.staff.requests import acts, views

urlpatterns = [
    path("demandes/", views.request_list, name="request_list"),
    path("nouveau-contact/", views.request_new, name="request_new"),
    path("demandes/<int:pk>/", views.request_detail, name="request"),
    path("demandes/<int:pk>/urgence/", acts.request_triage, name="request_triage"),
    path("demandes/<int:pk>/confier/", acts.request_assign, name="request_assign"),
    path("demandes/<int:pk>/accord/", acts.request_attempt, name="request_attempt"),
    path("demandes/<int:pk>/sans-reponse/", acts.request_no_answer, name="request_no_answer"),
    path("demandes/<int:pk>/prendre/", acts.request_take, name="request_take"),
    path("demandes/<int:pk>/repondre/", acts.request_answer, name="request_answer"),
    path("demandes/<int:pk>/conseil-donne/", acts.request_advised, name="request_advised"),
    path("demandes/<int:pk>/autre-centre/", acts.request_redirect, name="request_redirect"),
    path("demandes/<int:pk>/sans-suite/", acts.request_decline, name="request_decline"),
    path("demandes/<int:pk>/corriger/", acts.request_correct, name="request_correct"),
]
