"""Who sees and writes the directory: the staff reads it whole; a partner's account, its own structure and line.

Read by `directory.models`, its commands and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of

if TYPE_CHECKING:
    from amarre.directory.models import ImportRun, PartnerContact, Service, Structure

# The operator's import of the directory runs as the machine.
_KEEPERS = (Door.STAFF, Door.MACHINE)


def may_write(actor: Actor) -> bool:
    """Local entries, and whom one knows there, are kept by those who send people there."""
    return actor.door == Door.STAFF and actor.has("social_worker", "coordinator", "service_admin")


def may_edit_structure(actor: Actor, structure: Structure) -> bool:
    """What came from a file is corrected at its source: the next import would undo it here."""
    return structure.local and may_write(actor)


def may_import(actor: Actor) -> bool:
    """A whole file is the service admin's act, or the operator's own command."""
    return actor.door == Door.MACHINE or (actor.door == Door.STAFF and actor.has("service_admin"))


def may_invite(actor: Actor) -> bool:
    """An account is the service admin's to make; the others say who is a regular partner."""
    return actor.door == Door.STAFF and actor.has("service_admin")


def may_see_runs(actor: Actor) -> bool:
    """What an import left out is read by those who keep the directory."""
    return may_write(actor) or actor.door == Door.MACHINE


class StructureQuerySet(WalledQuerySet["Structure"]):
    """Structures are no secret inside the service."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PARTNER:
            return self.filter(one_of("id", _my_structures(actor)))
        return self.all() if actor.door in _KEEPERS else self.none()


class ServiceQuerySet(WalledQuerySet["Service"]):
    """Nor is what they offer."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PARTNER:
            return self.filter(one_of("structure_id", _my_structures(actor)))
        return self.all() if actor.door in _KEEPERS else self.none()


class PartnerContactQuerySet(WalledQuerySet["PartnerContact"]):
    """Whom one knows there: the staff; each partner, their own line."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PARTNER:
            return self.filter(user_id=actor.user_id)
        return self.all() if actor.door == Door.STAFF else self.none()

    def current(self) -> Self:
        """Those who are still there."""
        return self.filter(ended_on=None)


class ImportRunQuerySet(WalledQuerySet["ImportRun"]):
    """What was imported, and what was not."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if may_see_runs(actor) else self.none()


def _my_structures(actor: Actor) -> QuerySet[PartnerContact, int]:
    from amarre.directory.models import PartnerContact

    mine = PartnerContact.objects.filter(user_id=actor.user_id, ended_on=None)
    return mine.values_list("structure_id", flat=True)
