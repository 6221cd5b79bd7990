"""Who sees a case and who may do what in it.

Read by `cases.models`, its commands and the doors. The same rules stand a second time in `walls.sql`.
No role reads all cases; membership alone opens one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.cases.states import MemberRole
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of

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


def in_my_cases(actor: Actor, column: str = "case_id") -> Q:
    """Rows of the cases in which the actor is today."""
    return one_of(column, current_memberships(actor).order_by().values("case_id"))


def _in_charge(actor: Actor, case_id: int, *roles: str) -> bool:
    """In one of the roles today; somebody who passed the case on reads until the evening, and decides nothing more."""
    rows = current_memberships(actor).filter(case_id=case_id, role__in=roles)
    return _is_worker(actor) and rows.exclude(role=MemberRole.LEAD, until__isnull=False).exists()


def is_member(actor: Actor, case_id: int) -> bool:
    """Whether a social worker is in the case today."""
    return _is_worker(actor) and current_memberships(actor).filter(case_id=case_id).exists()


def may_open(actor: Actor) -> bool:
    """A social worker opens a case, of which they become the lead."""
    return _is_worker(actor)


def may_write(actor: Actor, case: Case) -> bool:
    """Every member writes in the case."""
    return is_member(actor, case.pk)


def may_edit_note(actor: Actor, note: Note) -> bool:
    """A note is corrected by its author, while they are in the case."""
    return note.author_id == actor.user_id and may_write(actor, note.case)


ANSWERS = frozenset({MemberRole.LEAD, MemberRole.CO_LEAD, MemberRole.STAND_IN})


def _title(role: str, until: date | None) -> str:
    """The role; nothing for somebody who passed the case on, and reads until the evening."""
    return "" if role == MemberRole.LEAD and until is not None else role


def roles_among(actor: Actor, memberships: Iterable[Membership]) -> frozenset[str]:
    """My roles today among memberships already read: a page asks once, then offers what the predicates allow."""
    today = timezone.localdate()
    mine = (m for m in memberships if m.user_id == actor.user_id and m.since <= today)
    return frozenset(_title(m.role, m.until) for m in mine if m.until is None or m.until >= today)


def roles_in(actor: Actor, case: Case) -> frozenset[str]:
    """My roles in the case today."""
    rows = current_memberships(actor).filter(case_id=case.pk).values_list("role", "until")
    return frozenset(_title(role, until) for role, until in rows)


def may_lead(actor: Actor, case: Case) -> bool:
    """Closing the case, letting somebody in: those who answer for it, a trainee never."""
    return _in_charge(actor, case.pk, *ANSWERS)


def may_name_member(actor: Actor, assignment: Assignment, user: Colleague) -> bool:
    """Who answers for the case lets somebody in; a coordinator of the centre names others, never themselves."""
    if user.pk == actor.user_id:
        return False
    return may_coordinate(actor, assignment) or _in_charge(actor, assignment.case_id, *ANSWERS)


def may_coordinate(actor: Actor, assignment: Assignment) -> bool:
    """A coordinator shares out the cases of their own centres."""
    return actor.door == Door.STAFF and actor.has("coordinator") and assignment.centre_id in actor.centres


def may_end_membership(actor: Actor, assignment: Assignment, membership: Membership) -> bool:
    """Who may let in may also end, and anybody may leave."""
    if membership.user_id == actor.user_id:
        return actor.door == Door.STAFF
    return may_name_member(actor, assignment, membership.user)


REOPENS = frozenset({MemberRole.LEAD, MemberRole.CO_LEAD})


def may_reopen(actor: Actor, case: Case) -> bool:
    """Who reopens becomes the lead: a stand-in, named until a day, does not."""
    return _in_charge(actor, case.pk, *REOPENS)


def may_hand_over(actor: Actor, case: Case) -> bool:
    """The lead passes the case on."""
    return _in_charge(actor, case.pk, MemberRole.LEAD)


def may_change_lead(actor: Actor, assignment: Assignment, to: Colleague) -> bool:
    """A coordinator gives a case of their centres to somebody, never to themselves."""
    return to.pk != actor.user_id and may_coordinate(actor, assignment)


def may_move(actor: Actor, assignments: Sequence[Assignment], to: Colleague) -> bool:
    """Several at once: all of them, or none."""
    return actor.has("coordinator") and all(may_change_lead(actor, a, to) for a in assignments)


def may_cover(actor: Actor, assignments: Sequence[Assignment], stand_in: Colleague) -> bool:
    """A coordinator names a stand-in, never themselves."""
    return may_move(actor, assignments, stand_in)


class CaseQuerySet(WalledQuerySet["Case"]):
    """Cases: their members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_my_cases(actor, "pk")) if _is_worker(actor) else self.none()


class AssignmentQuerySet(WalledQuerySet["Assignment"]):
    """Assignments: members, and the coordinators of the centre."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door != Door.STAFF:
            return self.none()
        mine = in_my_cases(actor) if _is_worker(actor) else Q(pk__in=[])
        if actor.has("coordinator"):
            mine |= Q(centre_id__in=actor.centres)
        return self.filter(mine)


class MembershipQuerySet(WalledQuerySet["Membership"]):
    """Who is in a case: its members, and the coordinators of its centre."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.cases.models import Assignment

        if actor.door != Door.STAFF:
            return self.none()
        mine = in_my_cases(actor) if _is_worker(actor) else Q(pk__in=[])
        if actor.has("coordinator"):
            mine |= Q(case_id__in=Assignment.objects.filter(centre_id__in=actor.centres).values("case_id"))
        return self.filter(mine)


def _inside(actor: Actor) -> Q:
    return in_my_cases(actor) if _is_worker(actor) else Q(pk__in=[])


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
