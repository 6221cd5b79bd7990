"""The staff door, as a Django application."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Pages of the service."""

    name = "amarre.web.staff"
    label = "staff"
