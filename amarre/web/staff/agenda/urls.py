"""Addresses of the agenda."""

from django.urls import path

from amarre.web.staff.agenda import hold, meeting, team, views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/equipe/", team.agenda_team, name="agenda_team"),
    path("agenda/temps/", hold.agenda_hold, name="agenda_hold"),
    path("agenda/<int:pk>/", meeting.agenda_meeting, name="agenda_meeting"),
    path("agenda/<int:pk>/collegue/", meeting.agenda_colleague, name="agenda_colleague"),
    path("agenda/<int:pk>/rendre/", meeting.agenda_release, name="agenda_release"),
]
