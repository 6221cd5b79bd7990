"""Who sees and who may act, in the room of collective actions.

Read by the models, the commands and the doors. The same rules stand in `walls.sql`.
The catalogue is the coordinator's, who answers for what the service offers, and the service admin's, who keeps lists.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.collective.states import EvaluationState, SessionState, TrialState
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of
from amarre.organisations.policy_contacts import is_mine

SEATS_KEPT = timedelta(days=30)
CALLED_OFF_KEPT = timedelta(days=1)
"""Long enough for a message that did not leave at once to be tried again."""

if TYPE_CHECKING:
    from amarre.collective.models import (
        Action,
        Animator,
        Attendance,
        Finding,
        Improvement,
        Material,
        MaterialFile,
        Offer,
        Seat,
        Session,
    )
    from amarre.organisations.models import Contact


def is_staff(actor: Actor) -> bool:
    """Anybody of the service who still works there: nobody is in these actions."""
    return actor.door == Door.STAFF and bool(actor.roles)


def may_run(actor: Actor) -> bool:
    """Actions are run by social workers and the coordinator."""
    return actor.door == Door.STAFF and actor.has("social_worker", "coordinator")


def may_arrange(actor: Actor) -> bool:
    """The secretary arranges sessions, and counts heads."""
    return actor.door == Door.STAFF and actor.has("social_worker", "secretary", "coordinator")


def may_propose(actor: Actor) -> bool:
    """The health team asks for an action as an employer does, and carries none."""
    return may_arrange(actor) or (actor.door == Door.STAFF and actor.has("health_team"))


def may_keep_catalogue(actor: Actor) -> bool:
    """What the service offers."""
    return actor.door == Door.STAFF and actor.has("coordinator", "service_admin")


def may_improve(actor: Actor) -> bool:
    """Work is looked at together: ergonomist, psychologist, nurse, physician, social worker."""
    return actor.door == Door.STAFF and actor.has("social_worker", "coordinator", "health_team")


def may_read_names(actor: Actor) -> bool:
    """Lists of names: whoever receives people at the door of a session."""
    return may_arrange(actor)


def may_ask(actor: Actor, contact: Contact) -> bool:
    """A contact, in their own name, for their own establishment; elected members as well."""
    return is_mine(actor, contact)


def may_withdraw(actor: Actor, action: Action) -> bool:
    """Whoever asked, at the employer's door; those who run actions."""
    return may_run(actor) or (action.contact is not None and is_mine(actor, action.contact))


def may_take_a_seat(actor: Actor) -> bool:
    """Whoever holds the link, and says no more than they wish."""
    return actor.door == Door.PUBLIC


def may_close_evaluation(actor: Actor) -> bool:
    """Those who run actions, or the clock."""
    return may_run(actor) or actor.door == Door.MACHINE


def may_forget(actor: Actor) -> bool:
    """Names are destroyed by the clock."""
    return actor.door == Door.MACHINE


def _mine(actor: Actor, what: str) -> QuerySet[Contact, int]:
    from amarre.organisations.models import Contact

    return Contact.objects.visible_to(actor).values_list(what, flat=True)


def _of_my_workplace(actor: Actor) -> Q:
    whole = Q(establishment=None) & one_of("company_id", _mine(actor, "establishment__company_id"))
    return one_of("establishment_id", _mine(actor, "establishment_id")) | whole


def _my_actions(actor: Actor) -> QuerySet[Action, int]:
    from amarre.collective.models import Action

    return Action.objects.visible_to(actor).values_list("pk", flat=True)


class OfferQuerySet(WalledQuerySet["Offer"]):
    """The catalogue: staff all of it, employers what is offered."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            return self.filter(active=True)
        return self.all() if actor.door == Door.STAFF else self.none()


class ActionQuerySet(WalledQuerySet["Action"]):
    """Staff; a contact, those of their workplace once agreed, and what they asked for; the clock, what closes."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            mine = one_of("contact_id", _mine(actor, "pk"))
            return self.filter(_of_my_workplace(actor) & (mine | Q(agreed_on__isnull=False)))
        if actor.door == Door.MACHINE:
            return self.filter(evaluation=EvaluationState.OPEN)
        return self.all() if is_staff(actor) else self.none()

    def for_employer(self) -> Self:
        """Without what is not said to an employer: the words of before the agreement, codes, counts."""
        return self.defer("need", "discussion", "lead", "follow_ups", "evaluation", "evaluation_code")


class SessionQuerySet(WalledQuerySet["Session"]):
    """Those of the actions that one sees; the clock, their days."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            return self.filter(one_of("action_id", _my_actions(actor))).defer("head_count", "appointment")
        return self.all() if is_staff(actor) or actor.door == Door.MACHINE else self.none()


class AnimatorQuerySet(WalledQuerySet["Animator"]):
    """Who leads what is known inside the service."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if is_staff(actor) else self.none()


class SeatQuerySet(WalledQuerySet["Seat"]):
    """Never an employer, nor the health team. Of a session that is called off: the clock alone, which tells them."""

    def visible_to(self, actor: Actor) -> Self:
        off = Q(session__state=SessionState.CANCELLED)
        if actor.door == Door.MACHINE:
            today = timezone.localdate()
            to_come = Q(session__state=SessionState.PLANNED, session__day__gte=today)
            return self.filter(to_come | off | Q(session__day__lt=today - SEATS_KEPT))
        return self.exclude(off) if may_read_names(actor) else self.none()


class AttendanceQuerySet(WalledQuerySet["Attendance"]):
    """Whoever receives people; the clock, which destroys."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if may_read_names(actor) or actor.door == Door.MACHINE else self.none()


class FindingQuerySet(WalledQuerySet["Finding"]):
    """Staff from five answers; outside from eleven, once the account is given, never on a sensitive theme."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            seen = _my_actions(actor).filter(sensitive=False, report_on__isnull=False)
            return self.filter(one_of("action_id", seen), told=True).defer("answers", "favourable")
        return self.all() if is_staff(actor) else self.none()


class MaterialQuerySet(WalledQuerySet["Material"]):
    """The service's own files."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if is_staff(actor) else self.none()

    def current(self) -> Self:
        """The newest version of each series, unless it was withdrawn."""
        return self.order_by("series", "-version").distinct("series")


class MaterialFileQuerySet(WalledQuerySet["MaterialFile"]):
    """And their bytes."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if is_staff(actor) else self.none()


class ImprovementQuerySet(WalledQuerySet["Improvement"]):
    """Staff, and the contacts of that workplace: it is their log."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            return self.filter(_of_my_workplace(actor))
        return self.all() if is_staff(actor) else self.none()

    def going_on(self) -> Self:
        """What is not concluded."""
        return self.filter(state__in=(TrialState.IDEA, TrialState.TRIAL))
