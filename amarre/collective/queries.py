"""Reads of one action: what comes next, its sessions, what was answered, what the directory suggests, its account.

Read by the doors. The account is the same for whoever asks: what a colleague sees of it is what leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments.models import Appointment
from amarre.appointments.states import AppointmentState
from amarre.collective import gate
from amarre.collective.catalogue import THEMES
from amarre.collective.models import Action, Animator, Attendance, Finding, Seat, Session
from amarre.collective.states import ActionState, EvaluationState, Moment, SeatState, SessionState, Share
from amarre.core.actor import Actor
from amarre.directory.queries import Place, Suggestion, suggest
from amarre.organisations.models import Company

UNCOUNTED = (
    "Pour ce thème et une équipe de cette taille, rien n’est compté et rien n’est demandé à la sortie\u00a0: "
    "un nombre, même petit, pourrait désigner quelqu’un."
)
SENSITIVE = "Sur ce thème, ni présences ni réponses ne sortent du service\u00a0: venir dit déjà quelque chose de soi."
TOO_FEW = f"Moins de {gate.OUTSIDE} réponses\u00a0: elles ne sont pas données, pour que personne ne soit reconnu."
INCLUDED = "Cette action est comprise dans la cotisation."


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next, and until when; `late` once that day is past."""

    code: str
    words: str
    due: date | None = None
    late: bool = False


def next_step(action: Action, sessions: Sequence[Session], today: date | None = None) -> Step | None:
    """The one thing that is due; None once the action is over."""
    today = today or timezone.localdate()
    step = _step(action, sessions, today)
    if step is None or step.due is None:
        return step
    return Step(step.code, step.words, step.due, step.due < today)


def _step(action: Action, sessions: Sequence[Session], today: date) -> Step | None:
    if action.state == ActionState.REQUESTED:
        return Step("discuss", "Parler du besoin", action.asked_on + timedelta(days=14))
    if action.state == ActionState.DISCUSSED:
        return Step("agree", "Convenir par écrit", (action.discussed_on or action.asked_on) + timedelta(days=14))
    if action.state == ActionState.AGREED:
        return _preparing(action, [s for s in sessions if s.state == SessionState.PLANNED], today)
    if action.state == ActionState.HELD:
        if action.evaluation == EvaluationState.OPEN:
            return Step("evaluate", "Fermer l’évaluation", action.evaluation_until)
        last = max((s.day for s in sessions if s.state == SessionState.HELD), default=today)
        return Step("account", "Rendre compte", last + timedelta(days=30))
    if action.state == ActionState.ACCOUNTED:
        if action.look_back_on is None:
            return Step("look_back", "Bilan à trois mois", action.look_back_due)
        return Step("close", "Terminer")
    return None


def _preparing(action: Action, planned: list[Session], today: date) -> Step:
    if not planned:
        return Step("plan", "Fixer une séance", (action.agreed_on or action.asked_on) + timedelta(days=30))
    first = min(planned, key=lambda session: (session.day, session.starts))
    if first.day < today:
        return Step("hold", "Dire comment la séance s’est passée", first.day)
    if action.told_on is None:
        early = first.day - timedelta(days=14)  # not before it was agreed, when it was agreed at the last moment
        return Step("tell", "Annoncer l’action", max(early, min(first.day, action.agreed_on or early)))
    return Step("hold", "Tenir la séance", first.day)


def sessions_of(actor: Actor, actions: Iterable[Action]) -> dict[int, list[Session]]:
    """The sessions of these actions, in order; one query for all."""
    found: dict[int, list[Session]] = {action.pk: [] for action in actions}
    for session in Session.objects.visible_to(actor).filter(action__in=[*found]):
        found[session.action_id].append(session)
    return found


def board(actor: Actor, rows: Iterable[Action]) -> list[tuple[Action, Step]]:
    """Actions with what is due for each, what is most urgent first."""
    actions = [*rows]
    sessions = sessions_of(actor, actions)
    found = [(action, step) for action in actions if (step := next_step(action, sessions[action.pk])) is not None]
    return sorted(found, key=lambda pair: (pair[1].due or date.max, pair[0].pk))


def actions_of(actor: Actor, company: Company) -> QuerySet[Action]:
    """What was done, and is under way, with one company; the newest first, without its words."""
    rows = Action.objects.visible_to(actor).filter(company=company).select_related("company", "establishment__company")
    return rows.defer("need", "discussion", "report", "look_back")


def teams(actor: Actor, sessions: Iterable[Session]) -> dict[int, list[Colleague]]:
    """Who leads each of these sessions."""
    found: dict[int, list[Colleague]] = {session.pk: [] for session in sessions}
    rows = Animator.objects.visible_to(actor).filter(session__in=[*found]).select_related("user")
    for row in rows:
        found[row.session_id].append(row.user)
    return found


def held_time(actor: Actor, session: Session) -> Appointment | None:
    """The time that a session takes in the agenda, as far as the actor sees it; None when nothing is held."""
    if session.appointment_id is None:
        return None
    rows = Appointment.objects.visible_to(actor).filter(pk=session.appointment_id, state=AppointmentState.PLANNED)
    return rows.order_by("pk").first()


def session_at(actor: Actor, appointment: Appointment) -> Session | None:
    """The session for which that time is taken."""
    rows = Session.objects.visible_to(actor).filter(appointment=appointment, state=SessionState.PLANNED)
    return rows.select_related("action").defer("action__need", "action__discussion").order_by("pk").first()


def seats_of(actor: Actor, session: Session) -> list[Seat]:
    """Who took a place, then who waits."""
    rows = [*Seat.objects.visible_to(actor).filter(session=session)]
    return sorted(rows, key=lambda seat: (seat.state != SeatState.TAKEN, seat.made_at, seat.pk))


def sheet_of(actor: Actor, session: Session) -> list[Attendance]:
    """The sign-in sheet."""
    return [*Attendance.objects.visible_to(actor).filter(session=session)]


@dataclass(frozen=True, slots=True)
class Answered:
    """One question inside the service: how many rather yes, of how many; before and after for what one knows."""

    question: str
    favourable: int = 0
    answers: int = 0
    before: tuple[int, int] | None = None


def answered(actor: Actor, action: Action) -> list[Answered]:
    """The frozen totals, for the service's screens; empty while the questions are open, or when too few answered."""
    rows = {(f.moment, f.question): f for f in Finding.objects.visible_to(actor).filter(action=action)}
    found = [
        Answered(question, row.favourable, row.answers)
        for n, question in enumerate(action.questions)
        if (row := rows.get((Moment.END, n)))
    ]
    for n, question in enumerate(action.knowledge):
        before, after = rows.get((Moment.BEFORE, n)), rows.get((Moment.AFTER, n))
        if before and after:
            found.append(Answered(question, after.favourable, after.answers, (before.favourable, before.answers)))
    return found


def suggestions(actor: Actor, action: Action, place: Place | None = None) -> list[Suggestion]:
    """Structures of the directory that answer the theme: whom to invite, what to put on the leaflet."""
    theme = THEMES.get(action.theme)
    return suggest(actor, theme.problems, place=place) if theme else []


@dataclass(frozen=True, slots=True)
class Held:
    """A session, as the account tells it; `people` is empty where a number is not said."""

    day: date
    starts: time
    ends: time
    place: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered to one question, in words."""

    question: str
    share: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The one-page account to employer and works council: what was done, how many came, what they said.

    `silence` says why a figure is not there. No figure about individual support has a place here.
    """

    title: str
    theme: str
    where: str
    kind: str
    words: str
    on: date | None
    sessions: tuple[Held, ...]
    people: int | None
    said: tuple[Said, ...] = ()
    silence: str = ""
    included: str = INCLUDED
    look_back: str = ""
    look_back_on: date | None = None
    improvements: tuple[str, ...] = field(default=())


def account_of(actor: Actor, action: Action) -> Account:
    """The account of an action, through the gate of what leaves the service, whoever asks."""
    rows = Session.objects.visible_to(actor).filter(action=action, state=SessionState.HELD)
    sessions = tuple(Held(s.day, s.starts, s.ends, s.place, s.shown_count) for s in rows)
    counts = [s.people for s in sessions if s.people is not None]
    people = sum(counts) if counts and len(counts) == len(sessions) else None
    said = () if action.sensitive else _said(actor, action)
    silence = UNCOUNTED if action.discreet else SENSITIVE if action.sensitive else ""
    asked = action.evaluation_until is not None and (
        action.report_on is not None or action.evaluation != EvaluationState.OPEN  # closed before it is given
    )
    if not silence and not said and asked:
        silence = TOO_FEW
    return Account(
        title=action.title, theme=action.theme_label, where=action.where, kind=action.get_kind_display(),
        words=action.report or "", on=action.report_on, sessions=sessions, people=people, said=said, silence=silence,
        look_back=action.look_back or "", look_back_on=action.look_back_on,
    )  # fmt: skip


def _said(actor: Actor, action: Action) -> tuple[Said, ...]:
    rows = Finding.objects.visible_to(actor).filter(action=action, told=True)
    bands = {(row.moment, row.question): Share(row.band).label for row in rows.only("id", "moment", "question", "band")}
    found = [
        Said(question, bands[Moment.END, n]) for n, question in enumerate(action.questions) if (Moment.END, n) in bands
    ]
    for n, question in enumerate(action.knowledge):
        if (Moment.BEFORE, n) in bands and (Moment.AFTER, n) in bands:
            found.append(Said(question, bands[Moment.AFTER, n], bands[Moment.BEFORE, n]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a training's certificate says; nothing about health, nothing about anybody but who came."""

    name: str
    title: str
    day: date
    starts: time
    ends: time
    place: str
    minutes: int


def certificate_of(actor: Actor, attendance: Attendance) -> Certificate:
    """The certificate of somebody who signed in."""
    session = Session.objects.visible_to(actor).select_related("action").get(pk=attendance.session_id)
    return Certificate(
        attendance.name, session.action.title, session.day, session.starts, session.ends, session.place, session.minutes
    )
