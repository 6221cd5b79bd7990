"""Django application of the room `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Solicitations."""

    name = "amarre.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.actor import Door
        from amarre.core.watch import own_work

        own_work(
            "intake",
            Door.STAFF,
            "%(row_table)s = 'intake_solicitation' and exists (select from intake_solicitation s"
            " where s.id = %(row_id)s and amarre_me() in (s.handled_by_id, s.assigned_to_id))"
            " or exists (select from intake_referral r where r.person_id = %(person_id)s)",  # whom I sent
        )
