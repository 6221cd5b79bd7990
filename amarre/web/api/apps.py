"""The machine-read door, as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """No page: health."""

    name = "amarre.web.api"
    label = "api"
