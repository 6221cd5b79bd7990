"""Django application of the room `directory`."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Partners, their services, whom one knows there."""

    name = "amarre.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
