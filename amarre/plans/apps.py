"""Django application of the room `plans`."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What is built together with the person."""

    name = "amarre.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
