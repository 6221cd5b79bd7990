"""Django application of the partner's door."""

from django.apps import AppConfig


class PartnerConfig(AppConfig):
    """Pages of the door, and who comes in."""

    name = "amarre.web.partner"
    label = "web_partner"

    def ready(self) -> None:
        from amarre.web.partner.entrance import partner_actor
        from amarre.web.ui.scope import open_door

        open_door("partner", partner_actor)
