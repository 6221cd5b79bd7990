"""Django application of the room `collective`."""

from django.apps import AppConfig


class CollectiveConfig(AppConfig):
    """Actions for groups, and what is tried at work."""

    name = "amarre.collective"
    label = "collective"
    default_auto_field = "django.db.models.BigAutoField"
