"""Django application of the room `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Solicitations."""

    name = "amarre.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
