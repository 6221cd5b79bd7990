"""Every write of who is in a case: named, ended, handed over, moved, covered.

Read by the doors. Nobody appoints themselves: the second person is the lead or a coordinator. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases import policy
from amarre.cases.commands import hold, require_open, require_open_assignment
from amarre.cases.commands_notes import destroy_note, open_note
from amarre.cases.models import Assignment, Case, Membership, Note
from amarre.cases.states import MemberRole, State
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command


def _check_worker(user: Colleague) -> None:
    if not user.is_active or "social_worker" not in user.roles:
        raise Refused("Seul un compte actif d’assistant(e) de service social peut entrer dans un dossier.")


def _in_case(assignment: Assignment, user_id: int) -> bool:
    today = timezone.localdate()
    rows = Membership.objects.filter(case_id=assignment.case_id, user_id=user_id)
    return any(m.until is None or m.until >= today for m in rows)


@command("case.change_lead", allowed=policy.may_change_lead)
def change_lead(*, actor: Actor, assignment: Assignment, to: Colleague, reason: str) -> Membership:
    """The coordinator gives one case to another lead; one line of the journal per case."""
    _check_worker(to)
    require_open_assignment(actor, assignment)
    return _change_lead(actor, assignment, to, reason)


def _change_lead(actor: Actor, assignment: Assignment, to: Colleague, reason: str) -> Membership:
    """End the lead's membership today and name the new one; somebody already in becomes the lead."""
    today = timezone.localdate()
    rows = Membership.objects.filter(case_id=assignment.case_id)
    for old in rows.filter(role=MemberRole.LEAD, until=None):
        old.until = max(today, old.since)
        old.save(update_fields=["until"])
    lead = Membership(
        case_id=assignment.case_id,
        user=to,
        role=MemberRole.LEAD,
        since=today,
        reason=reason,
        named_by_id=actor.account_id,
    )
    lead.save()
    assignment.lead = to
    assignment.save(update_fields=["lead"])
    return lead


@command("member.name", allowed=policy.may_name_member)
def name_member(
    *,
    actor: Actor,
    assignment: Assignment,
    user: Colleague,
    role: str,
    since: date,
    reason: str,
    until: date | None = None,
    tutor: Colleague | None = None,
) -> Membership:
    """Let somebody in: co-lead, stand-in with dates, trainee under a tutor who is in the case."""
    _check_worker(user)
    hold(actor, assignment)
    if role == MemberRole.LEAD:
        raise Refused("Pour changer de référent, passez la main.")
    if _in_case(assignment, user.pk):
        raise Refused("Cette personne est déjà dans le dossier.")
    if role == MemberRole.STAND_IN and until is None:
        raise Refused("Une suppléance a une fin : indiquez jusqu’à quel jour.")
    if until is not None and until < since:
        raise Refused("La fin est avant le début. Corrigez l’une des deux dates.")
    if role == MemberRole.TRAINEE and (tutor is None or not _in_case(assignment, tutor.pk)):
        raise Refused("Une personne en stage entre avec un tuteur ou une tutrice qui est dans le dossier.")
    member = Membership(
        case_id=assignment.case_id,
        user=user,
        role=role,
        since=since,
        until=until,
        tutor=tutor if role == MemberRole.TRAINEE else None,
        reason=reason,
        named_by_id=actor.account_id,
    )
    member.save()
    return member


@command("member.end", allowed=policy.may_end_membership)
def end_membership(*, actor: Actor, assignment: Assignment, membership: Membership) -> Membership:
    """Somebody leaves the case, from tomorrow on; the lead leaves by handing over."""
    today = timezone.localdate()
    if membership.case_id != assignment.case_id:
        raise Refused("Cette personne n’est pas dans ce dossier.")
    if membership.role == MemberRole.LEAD:
        raise Refused("Le dossier garde un référent : passez d’abord la main.")
    if membership.until is not None and membership.until < today:
        raise Refused("Cette personne n’est déjà plus dans le dossier.")
    membership.until = max(today, membership.since)
    membership.save(update_fields=["until"])
    return membership


@command("case.hand_over", allowed=policy.may_hand_over)
def hand_over(
    *, actor: Actor, case: Case, to: Colleague, reason: str, sealed: Mapping[int, str] | None = None
) -> Membership:
    """Pass the case on. Each of one's sealed notes is opened or destroyed: `sealed` says which ("open", "destroy")."""
    assignment = require_open(actor, case)
    _check_worker(to)
    if assignment.lead_id != actor.user_id:
        raise Refused("La main est déjà passée : ce dossier a un autre référent.")
    if to.pk == actor.user_id:
        raise Refused("Vous êtes déjà référent(e) de ce dossier.")
    decided = dict(sealed or {})
    mine = Note.objects.visible_to(actor).filter(case=case, author_id=actor.account_id, private=True)
    for note in mine:
        choice = decided.get(note.pk)
        if choice == "open":
            open_note(actor=actor, note=note)
        elif choice == "destroy":
            destroy_note(actor=actor, note=note)
        else:
            raise Refused("Décidez pour chaque note que vous gardiez pour vous : l’ouvrir aux membres, ou la détruire.")
    return _change_lead(actor, assignment, to, reason)


@command("case.move", allowed=policy.may_move)
def move_cases(*, actor: Actor, assignments: Sequence[Assignment], to: Colleague, reason: str) -> list[Assignment]:
    """The coordinator moves several cases to another lead, without reading any of them."""
    _check_worker(to)
    if not assignments:
        raise Refused("Choisissez au moins un dossier.")
    moved = []
    for assignment in assignments:
        if assignment.state == State.CLOSED or assignment.lead_id == to.pk:
            continue
        change_lead(actor=actor, assignment=assignment, to=to, reason=reason)
        moved.append(assignment)
    if not moved:
        raise Refused("Rien à déplacer : ces dossiers sont clos, ou déjà suivis par cette personne.")
    return moved


@command("case.cover", allowed=policy.may_cover)
def cover_absence(
    *,
    actor: Actor,
    assignments: Sequence[Assignment],
    stand_in: Colleague,
    since: date,
    until: date,
    reason: str,
) -> list[Membership]:
    """Name a stand-in, with dates, on every open case given."""
    if until < since:
        raise Refused("La fin est avant le début. Corrigez l’une des deux dates.")
    if until < timezone.localdate():
        raise Refused("Cette absence est déjà passée. Indiquez une date de fin à venir.")
    named = [
        name_member(
            actor=actor,
            assignment=assignment,
            user=stand_in,
            role=MemberRole.STAND_IN,
            since=since,
            until=until,
            reason=reason,
        )
        for assignment in assignments
        if assignment.state != State.CLOSED and not _in_case(assignment, stand_in.pk)
    ]
    if not named:
        raise Refused("Aucun dossier à couvrir : cette personne y est déjà, ou ils sont clos.")
    return named
