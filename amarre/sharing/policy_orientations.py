"""Who sees where an orientation stands, and who may remind. Written a second time in `walls_orientations.sql`.

Read by the models and the commands of the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amarre.cases.policy import in_my_cases, is_member
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.sharing.models_orientations import Orientation


class OrientationQuerySet(WalledQuerySet["Orientation"]):
    """The members of the case; the partner, while the transmission may be read."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_transmissions import Transmission

        if actor.door == Door.STAFF and actor.has("social_worker"):
            return self.filter(in_my_cases(actor, "transmission__case_id"))
        if actor.door == Door.PARTNER:
            return self.filter(transmission__in=Transmission.objects.visible_to(actor).received_by(actor))
        return self.none()


def may_remind(actor: Actor, orientation: Orientation) -> bool:
    """A member of the case reminds a partner."""
    return is_member(actor, orientation.case_id)


def may_mail(actor: Actor) -> bool:
    """The mail that carries a link leaves by a job."""
    return actor.door == Door.MACHINE
