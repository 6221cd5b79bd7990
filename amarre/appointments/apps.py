"""Django application of the room `appointments`."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """Hours, meetings, reminders, calendar feeds."""

    name = "amarre.appointments"
    label = "appointments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.actor import Door
        from amarre.core.watch import own_work

        own_work(
            "appointments",
            Door.STAFF,
            "exists (select from appointments_booking b where b.person_id = %(person_id)s"
            " and b.worker_id = amarre_me())",
        )
