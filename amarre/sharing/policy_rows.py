"""Who sees which rows of the single way out. The same rules stand a second time in `walls.sql`.

Read by the `models_…` of the room. Who may do what is in `policy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from amarre.cases.policy import in_my_cases
from amarre.cases.states import State
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of
from amarre.organisations.states import ContactKind
from amarre.sharing.states import AgreementState, PartyKind, Purpose, TransmissionState

if TYPE_CHECKING:
    from amarre.sharing.models_agreements import Agreement, Ground, LawException, Unit, UnitMember
    from amarre.sharing.models_transmissions import AccessLink, Answer, Transmission

NOTHING = Q(pk__in=[])


def _current() -> Q:
    return Q(until=None) | Q(until__gte=timezone.localdate())


def _members(actor: Actor) -> Q:
    return in_my_cases(actor) if actor.door == Door.STAFF and actor.has("social_worker") else NOTHING


def _own(actor: Actor, column: str = "person_id") -> Q:
    return Q(**{column: actor.person_id}) if actor.door == Door.PERSON and actor.person_id else NOTHING


def live_links(actor: Actor) -> Q:
    """The link by which somebody without an account came, once they also gave its code."""
    if actor.door != Door.PARTNER or actor.user_id is not None or not actor.token:
        return NOTHING
    return Q(pass_digest=actor.token, ended_at=None, expires_at__gt=timezone.now())


def _still_there(actor: Actor) -> Q:
    """The contact through whom somebody receives is open, and no elected member: who has left receives nothing more."""
    if actor.door == Door.EMPLOYER:
        speaks = Q(contact__ended_on=None, contact__confirmed_at__isnull=False)
        return speaks & ~Q(contact__kind=ContactKind.WORKS_COUNCIL)
    return Q(partner__ended_on=None) if actor.door == Door.PARTNER else Q(contact=None, partner=None)


def received(actor: Actor) -> Q:
    """Transmissions of which the actor is the recipient, while they may be read."""
    from amarre.sharing.models_agreements import UnitMember
    from amarre.sharing.models_transmissions import AccessLink

    if actor.door not in (Door.STAFF, Door.EMPLOYER, Door.PARTNER):
        return NOTHING
    if actor.user_id is None:
        mine = one_of("pk", AccessLink.objects.filter(live_links(actor)).order_by().values("transmission_id"))
    else:
        mine = Q(to_user_id=actor.user_id) & _still_there(actor)
    if actor.door == Door.STAFF:
        units = UnitMember.objects.filter(_current(), user_id=actor.user_id, since__lte=timezone.localdate())
        mine |= one_of("unit_id", units.order_by().values("unit_id"))
    return mine & Q(state=TransmissionState.SENT, visible_until__gte=timezone.localdate())


class AgreementQuerySet(WalledQuerySet["Agreement"]):
    """Agreements: the members and the person. Who receives something is never shown the agreement."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_members(actor) | _own(actor))

    def in_force(self) -> Self:
        """Those that cover something today."""
        return self.filter(state=AgreementState.GIVEN, until__gte=timezone.localdate())

    def telling(self, actor: Actor) -> Self:
        """Those by which the actor may be told « suivi en cours »; `followed_for_me()` says the same in PostgreSQL."""
        if actor.door != Door.STAFF or not actor.has("health_team"):
            return self.none()
        addressed = Q(party_kind=PartyKind.COLLEAGUE, colleague_id=actor.user_id, purpose=Purpose.FOLLOWED)
        return self.in_force().filter(addressed).exclude(case__assignment__state=State.CLOSED)


class LawExceptionQuerySet(WalledQuerySet["LawException"]):
    """That an exception was made: the members, and the coordinators of the centre. Never the person's page."""

    def visible_to(self, actor: Actor) -> Self:
        seen = _members(actor)
        if actor.door == Door.STAFF and actor.has("coordinator"):
            seen |= Q(centre_id__in=actor.centres)
        return self.filter(seen)


class GroundQuerySet(WalledQuerySet["Ground"]):
    """Why it was made: the members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_members(actor))


class TransmissionQuerySet(WalledQuerySet["Transmission"]):
    """The members; the person, what was sent by their agreement; the recipient, while it may be read."""

    def visible_to(self, actor: Actor) -> Self:
        own = _own(actor, "about_id") & Q(exception=None) & ~Q(state=TransmissionState.DRAFT)
        return self.filter(_members(actor) | own | received(actor))

    def received_by(self, actor: Actor) -> Self:
        """Those addressed to the actor."""
        return self.filter(received(actor))


class AccessLinkQuerySet(WalledQuerySet["AccessLink"]):
    """The members; whoever holds the link's secret; the machine, while a mail is to carry it."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PARTNER and actor.user_id is None and actor.token:
            return self.filter(Q(digest=actor.token) | Q(pass_digest=actor.token))
        if actor.door == Door.STAFF and actor.has("social_worker"):
            return self.filter(in_my_cases(actor, "transmission__case_id"))
        if actor.door == Door.MACHINE:
            return self.filter(secret__isnull=False, ended_at=None)
        return self.none()


class AnswerQuerySet(WalledQuerySet["Answer"]):
    """Whoever sees the transmission."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_transmissions import Transmission

        return self.filter(transmission__in=Transmission.objects.visible_to(actor))


class UnitQuerySet(WalledQuerySet["Unit"]):
    """That there is a unit is no secret inside the service."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()


class UnitMemberQuerySet(WalledQuerySet["UnitMember"]):
    """Nor is who sits in it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()
