"""Addresses of this door. What stands after `/agenda/` is a secret: no log writes it (`core.logs`)."""

from django.urls import path, re_path

from amarre.web.api.feeds import feed
from amarre.web.api.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    re_path(r"^agenda/(?P<secret>[A-Za-z0-9_-]{1,80})\.ics$", feed, name="feed"),
]
