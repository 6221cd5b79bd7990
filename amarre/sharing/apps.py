"""Django application of the room `sharing`."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """What leaves a case for anybody else."""

    name = "amarre.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.core.actor import Door
        from amarre.core.watch import own_work

        own_work(  # what was sent to me; questions show to nobody but those two
            "sharing",
            Door.STAFF,
            "%(row_table)s = 'sharing_transmission' and %(row_id)s = any ((select my_received())::bigint[])"
            " or %(row_table)s = 'sharing_question' and exists (select from sharing_question q"
            " where q.id = %(row_id)s)",
        )
