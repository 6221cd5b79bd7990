"""Who sees and writes the employees' identity.

Read by `people.models`, its commands and the doors. The person reads their own row, and says how to reach them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.people.models import Job, Person, PersonAccount


def may_write_people(actor: Actor) -> bool:
    """Those who meet people or take their calls keep their identity."""
    return actor.door == Door.STAFF and actor.has("social_worker", "secretary", "coordinator")


def only_watches(actor: Actor) -> bool:
    """The privacy officer looks into things: the person is told of the service's readings, never of these."""
    return actor.has("privacy_officer") and not may_write_people(actor)


def is_myself(actor: Actor, person: Person) -> bool:
    """The employee, in their own space."""
    return actor.door == Door.PERSON and actor.person_id is not None and actor.person_id == person.pk


def may_say_channel(actor: Actor, person: Person) -> bool:
    """How and when to be reached is the person's own word."""
    return is_myself(actor, person)


class PersonQuerySet(WalledQuerySet["Person"]):
    """Identity is known to the staff, and to the person."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PERSON:
            return self.filter(pk=actor.person_id) if actor.person_id else self.none()
        return self.all() if actor.door == Door.STAFF else self.none()


class PersonAccountQuerySet(WalledQuerySet["PersonAccount"]):
    """That somebody has a space is known to the staff who keep identities, as their e-mail address is."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PERSON:
            return self.filter(user_id=actor.user_id)
        return self.all() if may_write_people(actor) else self.none()


class JobQuerySet(WalledQuerySet["Job"]):
    """So are jobs."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()
