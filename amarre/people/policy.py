"""Who sees and writes the employees' identity.

Read by `people.models`, its commands and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.people.models import Job, Person


def may_write_people(actor: Actor) -> bool:
    """Those who meet people or take their calls keep their identity."""
    return actor.door == Door.STAFF and actor.has("social_worker", "secretary", "coordinator")


class PersonQuerySet(WalledQuerySet["Person"]):
    """Identity is known to the staff."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()


class JobQuerySet(WalledQuerySet["Job"]):
    """So are jobs."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()
