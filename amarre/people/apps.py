"""Django application of the room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The employees."""

    name = "amarre.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.actor import Door
        from amarre.core.watch import own_work

        own_work("people", Door.PERSON, "true")  # a space shows nothing but its own person; missing pages still count
