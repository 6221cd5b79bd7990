"""Addresses of hours, absences, their settings, and the calendar feed."""

from django.urls import path

from amarre.web.staff.hours import feeds, settings, views

urlpatterns = [
    path("agenda/flux/", feeds.feed, name="agenda-feed"),
    path("agenda/flux/fermer/", feeds.feed_revoke, name="agenda-feed-revoke"),
    path("permanences/", views.hours, name="hours"),
    path("permanences/<int:worker_pk>/", views.hours_of, name="hours_of"),
    path("permanences/<int:worker_pk>/ouvrir/", views.hours_open, name="hours_open"),
    path("permanences/<int:worker_pk>/absence/", views.hours_away, name="hours_away"),
    path("permanences/terminer/<int:pk>/", views.hours_end, name="hours_end"),
    path("permanences/un-jour/<int:pk>/", views.hours_day, name="hours_day"),
    path("permanences/retour/<int:pk>/", views.hours_back, name="hours_back"),
    path("reglages/rendez-vous/", settings.meetings, name="settings_meetings"),
    path("reglages/rendez-vous/nouveau/", settings.kind_new, name="settings_kind_new"),
    path("reglages/rendez-vous/<int:pk>/", settings.kind, name="settings_kind"),
    path("reglages/salles/nouvelle/", settings.room_new, name="settings_room_new"),
    path("reglages/salles/<int:pk>/", settings.room, name="settings_room"),
]
