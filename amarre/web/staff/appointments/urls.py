"""Addresses of appointments."""

from django.urls import path

from amarre.web.staff.appointments import acts, booking, guests, settling, views

urlpatterns = [
    path("rendez-vous/nouveau/", booking.appointment_new, name="appointment-new"),
    path("dossiers/<int:pk>/rendez-vous/", booking.appointment_case, name="appointment-case"),
    path("rendez-vous/<int:pk>/", views.appointment, name="appointment"),
    path("rendez-vous/<int:pk>/papier/", views.appointment_paper, name="appointment-paper"),
    path("rendez-vous/<int:pk>/deplacer/", booking.appointment_move, name="appointment-move"),
    path("rendez-vous/<int:pk>/annuler/", acts.appointment_cancel, name="appointment-cancel"),
    path("rendez-vous/<int:pk>/notifier/", acts.appointment_quiet, name="appointment-quiet"),
    path("rendez-vous/<int:pk>/renvoyer/", acts.appointment_again, name="appointment-again"),
    path("rendez-vous/<int:pk>/conclure/", settling.appointment_settle, name="appointment-settle"),
    path("rendez-vous/<int:pk>/inviter/", guests.guest_invite, name="appointment-guest"),
    path("rendez-vous/<int:pk>/invites/<int:guest_pk>/retirer/", guests.guest_drop, name="appointment-guest-drop"),
]
