"""Django application of the room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The employees."""

    name = "amarre.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
