"""Django application of the bedrock."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the `core` models (drafts)."""

    name = "amarre.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
