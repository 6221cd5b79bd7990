"""Django application of the room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who signs in."""

    name = "amarre.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.watch import on_alarm

        on_alarm(_tell_officers)


def _tell_officers() -> None:
    """An alarm was raised: privacy officers learn that one waits, if the reading that raised it is committed."""
    from amarre.core.jobs import enqueue

    enqueue("accounts.tell_officers")
