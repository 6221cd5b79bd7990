"""Addresses of hours, absences, and the calendar feed."""

from django.urls import path

from amarre.web.staff.hours import feeds

urlpatterns = [
    path("agenda/flux/", feeds.feed, name="agenda-feed"),
    path("agenda/flux/fermer/", feeds.feed_revoke, name="agenda-feed-revoke"),
]
