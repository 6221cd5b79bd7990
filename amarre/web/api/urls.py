"""Addresses of this door."""

from django.urls import path

from amarre.web.api.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
