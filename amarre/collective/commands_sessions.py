"""Every write about sessions: planned, moved, cancelled, held; places taken by a link; sign-in sheets of trainings.

Read by the doors. Must not know HTTP. A passer-by takes a place through a definer function, which counts the places
while it holds the session: two at once never take the same one.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.collective import agenda, policy, telling
from amarre.collective.commands import LOOK_BACK_MONTHS
from amarre.collective.links import digest, secret_of
from amarre.collective.models import Action, Animator, Attendance, Seat, Session
from amarre.collective.notices import tell_workplace
from amarre.collective.states import ActionState, EvaluationState, SeatState, SessionState, Signature
from amarre.collective.told import REMOTE
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.days import months_after
from amarre.core.ids import new_id
from amarre.core.models import one_of
from amarre.core.notices_words import Says
from amarre.core.sealed import Ciphertext, context_of, keyring

MOST_PEOPLE = 2_000
STAYS_OPEN = timedelta(days=14)
"""After the last session, for the questions of the end."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_OVER = "Les inscriptions à cette séance sont fermées."


def fresh_code() -> str:
    """An address to print on a poster: 12 letters that are not mistaken for one another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


@command("session.plan", allowed=policy.may_arrange)
def plan_session(
    *, actor: Actor, action: Action, day: date, starts: time, ends: time, team: Sequence[Colleague],
    place: str = "", link: str = "", capacity: int | None = None, languages: Sequence[str] = ("fr",),
    sign_up: bool = False, travel: int = 0,
) -> Session:  # fmt: skip
    """A day, an hour, a place or a link, and who leads it."""
    current = Action.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=action.pk)
    if current.state != ActionState.AGREED:
        raise Refused("Une séance se fixe quand l’action est convenue, et avant qu’elle ne soit tenue.")
    session = Session(action=current, code=fresh_code())
    _written(actor, session, day, starts, ends, team, place, link, capacity, languages, sign_up, travel)
    if current.told_on is not None:
        tell_workplace(actor, current, "added")
    return session


@command("session.change", allowed=policy.may_arrange)
def change_session(
    *, actor: Actor, session: Session, day: date, starts: time, ends: time, team: Sequence[Colleague],
    place: str = "", link: str = "", capacity: int | None = None, languages: Sequence[str] = ("fr",),
    sign_up: bool = False, travel: int = 0,
) -> Session:  # fmt: skip
    """Move a session, or its places; those who waited take the places that are new."""
    current = _planned(actor, session)
    before = telling.moment_of(current)
    agenda.release(current)
    _written(actor, current, day, starts, ends, team, place, link, capacity, languages, sign_up, travel)
    _let_in(actor, current)
    if telling.moment_of(current) != before:
        current.sequence, current.changed_at = current.sequence + 1, timezone.now()
        current.save(update_fields=["sequence", "changed_at"])
        telling.tell(Says.SEAT_MOVED, telling.places(actor, current), current.sequence)
        tell_workplace(actor, current.action, "moved")
    return current


def _let_in(actor: Actor, session: Session) -> None:
    """Those who waited take the places that are new, first come first, and are told."""
    if session.capacity is None:
        return
    seats = Seat.objects.visible_to(actor).filter(session=session)
    free = max(0, session.capacity - seats.filter(state=SeatState.TAKEN).count())
    first = [*seats.filter(state=SeatState.WAITING).values_list("pk", flat=True)[:free]]
    seats.filter(pk__in=first).update(state=SeatState.TAKEN)
    telling.tell(Says.SEAT_FREED, first)


def _written(
    actor: Actor, session: Session, day: date, starts: time, ends: time, team: Sequence[Colleague], place: str,
    link: str, capacity: int | None, languages: Sequence[str], sign_up: bool, travel: int,
) -> Session:  # fmt: skip
    if ends <= starts:
        raise Refused("L’heure de fin vient avant l’heure de début.")
    if not team:
        raise Refused("Dites qui anime la séance.")
    if sign_up and session.action.sensitive:
        raise Refused("Sur ce thème, on vient sans s’inscrire\u00a0: une liste dirait quelque chose de chacun.")
    if sign_up and not capacity:
        raise Refused("Dites combien de places il y a, pour ouvrir les inscriptions.")
    busy = agenda.clashes(actor, team, day, starts, ends, but=session)
    if busy:
        raise Refused(f"À cette heure, une autre séance est animée par\u00a0: {', '.join(busy)}.")
    session.day, session.starts, session.ends = day, starts, ends
    where = place.strip() or (REMOTE if link.strip() else session.action.place)  # by a link, nobody is sent to a room
    session.place, session.link, session.capacity = where, link.strip(), capacity
    session.languages, session.sign_up = [*languages], sign_up
    session.save()
    Animator.objects.visible_to(actor).filter(session=session).delete()
    Animator.objects.bulk_create([Animator(session=session, user=colleague) for colleague in team])
    agenda.book(actor, session, team, travel)
    _ask_until(session)
    return session


def _ask_until(session: Session) -> None:
    """Questions that are open already wait for a session that comes later than was thought."""
    action, until = session.action, session.day + STAYS_OPEN
    if action.evaluation == EvaluationState.OPEN and (action.evaluation_until or until) < until:
        action.evaluation_until = until
        action.save(update_fields=["evaluation_until"])


def _planned(actor: Actor, session: Session) -> Session:
    """The row, locked after its action: what becomes of an action is decided by one at a time."""
    Action.objects.visible_to(actor).select_for_update(of=("self",)).only("pk").get(pk=session.action_id)
    rows = Session.objects.visible_to(actor).select_for_update(of=("self",)).select_related("action")
    current = rows.get(pk=session.pk)
    if current.state != SessionState.PLANNED:
        raise Refused("Cette séance n’est plus à venir.")
    return current


@command("session.cancel", allowed=policy.may_arrange)
def cancel_session(*, actor: Actor, session: Session) -> Session:
    """It does not take place; who had a place is told, and the list is hidden now, destroyed once that was said."""
    current = _planned(actor, session)
    agenda.call_off(actor, current)
    tell_workplace(actor, current.action, "cancelled")
    _over(actor, current.action)
    return current


@command("session.hold", allowed=policy.may_arrange)
def hold_session(*, actor: Actor, session: Session, head_count: int | None = None) -> Session:
    """It took place; how many were there, counted at the door. Not counted at all where to count is to show."""
    current = _planned(actor, session)
    action = current.action
    if current.day > timezone.localdate():
        raise Refused("Cette séance n’a pas encore eu lieu.")
    _check_count(action, head_count)
    current.state, current.head_count, current.sign_up = SessionState.HELD, head_count, False
    current.shown_count = None if action.sensitive else head_count
    current.save(update_fields=["state", "head_count", "shown_count", "sign_up"])
    _over(actor, action)
    return current


def _check_count(action: Action, head_count: int | None) -> None:
    if action.discreet and head_count is not None:
        raise Refused("Pour ce thème et une équipe de cette taille, personne n’est compté.")
    if not action.discreet and head_count is None:
        raise Refused("Comptez les personnes présentes\u00a0: un nombre, sans aucun nom.")
    if head_count is not None and head_count > MOST_PEOPLE:
        raise Refused("Ce nombre est trop grand.")


@command("session.recount", allowed=policy.may_arrange)
def recount_session(*, actor: Actor, session: Session, head_count: int | None = None) -> Session:
    """A number that was mistyped, until the account is given: from then on somebody has read it."""
    rows = Session.objects.visible_to(actor).select_for_update(of=("self",)).select_related("action")
    current = rows.get(pk=session.pk)
    if current.state != SessionState.HELD or current.action.report_on is not None:
        raise Refused("Ce nombre ne se corrige plus\u00a0: le compte rendu est remis, ou la séance n’est pas tenue.")
    _check_count(current.action, head_count)
    current.head_count = head_count
    current.shown_count = None if current.action.sensitive else head_count
    current.save(update_fields=["head_count", "shown_count"])
    return current


def _over(actor: Actor, action: Action) -> None:
    """Once no session is to come and one was held, the action is held; its look-back is due three months later."""
    rows = Session.objects.visible_to(actor).filter(action=action)
    states = set(rows.values_list("state", flat=True))
    if SessionState.PLANNED in states or SessionState.HELD not in states:
        return
    last = rows.filter(state=SessionState.HELD).order_by("-day").values_list("day", flat=True)[0]
    current = Action.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=action.pk)
    current.state, current.look_back_due = ActionState.HELD, months_after(last, LOOK_BACK_MONTHS)
    current.save(update_fields=["state", "look_back_due"])


@dataclass(frozen=True, slots=True)
class Taken:
    """A place just taken: its state, and the secret by which it is seen and given up."""

    state: str
    secret: str


@command("seat.take", allowed=policy.may_take_a_seat)
def take_seat(
    *, actor: Actor, code: str, name: str, email: str = "", phone: str = "", seat_id: int | None = None
) -> Taken:
    """Take a place by the link of a session, or wait for one. `seat_id`: the key in a form, sent once or twice."""
    if not name.strip():
        raise Refused("Donnez un prénom, ou le nom que vous voulez.")
    seat = Seat(pk=seat_id or new_id())
    secret = secret_of(seat.pk)
    sealed = [_sealed(seat, column, said.strip()) for column, said in (("name", name), ("email", email),
                                                                         ("phone", phone))]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select take_seat(%s, %s, %s, %s, %s, %s)", [code, seat.pk, digest(secret), *sealed])
        state = cursor.fetchone()[0]
    if state is None:
        raise Refused(_OVER)
    if email.strip() or phone.strip():
        telling.tell(Says.SEAT_TAKEN if state == SeatState.TAKEN else Says.SEAT_WAITING, [seat.pk])
    return Taken(state, secret)


def _sealed(seat: Seat, column: str, said: str) -> Ciphertext | None:
    """Sealed here for its place: the function that writes it never sees a word."""
    return keyring().seal(said, context_of(seat, column)) if said else None


@command("seat.give_up", allowed=policy.may_take_a_seat)
def give_up_seat(*, actor: Actor, secret: str) -> None:
    """Give up a place by its own link; the first who waits takes it."""
    _freed(digest(secret))


@command("seat.remove", allowed=policy.may_arrange)
def remove_seat(*, actor: Actor, seat: Seat) -> None:
    """Take a place off the list: one that nobody will use, or that was taken in jest; the first who waits has it."""
    _freed(seat.digest)


def _freed(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select give_up_seat(%s)", [key])
        now_taken = cursor.fetchone()[0]
    if now_taken is None:
        raise Refused("Cette inscription n’existe plus.")
    telling.tell(Says.SEAT_FREED, now_taken)


@command("attendance.sign", allowed=policy.may_arrange)
def sign_attendance(*, actor: Actor, session: Session, name: str, signature: str) -> Attendance:
    """A line of the sign-in sheet; only where the form of the action asks for one."""
    current = Session.objects.visible_to(actor).select_related("action").get(pk=session.pk)
    if not current.action.signs:
        raise Refused("Cette action ne demande pas de feuille d’émargement\u00a0: personne n’a à donner son nom.")
    if current.state == SessionState.CANCELLED or current.day > timezone.localdate():
        raise Refused("On signe le jour de la séance.")
    if signature not in Signature.values or not name.strip():
        raise Refused("Donnez le nom, et dites comment la présence est attestée.")
    line = Attendance(session=current, name=name.strip(), signature=signature)
    line.save()
    return line


@command("attendance.remove", allowed=policy.may_arrange)
def remove_attendance(*, actor: Actor, attendance: Attendance) -> None:
    """A line written by mistake."""
    attendance.delete()


@command("collective.forget", allowed=policy.may_forget)
def forget_names(*, actor: Actor, today: date) -> int:
    """Destroy the places of sessions of a month ago or called off a day ago, and the sign-in sheets whose time is over.

    Raises `Refused` for a day that is not there yet: what is destroyed does not come back.
    """
    if today > timezone.localdate():
        raise Refused("Rien n’est détruit avant son jour.")
    off = Q(state=SessionState.CANCELLED, changed_at__lt=timezone.now() - policy.CALLED_OFF_KEPT)
    old = Session.objects.visible_to(actor).filter(off | Q(day__lt=today - policy.SEATS_KEPT))
    older = Session.objects.visible_to(actor).filter(day__lt=today - timedelta(days=settings.AMARRE_SIGN_IN_DAYS))
    seats, _ = Seat.objects.visible_to(actor).filter(one_of("session_id", old.order_by().values_list("pk"))).delete()
    lines, _ = (
        Attendance.objects.visible_to(actor).filter(one_of("session_id", older.order_by().values_list("pk"))).delete()
    )
    return seats + lines
