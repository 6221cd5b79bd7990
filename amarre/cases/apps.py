"""Django application of the room `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The professional's file."""

    name = "amarre.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.actor import Door
        from amarre.core.watch import own_work

        own_work(
            "cases",
            Door.STAFF,
            "%(case_id)s = any ((select my_cases())::bigint[]) or exists (select from cases_case c"
            " where c.person_id = %(person_id)s and c.id = any ((select my_cases())::bigint[]))",
        )
