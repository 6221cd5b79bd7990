"""Addresses of the team's pages."""

from django.urls import path

from amarre.web.staff.team import views

urlpatterns = [
    path("equipe/", views.team, name="team"),
    path("equipe/deplacer/", views.team_move, name="team_move"),
    path("equipe/absence/", views.team_cover, name="team_cover"),
    path("equipe/demandes/", views.team_requests, name="team_requests"),
]
