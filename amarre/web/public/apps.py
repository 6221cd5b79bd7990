"""The public pages, as a Django application."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages without sign-in."""

    name = "amarre.web.public"
    label = "public"
