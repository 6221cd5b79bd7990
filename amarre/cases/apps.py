"""Django application of the room `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The professional's file."""

    name = "amarre.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
