"""A worker's hours as they are kept: patterns and where two of them meet, absences, and the meetings to be moved.

Read by the staff's door. Who may not see a meeting is told none here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments.models import Appointment, Booking, Permanence, PermanenceChange, Seat, TimeOff
from amarre.appointments.slots import Change, Hours, Range, openings, works_on
from amarre.appointments.states import AppointmentState, BookingState
from amarre.core.actor import Actor

LOOKS_AHEAD = timedelta(days=180)
SHOWN_AFTER = timedelta(days=30)
"""How long a pattern that ended stays on the page."""
COMING = "coming"
"""Where a pattern keeps its changes to come."""


@dataclass(frozen=True, slots=True)
class ToMove:
    """A meeting at a time when the worker does not receive any more; `away`: because they are absent."""

    meeting: Appointment
    away: bool


def patterns(actor: Actor, worker: Colleague) -> list[Permanence]:
    """The weekly patterns, their coming changes with them; those that ended long ago left out."""
    today = timezone.localdate()
    found = Permanence.objects.visible_to(actor).filter(worker_id=worker.pk)
    found = found.filter(Q(until=None) | Q(until__gte=today - SHOWN_AFTER))
    rows = list(found.select_related("centre", "room", "worker").order_by("weekday", "starts", "since"))
    changes = PermanenceChange.objects.visible_to(actor).filter(permanence__in=rows, on__gte=today)
    coming: dict[int, list[PermanenceChange]] = {row.pk: [] for row in rows}
    for change in changes.order_by("on"):
        coming[change.permanence_id].append(change)
    for row in rows:
        setattr(row, COMING, coming[row.pk])
    return rows


def hours(row: Permanence) -> Hours:
    """A pattern, as slots are counted from it."""
    return Hours(
        row.pk, row.centre_id, row.room_id, row.weekday, row.starts, row.ends, row.every, row.since, row.until,
        tuple(row.modes), tuple(row.kinds),
    )  # fmt: skip


def overlap(one: Hours, other: Hours) -> date | None:
    """The first day on which two patterns hold the worker at once, from the later beginning on, if any."""
    if one.weekday != other.weekday or one.ends <= other.starts or other.ends <= one.starts:
        return None
    first = max(one.since, other.since)
    first += timedelta(days=(one.weekday - first.weekday()) % 7)
    for week in range(math.lcm(one.every, other.every)):
        day = first + timedelta(weeks=week)
        if works_on(one, day) and works_on(other, day):
            return day
    return None


def overlaps(rows: Sequence[Permanence]) -> list[tuple[Permanence, Permanence]]:
    """The pairs of patterns that meet, those over left out."""
    today = timezone.localdate()
    live = [(row, hours(row)) for row in rows if row.until is None or row.until >= today]
    return [
        (row, other)
        for n, (row, mine) in enumerate(live)
        for other, theirs in live[n + 1 :]
        if overlap(mine, theirs) is not None
    ]


def occurrences(row: Permanence, most: int = 26) -> list[date]:
    """The next days on which a pattern falls."""
    pattern, today = hours(row), timezone.localdate()
    days = (today + timedelta(days=n) for n in range(7 * 8 * most))
    found: list[date] = []
    for day in days:
        if len(found) == most or (row.until is not None and day > row.until):
            break
        if works_on(pattern, day):
            found.append(day)
    return found


def absences(actor: Actor, worker: Colleague) -> list[TimeOff]:
    """Absences under way or to come."""
    rows = TimeOff.objects.visible_to(actor).filter(worker_id=worker.pk, ends_at__gt=timezone.now())
    return list(rows.select_related("worker").order_by("starts_at"))


def to_move(
    actor: Actor, worker: Colleague, rows: Sequence[Permanence], off: Sequence[TimeOff]
) -> list[ToMove]:  # fmt: skip
    """The coming meetings that fall into an absence, or into hours that ended or were changed since."""
    found = list(_coming(actor, worker))
    today = timezone.localdate()
    last = max([today, *(timezone.localdate(m.ends_at) for m in found)])
    kept = [hours(row) for row in rows]
    changes = [Change(row.pk, c.on, c.starts, c.ends) for row in rows for c in _changes(row)]
    now_open = [r for _, r in openings(kept, changes, today, last)]
    once_open = [r for _, r in openings([replace(h, until=None) for h in kept], [], today, last)]
    away = [Range(t.starts_at, t.ends_at) for t in off]
    moved: list[ToMove] = []
    for meeting in found:
        at = Range(meeting.starts_at, meeting.ends_at)
        if any(a.meets(at) for a in away):
            moved.append(ToMove(meeting, away=True))
        elif _within(at, once_open) and not _within(at, now_open):
            moved.append(ToMove(meeting, away=False))
    return moved


def _changes(row: Permanence) -> list[PermanenceChange]:
    return list(getattr(row, COMING, ()))


def _within(at: Range, among: Iterable[Range]) -> bool:
    return any(r.starts <= at.starts and at.ends <= r.ends for r in among)


def _coming(actor: Actor, worker: Colleague) -> Iterable[Appointment]:
    now = timezone.now()
    seats = Seat.objects.visible_to(actor).filter(user_id=worker.pk, held=True).order_by()
    places = Booking.objects.visible_to(actor).filter(state=BookingState.BOOKED).select_related("person")
    beside: tuple[Prefetch[str, Any, Any], ...] = (Prefetch("bookings", places, to_attr="places"),)
    return (
        Appointment.objects.visible_to(actor)
        .filter(state=AppointmentState.PLANNED, starts_at__gt=now, starts_at__lt=now + LOOKS_AHEAD)
        .filter(pk__in=seats.values("appointment_id"))
        .select_related("kind", "centre")
        .prefetch_related(*beside)
        .order_by("starts_at", "pk")
    )
