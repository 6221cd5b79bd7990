"""Fills the ledger's port when the application is ready."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The journal."""

    name = "amarre.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from amarre.audit.commands import write_line
        from amarre.audit.watch import is_suspended
        from amarre.core import ledger, watch

        ledger.register(write_line)
        watch.register(is_suspended)
