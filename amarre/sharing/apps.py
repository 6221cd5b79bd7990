"""Django application of the room `sharing`."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """What leaves a case for anybody else."""

    name = "amarre.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
