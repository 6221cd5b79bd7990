"""The jobs of this room: names are destroyed when their time is over, questions close by themselves, places remembered.

Read by the worker. Runs as the machine: it sees days and keys, and how to reach who holds a place; never a name nor an
answer.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from amarre.appointments.reminders import reminder_due
from amarre.appointments.slots import instant
from amarre.appointments.wording import when
from amarre.collective import links, telling
from amarre.collective.commands_evaluation import close_evaluation
from amarre.collective.commands_sessions import forget_names
from amarre.collective.models import Action, Seat, Session
from amarre.collective.states import SeatState, SessionState
from amarre.core.actor import MACHINE
from amarre.core.calendars import message
from amarre.core.commands import Refused
from amarre.core.jobs import every
from amarre.core.notices import Kind, Reach, door_url, reaches
from amarre.core.notices_words import Says
from amarre.organisations.models import Centre

AHEAD = timedelta(days=3)
_MOMENT = tuple(f"session__{name}" for name in ("id", "day", "starts", "ends", "state", "sequence", "changed_at"))


@every("40 3 * * *", name="collective.forget_names")
def forget() -> int:
    """Destroy lists whose time is over."""
    return forget_names(actor=MACHINE, today=timezone.localdate())


@every("50 3 * * *", name="collective.close_evaluations")
def close_evaluations() -> int:
    """Close the questions whose last day is past."""
    rows = Action.objects.visible_to(MACHINE).only("id", "evaluation", "evaluation_until").order_by("pk")
    late = [*rows.filter(evaluation_until__lt=timezone.localdate())]
    closed = 0
    for action in late:
        with suppress(Refused):  # somebody of the service closed it meanwhile: the others do not wait for tomorrow
            close_evaluation(actor=MACHINE, action=action)
            closed += 1
    return closed


@every("*/10 * * * *", name="collective.remind")
def remind() -> int:
    """48 hours before, once, to who holds a place; returns how many."""
    now, today = timezone.now(), timezone.localdate()
    rows = _places().filter(
        state=SeatState.TAKEN, session__state=SessionState.PLANNED, session__day__range=(today, today + AHEAD)
    )
    told = 0
    for seat in rows.order_by("session__day", "pk"):
        known = max(seat.made_at, seat.session.changed_at)
        if reminder_due(instant(seat.session.day, seat.session.starts), known, now) == Says.REMINDER:
            told += telling.tell(Says.SEAT_REMINDER, [seat.pk], seat.session.sequence, on=seat.session.day)
    return told


@reaches(Kind.GROUP_SEAT)
def reach_seat(seat_id: int) -> Reach | None:
    """How the holder of a place is reached: by what they gave for that; when it is, and their link."""
    seat = _places().filter(pk=seat_id).order_by("pk").first()
    if seat is None:
        return None
    meeting, door = seat.session, links.seat_path(links.secret_of(seat.pk))
    calendar, method = _calendar(seat, meeting, door) if seat.email and seat.state == SeatState.TAKEN else (None, "")
    return Reach(
        email=seat.email or "", phone=seat.phone or "", prefers_sms=not seat.email, door=door,
        slots={"when": when(instant(meeting.day, meeting.starts)), "phone": _phone(seat_id)},
        calendar=calendar, method=method,
    )  # fmt: skip


def _places() -> QuerySet[Seat]:
    rows = Seat.objects.visible_to(MACHINE).select_related("session")
    return rows.only("id", "session_id", "state", "email", "phone", "made_at", *_MOMENT)


def _calendar(seat: Seat, meeting: Session, door: str) -> tuple[bytes, str]:
    """The file that puts the meeting in a calendar, moves it or takes it out; it says when, and no more."""
    off = meeting.state == SessionState.CANCELLED
    event = telling.event_of(
        f"place-{seat.pk}", meeting.day, meeting.starts, meeting.ends, sequence=meeting.sequence,
        changed=meeting.changed_at, url=door_url(door), cancelled=off,
    )  # fmt: skip
    method = "CANCEL" if off else "REQUEST"
    return message(event, settings.AMARRE_FROM_PERSON, telling.EVENT_TITLE, seat.email or "", method), method


def _phone(seat_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select seat_centre(%s)", [seat_id])
        centre = Centre.objects.visible_to(MACHINE).filter(pk=cursor.fetchone()[0]).order_by("pk").first()
    return centre.phone if centre else ""
