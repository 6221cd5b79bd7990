"""Who sees and who may do what with meetings of the unit, their items, and interviews held with somebody else.

Read by the models, the commands and the doors. The same rules of sight stand a second time in `walls_meetings.sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.cases.policy import in_my_cases, is_member
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.sharing.models_agreements import Unit, UnitMember
    from amarre.sharing.models_meetings import AgendaItem, Decision, Meeting, Minutes, Participant
    from amarre.sharing.models_together import InterviewParty, JointInterview
    from amarre.sharing.models_transmissions import Transmission

SITS = frozenset({"health_team", "social_worker"})
"""Roles that may sit in a unit."""
NOTHING = Q(pk__in=[])


def my_seats(actor: Actor) -> QuerySet[UnitMember]:
    """Where the actor sits today."""
    from amarre.sharing.models_agreements import UnitMember

    today = timezone.localdate()
    rows = UnitMember.objects.filter(user_id=actor.user_id, user__is_active=True, since__lte=today)
    return rows.filter(Q(until=None) | Q(until__gte=today)) if actor.door == Door.STAFF else rows.none()


def in_my_units(actor: Actor, column: str = "unit_id") -> Q:
    """Rows of the units in which the actor sits today."""
    return one_of(column, my_seats(actor).order_by().values("unit_id"))


def sits_in(actor: Actor, unit_id: int) -> bool:
    """Whether the actor sits in the unit today."""
    return my_seats(actor).filter(unit_id=unit_id).exists()


def _is_worker(actor: Actor) -> bool:
    return actor.door == Door.STAFF and actor.has("social_worker")


class MeetingQuerySet(WalledQuerySet["Meeting"]):
    """Those who sit in the unit; social workers, so that they can put an item."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door != Door.STAFF:
            return self.none()
        return self.all() if _is_worker(actor) else self.filter(in_my_units(actor))


class ParticipantQuerySet(WalledQuerySet["Participant"]):
    """Whoever sees the meeting."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_meetings import Meeting

        return self.filter(meeting__in=Meeting.objects.visible_to(actor))


class AgendaItemQuerySet(WalledQuerySet["AgendaItem"]):
    """A transmission: whoever may read it, while they may. Anonymous: the unit, and the one who put it."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_transmissions import Transmission

        if actor.door not in (Door.STAFF, Door.PERSON):
            return self.none()
        seen = Q(transmission__in=Transmission.objects.visible_to(actor))
        if actor.door == Door.STAFF:
            nameless = in_my_units(actor, "meeting__unit_id")
            if _is_worker(actor):
                nameless |= Q(put_by_id=actor.user_id)
            seen |= Q(transmission=None) & nameless
        return self.filter(seen)


class DecisionQuerySet(WalledQuerySet["Decision"]):
    """Whoever sees the item: the unit, the members of the case, the person."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_meetings import AgendaItem

        return self.filter(item__in=AgendaItem.objects.visible_to(actor))


class MinutesQuerySet(WalledQuerySet["Minutes"]):
    """The members of the case; the person, once they were sent. Who receives them reads the transmission alone."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_transmissions import Transmission

        if actor.door == Door.PERSON:
            return self.filter(transmission__in=Transmission.objects.visible_to(actor))
        return self.filter(in_my_cases(actor, "transmission__case_id") if _is_worker(actor) else NOTHING)


class JointInterviewQuerySet(WalledQuerySet["JointInterview"]):
    """The members of the case, and the person."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PERSON and actor.person_id is not None:
            return self.filter(person_id=actor.person_id)
        return self.filter(in_my_cases(actor)) if _is_worker(actor) else self.none()


class InterviewPartyQuerySet(WalledQuerySet["InterviewParty"]):
    """Whoever sees the interview."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_together import JointInterview

        return self.filter(interview__in=JointInterview.objects.visible_to(actor))


def may_look(actor: Actor) -> bool:
    """The unit's pages: those who may sit in one, and those who put items."""
    return actor.door == Door.STAFF and actor.has(*SITS)


def may_convene(actor: Actor, unit: Unit) -> bool:
    """Those who sit in the unit convene it."""
    return sits_in(actor, unit.pk)


def may_hold(actor: Actor, meeting: Meeting) -> bool:
    """They correct the meeting, say who came, and that it was held."""
    return sits_in(actor, meeting.unit_id)


def may_put(actor: Actor, transmission: Transmission) -> bool:
    """A member of the case puts on the agenda what was sent to the unit."""
    return is_member(actor, transmission.case_id)


def may_put_nameless(actor: Actor) -> bool:
    """A social worker puts an anonymous item."""
    return _is_worker(actor)


def may_remove(actor: Actor, item: AgendaItem) -> bool:
    """The one who put it takes it off, while they see it."""
    mine = type(item).objects.visible_to(actor).filter(pk=item.pk, put_by_id=actor.user_id)
    return _is_worker(actor) and mine.exists()


def may_decide(actor: Actor, item: AgendaItem) -> bool:
    """Those who sit in the unit, and the one who put the item, while they see it."""
    if not type(item).objects.visible_to(actor).filter(pk=item.pk).exists():
        return False
    return item.put_by_id == actor.user_id or sits_in(actor, item.meeting.unit_id)


def may_settle(actor: Actor, decision: Decision) -> bool:
    """Whoever may decide says that it is done; so does a member of the case."""
    about = decision.item.case_id
    return may_decide(actor, decision.item) or (about is not None and is_member(actor, about))


def may_give_account(actor: Actor, item: AgendaItem) -> bool:
    """Minutes of an item leave the case: its members prepare them. Of an anonymous one, whoever sees it may ask."""
    if item.case_id is not None:
        return is_member(actor, item.case_id)
    return may_decide(actor, item)


def may_sit_together(actor: Actor, case: Case) -> bool:
    """A member of the case plans an interview."""
    return is_member(actor, case.pk)


def may_write_together(actor: Actor, interview: JointInterview) -> bool:
    """So do they correct it, and say what was concluded."""
    return is_member(actor, interview.case_id)
