"""Django application of the room `organisations`."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The service, its centres, its member companies, its vocabularies."""

    name = "amarre.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
