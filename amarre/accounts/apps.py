"""Django application of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who signs in."""

    name = "amarre.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
