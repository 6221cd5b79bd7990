"""Django app of the house style. Readers: Django. Must not know: any room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers templates, static files and the `ui` tag library."""

    name = "amarre.web.ui"
    label = "ui"
    verbose_name = "Composants"
