"""Addresses of papers."""

from django.urls import path

from amarre.web.employee.papers import views

urlpatterns = [
    path("demarches/", views.application_list, name="application_list"),
    path("demarches/<int:pk>/", views.application, name="application"),
    path("budget/", views.budget, name="budget"),
    path("documents/", views.document_list, name="document_list"),
    path("documents/envoyer/", views.document_new, name="document_new"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/analyse/", views.document_scan, name="document_scan"),
    path("documents/<int:pk>/retirer/", views.document_remove, name="document_remove"),
]
