"""Who sees a case and who may do what in it.

Read by `cases.models`, its commands and the doors. The same rules stand a second time in `walls.sql`.
No role reads all cases; membership alone opens one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.cases.states import MemberRole
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague
    from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note, Situation


def current_memberships(actor: Actor) -> QuerySet[Membership]:
    """The memberships that count today."""
    from amarre.cases.models import Membership

    today = timezone.localdate()
    rows = Membership.objects.filter(user_id=actor.user_id, since__lte=today)
    return rows.filter(Q(until=None) | Q(until__gte=today))


def _is_worker(actor: Actor) -> bool:
    return actor.door == Door.STAFF and actor.has("social_worker")


def _member(actor: Actor, case: Case, *roles: str) -> bool:
    rows = current_memberships(actor).filter(case_id=case.pk)
    return (rows.filter(role__in=roles) if roles else rows).exists()


def _my_cases(actor: Actor) -> QuerySet[Membership, int]:
    return current_memberships(actor).values_list("case_id", flat=True)


def may_open(actor: Actor) -> bool:
    """A social worker opens a case, of which they become the lead."""
    return _is_worker(actor)


def may_write(actor: Actor, case: Case) -> bool:
    """Every member writes in the case."""
    return _is_worker(actor) and _member(actor, case)


def may_edit_note(actor: Actor, note: Note) -> bool:
    """A note is corrected by its author, while they are in the case."""
    return note.author_id == actor.user_id and may_write(actor, note.case)


def may_lead(actor: Actor, case: Case) -> bool:
    """Closing, reopening, handing over: those who answer for the case, a trainee never."""
    return _is_worker(actor) and _member(actor, case, MemberRole.LEAD, MemberRole.CO_LEAD, MemberRole.STAND_IN)


def may_name_member(actor: Actor, assignment: Assignment, user: Colleague) -> bool:
    """Who answers for the case lets somebody in; a coordinator of the centre names others, never themselves."""
    if user.pk == actor.user_id:
        return False
    answers = (MemberRole.LEAD, MemberRole.CO_LEAD, MemberRole.STAND_IN)
    leads = _is_worker(actor) and current_memberships(actor).filter(case_id=assignment.case_id, role__in=answers)
    return may_coordinate(actor, assignment) or bool(leads and leads.exists())


def may_coordinate(actor: Actor, assignment: Assignment) -> bool:
    """A coordinator shares out the cases of their own centres."""
    return actor.door == Door.STAFF and actor.has("coordinator") and assignment.centre_id in actor.centres


def may_end_membership(actor: Actor, assignment: Assignment, membership: Membership) -> bool:
    """Who may let in may also end, and anybody may leave."""
    if membership.user_id == actor.user_id:
        return actor.door == Door.STAFF
    return may_name_member(actor, assignment, membership.user)


def may_hand_over(actor: Actor, case: Case) -> bool:
    """The lead passes the case on."""
    return _is_worker(actor) and _member(actor, case, MemberRole.LEAD)


def may_move(actor: Actor, assignments: Sequence[Assignment]) -> bool:
    """A coordinator moves cases of their own centres, all of them or none."""
    return all(may_coordinate(actor, a) for a in assignments) and actor.has("coordinator")


class CaseQuerySet(WalledQuerySet["Case"]):
    """Cases: their members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(pk__in=_my_cases(actor)) if _is_worker(actor) else self.none()


class AssignmentQuerySet(WalledQuerySet["Assignment"]):
    """Assignments: members, and the coordinators of the centre."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door != Door.STAFF:
            return self.none()
        mine = Q(case_id__in=_my_cases(actor)) if _is_worker(actor) else Q(pk__in=[])
        if actor.has("coordinator"):
            mine |= Q(centre_id__in=actor.centres)
        return self.filter(mine)


class MembershipQuerySet(WalledQuerySet["Membership"]):
    """Who is in a case: its members, and the coordinators of its centre."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.cases.models import Assignment

        if actor.door != Door.STAFF:
            return self.none()
        return self.filter(case_id__in=Assignment.objects.visible_to(actor).values("case_id"))


def _inside(actor: Actor) -> Q:
    return Q(case_id__in=_my_cases(actor)) if _is_worker(actor) else Q(pk__in=[])


class SituationQuerySet(WalledQuerySet["Situation"]):
    """What is inside a case: its members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor))


class NoteQuerySet(WalledQuerySet["Note"]):
    """Notes: the members, and the author alone for those sealed to their author."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor)).filter(Q(private=False) | Q(author_id=actor.user_id))


class ClosingQuerySet(WalledQuerySet["Closing"]):
    """How it ended: its members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor))


class LookBackQuerySet(WalledQuerySet["LookBack"]):
    """Look-backs: the members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor))
