"""Addresses of the team's pages."""

from django.urls import path

from amarre.web.staff.team import changes, views

urlpatterns = [
    path("equipe/", views.team, name="team"),
    path("equipe/deplacer/", views.team_move, name="team_move"),
    path("equipe/absence/", views.team_cover, name="team_cover"),
    path("equipe/demandes/", views.team_requests, name="team_requests"),
    path("equipe/changements/", changes.change_list, name="team_changes"),
    path("equipe/changements/<int:pk>/regle/", changes.change_settle, name="team_change_settle"),
]
