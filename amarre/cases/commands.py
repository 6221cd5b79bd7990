"""Every write of a case's life: opening, situation, closing, reopening, look-backs.

Read by the doors and by `intake.commands`. Members and notes have modules of their own. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils import timezone

from amarre.cases import policy
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Situation
from amarre.cases.states import MemberRole, State
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.days import months_after
from amarre.people.models import Person

LOOK_BACK_MONTHS = (6, 12)


class Conflict(Refused):
    """Somebody else changed the same text since it was opened; both are kept and shown."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(
            "Ce texte a été modifié ailleurs pendant que vous écriviez. Les deux versions sont affichées : "
            "gardez ce qu'il faut, puis enregistrez."
        )
        self.theirs, self.version = theirs, version


def _next_number(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select next_case_number(%s)", [year])
        return f"D-{year}-{cursor.fetchone()[0]:04d}"


def hold(actor: Actor, assignment: Assignment) -> Assignment:
    """Read the assignment again and keep it until the end: two people do not close, reopen or hand over at once."""
    rows = Assignment.objects.visible_to(actor).select_for_update(of=("self",))
    assignment.refresh_from_db(fields=["state", "closed_on", "last_contact_on", "lead"], from_queryset=rows)
    return assignment


def require_open_assignment(actor: Actor, assignment: Assignment) -> Assignment:
    """The assignment, held. Raises `Refused` when the case is closed."""
    if hold(actor, assignment).state == State.CLOSED:
        raise Refused("Ce dossier est clos. Rouvrez-le pour écrire la suite.")
    return assignment


def require_open(actor: Actor, case: Case) -> Assignment:
    """The case's assignment, held. Raises `Refused` when the case is closed."""
    return require_open_assignment(actor, case.assignment)


@command("case.open", allowed=policy.may_open)
def open_case(
    *,
    actor: Actor,
    person: Person | None,
    centre_id: int,
    source: str,
    urgency: str = "",
    previous: Case | None = None,
) -> Case:
    """Open an episode and become its lead. `person` is None when the contact stayed anonymous."""
    now = timezone.now()
    today = timezone.localdate(now)
    case = Case(
        number=_next_number(today.year),
        person=person,
        previous=previous,
        source=source,
        opened_at=now,
        opened_by_id=actor.account_id,
    )
    case.save()
    Membership(
        case=case,
        user_id=actor.account_id,
        role=MemberRole.LEAD,
        since=today,
        reason="TAKEN",
        named_by_id=actor.account_id,
    ).save()
    assignment = Assignment(
        case=case,
        number=case.number,
        centre_id=centre_id,
        urgency=urgency,
        lead_id=actor.account_id,
        opened_on=today,
    )
    assignment.save()
    return case


@command("case.describe", allowed=policy.may_write)
def describe_situation(
    *,
    actor: Actor,
    case: Case,
    main_problem: str,
    problems: Sequence[str] = (),
    moment: str = "",
    employment: str = "",
    summary: str = "",
    version: int | None = None,
) -> Situation:
    """Write the situation. `version` is the one that was read: a later one raises `Conflict`."""
    require_open(actor, case)
    situation = Situation.objects.visible_to(actor).select_for_update().filter(case=case).first()
    if situation is None:
        situation = Situation(case=case)
    elif version is not None and version != situation.version:
        raise Conflict(situation.summary or "", situation.version)
    else:
        situation.version += 1
    situation.main_problem = main_problem
    situation.problems = [main_problem, *(p for p in problems if p != main_problem)]
    situation.moment, situation.employment = moment, employment
    situation.summary, situation.updated_at = summary, timezone.now()
    situation.save()
    return situation


@command("case.warn", allowed=policy.may_write)
def write_safety(*, actor: Actor, case: Case, text: str) -> Case:
    """What a colleague must know before meeting the person; empty takes the warning away."""
    case.safety = text.strip() or None
    case.save(update_fields=["safety"])
    return case


@command("case.hold", allowed=policy.may_write)
def put_on_hold(*, actor: Actor, case: Case) -> Case:
    """Nothing is expected for now."""
    assignment = require_open(actor, case)
    if assignment.state == State.ON_HOLD:
        raise Refused("Ce dossier est déjà en attente.")
    assignment.state = State.ON_HOLD
    assignment.save(update_fields=["state"])
    return case


@command("case.resume", allowed=policy.may_write)
def resume(*, actor: Actor, case: Case) -> Case:
    """Work goes on after a wait."""
    assignment = require_open(actor, case)
    if assignment.state != State.ON_HOLD:
        raise Refused("Ce dossier n’était pas en attente.")
    assignment.state = State.IN_PROGRESS
    assignment.save(update_fields=["state"])
    return case


@command("case.close", allowed=policy.may_lead)
def close_case(
    *,
    actor: Actor,
    case: Case,
    on: date,
    outcome: str,
    reason: str,
    employment: str = "",
    balance: str = "",
    look_back_agreed: bool = False,
) -> Closing:
    """Close with an outcome; look-backs are put on the list only if the person agreed."""
    assignment = require_open(actor, case)
    if on > timezone.localdate():
        raise Refused("La date de clôture est dans l’avenir. Indiquez aujourd’hui ou un jour passé.")
    if on < assignment.opened_on:
        raise Refused("La date de clôture est avant l’ouverture du dossier. Indiquez un jour plus récent.")
    closing = Closing(
        case=case,
        outcome=outcome,
        reason=reason,
        employment=employment,
        balance=balance or None,
        look_back_agreed=look_back_agreed,
        closed_on=on,
        closed_by_id=actor.account_id,
    )
    closing.save()
    assignment.state, assignment.closed_on = State.CLOSED, on
    assignment.save(update_fields=["state", "closed_on"])
    if look_back_agreed:
        for months in LOOK_BACK_MONTHS:
            LookBack(case=case, months=months, due_on=months_after(on, months)).save()
    return closing


@command("case.reopen", allowed=policy.may_reopen)
def reopen_case(*, actor: Actor, case: Case) -> Case:
    """Open a new episode tied to the old one; the old one stays as it was closed."""
    if hold(actor, case.assignment).state != State.CLOSED:
        raise Refused("Ce dossier est ouvert : continuez d’y écrire.")
    if Case.objects.visible_to(actor).filter(previous=case).exists():
        raise Refused("Ce dossier a déjà été rouvert.")
    return open_case(
        actor=actor, person=case.person, centre_id=case.assignment.centre_id, source="reopened", previous=case
    )


@command("case.look_back", allowed=policy.may_write)
def record_look_back(
    *, actor: Actor, case: Case, look_back: LookBack, on: date, reached: bool, employment: str = ""
) -> LookBack:
    """How things went, 6 or 12 months later."""
    if look_back.case_id != case.pk:
        raise Refused("Ce rappel n’est pas de ce dossier.")
    if look_back.done_on is not None:
        raise Refused("Ce rappel a déjà été fait.")
    if on > timezone.localdate():
        raise Refused("La date est dans l’avenir. Indiquez le jour où vous avez rappelé.")
    look_back.done_on, look_back.reached, look_back.employment = on, reached, employment
    look_back.save()
    return look_back
