"""Reads that span several models: the free slots of a worker, an agenda, what a person sees of their appointment.

Read by the commands and the doors. Hours come through functions of the database, which say when a worker is taken and
never by what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from amarre.appointments.models import Appointment, Booking, Matter, MeetingKind, Seat
from amarre.appointments.slots import PARIS, Change, Hours, Range, Slot, free, instant, openings
from amarre.appointments.states import AppointmentState, BookingState
from amarre.cases.models import Case, Membership
from amarre.core.actor import Actor

SHOWN_DAYS = 42


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person reads of their appointment: with whom, what, where, whom to call."""

    kind: str
    minutes: int
    worker: str
    centre: str
    phone: str
    hours: str
    address: str
    room: str
    access: str
    notice_hours: int
    horizon_days: int
    capacity: int
    by_person: bool


@dataclass(frozen=True, slots=True)
class GroupSlot:
    """A meeting of several people that has a place left."""

    id: int
    starts: datetime
    ends: datetime
    room_id: int | None
    mode: str
    places: int


@dataclass(frozen=True, slots=True)
class Load:
    """A day of somebody: how many meetings, how many minutes with travel."""

    user_id: int
    day: date
    meetings: int
    minutes: int


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """A meeting as a calendar feed tells it: when, how; nobody's name. `held`: time for something else."""

    id: int
    starts: datetime
    ends: datetime
    mode: str
    sequence: int
    changed: datetime
    cancelled: bool
    held: bool


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def hours_of(worker_id: int) -> list[Hours]:
    """The weekly patterns of a worker; none for somebody who may not ask."""
    rows = _ask(
        "select id, centre_id, room_id, weekday, starts, ends, every, since, until, modes, kinds from worker_hours(%s)",
        worker_id,
    )
    return [Hours(*row) for row in ((*row[:9], tuple(row[9]), tuple(row[10])) for row in rows)]


def changes_of(worker_id: int, first: date, last: date) -> list[Change]:
    """The days that are not as usual."""
    rows = _ask(
        "select permanence_id, day, starts, ends from worker_changes(%s, %s::date, %s::date)", worker_id, first, last
    )
    return [Change(*row) for row in rows]


def busy_of(worker_id: int, first: datetime, last: datetime, leaving: int | None = None) -> list[Range]:
    """When a worker is taken; `leaving`, a booking that would give its own time back."""
    rows = _ask("select starts, ends from worker_busy(%s, %s, %s, %s)", worker_id, first, last, leaving)
    return [Range(*row) for row in rows]


def rooms_busy(worker_id: int, first: datetime, last: datetime) -> list[tuple[int, Range]]:
    """When the rooms of a worker's hours are taken."""
    rows = _ask("select room_id, starts, ends from rooms_busy(%s, %s, %s)", worker_id, first, last)
    return [(room_id, Range(starts, ends)) for room_id, starts, ends in rows]


def free_slots(
    worker_id: int,
    minutes: int,
    first: date,
    last: date,
    *,
    travel: int = 0,
    kind_id: int | None = None,
    after: datetime | None = None,
    mode: str = "",
    leaving: int | None = None,
) -> list[Slot]:
    """What may be booked with a worker from `first` to `last`, local days; never in the past."""
    begins, ends = _days(first, last)
    found = openings(hours_of(worker_id), changes_of(worker_id, first, last), first, last)
    slots = free(
        found,
        busy_of(worker_id, begins, ends, leaving),
        rooms_busy(worker_id, begins, ends),
        minutes=minutes,
        travel=travel,
        kind_id=kind_id,
        after=after or timezone.now(),
    )
    return [s for s in slots if not mode or mode in s.modes]


def _days(first: date, last: date) -> tuple[datetime, datetime]:
    midnight = datetime.min.time()
    return instant(first, midnight), instant(last + timedelta(days=1), midnight)


def sheet_of(booking: Booking) -> Sheet:
    """What the person reads; raises `LookupError` for a booking that is not the asker's."""
    rows = _ask(
        "select kind, minutes, worker, centre, phone, hours, address, room, access, notice_hours, horizon_days,"
        " capacity, by_person from booking_sheet(%s)",
        booking.pk,
    )
    if not rows:
        raise LookupError("not the asker's booking")
    return Sheet(*rows[0])


def sheets_of(bookings: Iterable[Booking]) -> dict[int, Sheet]:
    """The same for several at once; those that are not the asker's are left out."""
    rows = _ask(
        "select b, kind, minutes, worker, centre, phone, hours, address, room, access, notice_hours, horizon_days,"
        " capacity, by_person from unnest(%s::bigint[]) b, booking_sheet(b)",
        [booking.pk for booking in bookings],
    )
    return {row[0]: Sheet(*row[1:]) for row in rows}


def choices_for(booking: Booking, sheet: Sheet) -> list[Slot]:
    """The slots that a person may choose, within the notice and the horizon of the kind of meeting."""
    now = timezone.now()
    today = timezone.localdate(now)
    last = today + timedelta(days=min(sheet.horizon_days, SHOWN_DAYS))
    if booking.choose_until is not None:
        last = min(last, booking.choose_until)
    if last < today:
        return []
    return free_slots(
        booking.worker_id, sheet.minutes, today, last, kind_id=booking.kind_id, mode=booking.mode,
        after=now + timedelta(hours=sheet.notice_hours), leaving=booking.pk,
    )  # fmt: skip


def offered_slot(booking: Booking, sheet: Sheet, starts_at: datetime) -> Slot | None:
    """The place that was kept for a person, at its own hour, whatever the notice; None once it is taken otherwise."""
    day = starts_at.astimezone(PARIS).date()
    begins, ends = _days(day, day)
    wanted = Range(starts_at, starts_at + timedelta(minutes=sheet.minutes))
    opened = openings(hours_of(booking.worker_id), changes_of(booking.worker_id, day, day), day, day)
    fitting = [
        (hours, wanted)
        for hours, open_for in opened
        if open_for.starts <= wanted.starts and wanted.ends <= open_for.ends and booking.mode in hours.modes
    ]
    found = free(
        fitting, busy_of(booking.worker_id, begins, ends, booking.pk), rooms_busy(booking.worker_id, begins, ends),
        minutes=sheet.minutes, after=timezone.now(), kind_id=booking.kind_id,
    )  # fmt: skip
    return found[0] if found else None


def groups_for(booking: Booking, sheet: Sheet) -> list[GroupSlot]:
    """The meetings of several people in which the person may take a place."""
    rows = _ask(
        "select id, starts, ends, room_id, mode, places from group_slots(%s, %s) order by starts",
        booking.worker_id, booking.kind_id,
    )  # fmt: skip
    soonest = timezone.now() + timedelta(hours=sheet.notice_hours)
    found = (GroupSlot(r[0], r[1].astimezone(PARIS), r[2].astimezone(PARIS), *r[3:]) for r in rows)
    return [g for g in found if g.places > 0 and g.starts >= soonest]


def free_place(appointment_id: int) -> int | None:
    """The number of a place that nobody has in a meeting of several."""
    place: int | None = _ask("select free_place(%s)", appointment_id)[0][0]
    return place


def team_load(first: date, last: date) -> list[Load]:
    """The load of the actor's centres, for whom shares it out; empty for anybody else."""
    return [Load(*row) for row in _ask(
        "select user_id, day, meetings, minutes from team_load(%s::date, %s::date)", first, last
    )]  # fmt: skip


def feed_events() -> tuple[int | None, list[FeedEvent]]:
    """Whose feed the secret opens, and its events; nobody's for a secret that was revoked."""
    owner = _ask("select feed_owner()")[0][0]
    if owner is None:
        return None, []
    rows = _ask(
        "select id, starts, ends, mode, sequence, changed, cancelled, held from feed_events() order by starts, id"
    )
    return owner, [FeedEvent(*row) for row in rows]


def seated_visits() -> list[tuple[Any, ...]]:
    """Who goes on the visits that the actor may know of: visit, meeting, who, their name, from when to when, how."""
    return _ask("select visit_id, appointment_id, user_id, name, starts, ends, mode from my_visits()")


def agenda(actor: Actor, first: date, last: date, worker_id: int | None = None) -> QuerySet[Appointment]:
    """Meetings from `first` to `last`, with who is seated and whose places; of one worker, or of all one may see."""
    begins, ends = _days(first, last)
    rows = Appointment.objects.visible_to(actor).filter(starts_at__lt=ends, ends_at__gt=begins)
    rows = rows.filter(state=AppointmentState.PLANNED)
    if worker_id is not None:
        rows = rows.filter(seats__user_id=worker_id, seats__held=True)
    booked = Booking.objects.visible_to(actor).filter(state=BookingState.BOOKED)
    seated = Seat.objects.visible_to(actor).filter(held=True).select_related("user")
    beside: tuple[Prefetch[str, Any, Any], ...] = (
        Prefetch("seats", seated, to_attr="seated"),
        Prefetch("bookings", booked.select_related("person", "kind").order_by("place"), to_attr="places"),
    )
    return (
        rows.select_related("kind", "centre", "room", "establishment__company")
        .prefetch_related(*beside)
        .order_by("starts_at", "id")
    )


def of_case(actor: Actor, case: Case) -> QuerySet[Booking]:
    """The appointments of a case: made from it, asked for before it was, or with the person and one of its members."""
    members = Membership.objects.visible_to(actor).filter(case=case).values("user_id")
    known = Q(matter__case=case) | Q(solicitation__case=case)
    if case.person_id is not None:
        known |= Q(person_id=case.person_id, worker_id__in=members, matter=None)
    return (
        Booking.objects.visible_to(actor)
        .filter(known)
        .select_related("kind", "worker", "centre", "appointment__room", "matter", "person")
        .order_by("-appointment__starts_at", "-id")
    )


def unsettled(actor: Actor) -> QuerySet[Booking]:
    """My appointments that have passed and of which nobody said what became; those with a person or a case."""
    return (
        Booking.objects.visible_to(actor)
        .filter(worker_id=actor.user_id, state=BookingState.BOOKED, appointment__ends_at__lt=timezone.now())
        .filter(Q(matter=None) | Q(matter__outcome=""))
        .select_related("kind", "person", "appointment", "matter", "solicitation")
        .order_by("appointment__starts_at")
    )


def kinds_for(actor: Actor, who: str) -> QuerySet[MeetingKind]:
    """The kinds of meeting that somebody may book."""
    return MeetingKind.objects.visible_to(actor).filter(active=True, bookable_by__contains=[who])


def matters_of(actor: Actor, bookings: Iterable[Booking]) -> dict[int, Matter]:
    """Why, for those bookings whose case the actor is in."""
    rows = Matter.objects.visible_to(actor).filter(booking__in=[b.pk for b in bookings])
    return {m.booking_id: m for m in rows.select_related("case")}
