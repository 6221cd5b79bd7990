"""Who reads the journal: the privacy officer, and nobody else.

Read by `audit.models` and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from amarre.core.actor import Actor, Door

if TYPE_CHECKING:
    from amarre.audit.models import Entry

if TYPE_CHECKING:
    pass


def may_read_journal(actor: Actor) -> bool:
    """The privacy officer reads the journal."""
    return actor.door == Door.STAFF and actor.has("privacy_officer")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lines of the journal."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if may_read_journal(actor) else self.none()
