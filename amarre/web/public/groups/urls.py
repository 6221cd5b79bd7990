"""Addresses of a session and of a place in it, as they stand on posters and in messages (`collective/links.py`)."""

from django.urls import path

from amarre.web.public.groups import seats, sessions

urlpatterns = [
    path("place/<str:secret>/", seats.seat, name="groups_seat"),
    path("place/<str:secret>/rendre/", seats.give_up, name="groups_give_up"),
    path("place/<str:secret>/reunion.ics", seats.file, name="groups_seat_file"),
    path("<str:code>/", sessions.session, name="groups_session"),
    path("<str:code>/rendue/", sessions.given_up, name="groups_given_up"),
    path("<str:code>/reunion.ics", sessions.file, name="groups_session_file"),
]
