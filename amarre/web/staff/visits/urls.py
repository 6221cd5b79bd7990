"""Addresses of visits, each by the key of its appointment."""

from django.urls import path

from amarre.web.staff.visits import views

urlpatterns = [
    path("visites/", views.visits, name="visits"),
    path("visites/<int:pk>/", views.sheet, name="visit"),
    path("visites/<int:pk>/fiche/", views.visit_edit, name="visit_edit"),
    path("visites/<int:pk>/imprimer/", views.visit_print, name="visit_print"),
    path("visites/<int:pk>/arrivee/", views.visit_arrived, name="visit_arrived"),
    path("visites/<int:pk>/depart/", views.visit_left, name="visit_left"),
    path("visites/<int:pk>/plus-tard/", views.visit_longer, name="visit_longer"),
    path("visites/<int:pk>/je-m-en-occupe/", views.visit_take, name="visit_take"),
]
