"""Who sees a solicitation, and who may do what about it.

Read by `intake.models`, its commands and the doors. The same rules stand a second time in `walls.sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from amarre.cases.policy import in_my_cases
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet
from amarre.intake.states import OPEN_STATES
from amarre.organisations.models import Contact

if TYPE_CHECKING:
    from amarre.intake.models import Attempt, Referral, Solicitation, Statement


def may_submit(actor: Actor) -> bool:
    """Anybody may ask; inside the service, those who answer calls or send people; of an employer, no elected member."""
    if actor.door in (Door.PUBLIC, Door.PERSON):
        return True
    if actor.door == Door.EMPLOYER:
        return Contact.objects.visible_to(actor).asking_for_somebody().exists()
    return actor.door == Door.STAFF and actor.has("social_worker", "secretary", "coordinator", "health_team")


def may_refer(actor: Actor) -> bool:
    """The health team sends somebody to the social service."""
    return actor.door == Door.STAFF and actor.has("health_team")


def _here(actor: Actor, solicitation: Solicitation, *roles: str) -> bool:
    return actor.door == Door.STAFF and actor.has(*roles) and solicitation.centre_id in actor.centres


def may_handle(actor: Actor, solicitation: Solicitation) -> bool:
    """Triage, taking, answering, refusing: a social worker of the centre."""
    return _here(actor, solicitation, "social_worker")


def may_attempt(actor: Actor, solicitation: Solicitation) -> bool:
    """The person is called for their agreement by a social worker, never by somebody who may not say why."""
    return _here(actor, solicitation, "social_worker")


def may_share_out(actor: Actor, solicitation: Solicitation) -> bool:
    """The coordinator shares the queue out; a social worker may pass a request to a colleague."""
    return _here(actor, solicitation, "coordinator", "social_worker")


def may_correct(actor: Actor, solicitation: Solicitation) -> bool:
    """Whoever takes calls in the centre corrects a telephone number."""
    return _here(actor, solicitation, "social_worker", "secretary", "coordinator")


def _mine(actor: Actor) -> Q:
    if not actor.has("social_worker"):
        return Q(pk__in=[])
    return in_my_cases(actor) | Q(case=None, handled_by_id=actor.user_id)


class SolicitationQuerySet(WalledQuerySet["Solicitation"]):
    """Open ones: the centre. Once handled: the case's members, or the one who answered without a case."""

    def visible_to(self, actor: Actor, *, waiting: bool = False) -> Self:
        """`waiting`: of those, the open ones of the actor's centres; the shorter question of every page's count."""
        if actor.door != Door.STAFF:
            return self.none()
        here = Q(pk__in=[])
        if actor.has("social_worker", "secretary", "coordinator"):
            here = Q(state__in=OPEN_STATES, centre_id__in=actor.centres)
        return self.filter(here if waiting else _mine(actor) | here)

    def open(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(state__in=OPEN_STATES)


class StatementQuerySet(WalledQuerySet["Statement"]):
    """Reasons and words: social workers of the centre while it is open, then the case's members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(solicitation__in=_read_inside(actor))


class AttemptQuerySet(WalledQuerySet["Attempt"]):
    """Attempts: as the statement."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(solicitation__in=_read_inside(actor))


class ReferralQuerySet(WalledQuerySet["Referral"]):
    """Whoever sent."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(by_id=actor.user_id) if may_refer(actor) else self.none()


def _read_inside(actor: Actor) -> SolicitationQuerySet:
    from amarre.intake.models import Solicitation

    if actor.door != Door.STAFF or not actor.has("social_worker"):
        return Solicitation.objects.none()
    return Solicitation.objects.filter(_mine(actor) | Q(state__in=OPEN_STATES, centre_id__in=actor.centres))
