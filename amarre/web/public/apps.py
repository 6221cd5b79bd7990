"""The public pages, as a Django application."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages without sign-in, and who comes in by the link of an appointment."""

    name = "amarre.web.public"
    label = "public"

    def ready(self) -> None:
        from amarre.web.public.appointment.entrance import link_actor
        from amarre.web.ui.scope import open_door

        open_door("rdv", link_actor)
