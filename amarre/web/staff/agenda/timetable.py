"""What a period holds, day by day: meetings, hours at which somebody receives, what is free in them, absences.

Read by the views beside, which show the same days as a list or as a grid. Must not know why people meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from amarre.appointments import queries
from amarre.appointments.models import Appointment, MeetingKind, Permanence, PermanenceChange, TimeOff
from amarre.appointments.slots import PARIS, Change, Hours, Range, Slot, free, instant, openings
from amarre.appointments.states import Reply
from amarre.cases.states import Mode
from amarre.core.actor import Actor
from amarre.web.staff.agenda.links import book_url
from amarre.web.staff.agenda.scope import Scope
from amarre.web.ui.dates import long_day
from amarre.web.ui.parts import Badge

ICONS = {
    Mode.OFFICE: "building", Mode.WORKPLACE: "briefcase", Mode.HOME: "house", Mode.PHONE: "phone", Mode.VIDEO: "camera",
}  # fmt: skip
CONFIRMED, NOT_COMING = Badge("confirmé", "green"), Badge("ne peut pas venir", "red")
TO_SETTLE, QUIET = Badge("à conclure", "rope"), Badge("ne pas notifier", "neutral")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose place it is, and what is to be known of it."""

    name: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, as an agenda tells it."""

    starts: datetime
    ends: datetime
    title: str
    url: str
    mode: str
    icon: str
    minutes: int
    where: str
    hosts: tuple[str, ...]
    others: tuple[str, ...]
    places: tuple[Place, ...]
    left: str
    travel: int
    seated: tuple[tuple[int, str], ...]

    @property
    def held(self) -> bool:
        """Time that is nobody's appointment."""
        return not self.places

    @property
    def heading(self) -> str:
        """The day, which begins its name."""
        return long_day(self.starts)


@dataclass(frozen=True, slots=True)
class Free:
    """A slot that may be booked, and the page where one books it."""

    starts: datetime
    ends: datetime
    url: str

    @property
    def heading(self) -> str:
        """The day, which begins its name."""
        return long_day(self.starts)


@dataclass(slots=True)
class Opening:
    """Hours at which somebody receives, and what is free in them."""

    starts: datetime
    ends: datetime
    worker_id: int
    worker: str
    room: str
    centre_id: int
    free: list[Free] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Off:
    """Somebody is not there; a whole day has no hours."""

    starts: datetime
    ends: datetime
    worker_id: int
    worker: str
    whole: bool


@dataclass(slots=True)
class Day:
    """One day."""

    on: date
    meetings: list[Meeting] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    offs: list[Off] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """« lundi 30 novembre », which begins the name of each of its events."""
        return long_day(self.on)

    @property
    def today(self) -> bool:
        """Whether it is today."""
        return self.on == timezone.localdate()

    @property
    def lines(self) -> list[Meeting | Opening | Off]:
        """All that it holds, in order: absences, then by hour, the hours before what is in them."""
        timed: list[Meeting | Opening] = [*self.openings, *self.meetings]
        return [*self.offs, *sorted(timed, key=lambda line: (line.starts, isinstance(line, Meeting)))]

    @property
    def count(self) -> int:
        """How many meetings with somebody; time put aside is not one."""
        return sum(not m.held or bool(m.left) for m in self.meetings)


def days_of(actor: Actor, scope: Scope, first: date, last: date, kind: MeetingKind | None) -> list[Day]:
    """Every day from `first` to `last`, with what the actor may see of the agenda that was chosen."""
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range((last - first).days + 1)}
    late = {b.pk for b in queries.unsettled(actor)} if actor.has("social_worker") else set()
    for row in _meetings(actor, scope, first, last):
        day = days.get(row.starts_at.astimezone(PARIS).date())
        if day is not None:
            day.meetings.append(_meeting(row, late, scope))
    _fill_hours(actor, scope, days, first, last, kind)
    _fill_absences(actor, scope, days)
    return list(days.values())


def _meetings(actor: Actor, scope: Scope, first: date, last: date) -> Iterable[Appointment]:
    rows = queries.agenda(actor, first, last, scope.worker_id)
    return rows.filter(centre_id=scope.centre_id) if scope.centre_id else rows


def _meeting(row: Appointment, late: set[int], scope: Scope) -> Meeting:
    places = tuple(
        Place(
            b.called,
            tuple(
                badge
                for badge, said in (
                    (CONFIRMED, b.reply == Reply.COMING), (NOT_COMING, b.reply == Reply.NOT_COMING),
                    (TO_SETTLE, b.pk in late), (QUIET, b.quiet),
                )
                if said
            ),
        )
        for b in row.places
    )  # fmt: skip
    seats = [s for s in row.seated if s.user_id != scope.worker_id]
    left = row.capacity - len(row.places)
    return Meeting(
        starts=row.starts_at.astimezone(PARIS), ends=row.ends_at.astimezone(PARIS), title=row.title,
        url=reverse("staff:agenda_meeting", args=[row.pk]), mode=row.get_mode_display(),
        icon=mode_icon(row.mode), minutes=row.minutes, where=where_of(row),
        hosts=tuple(s.user.name for s in seats if s.host), others=tuple(s.user.name for s in seats if not s.host),
        places=places, left=_left(left) if row.capacity > 1 else "", travel=row.travel,
        seated=tuple((s.user_id, s.user.name) for s in row.seated),
    )  # fmt: skip


def mode_icon(mode: str) -> str:
    """The drawing beside the words of a mode."""
    return ICONS.get(Mode(mode), "building")


def _left(count: int) -> str:
    if count <= 0:
        return "complet"
    return f"{count} place{'s' if count > 1 else ''} libre{'s' if count > 1 else ''}"


def where_of(row: Appointment) -> str:
    """The room, or the company one goes to."""
    if row.room is not None:
        return row.room.name
    return str(row.establishment) if row.establishment is not None else ""


def _fill_hours(
    actor: Actor, scope: Scope, days: dict[date, Day], first: date, last: date, kind: MeetingKind | None
) -> None:
    rows = Permanence.objects.visible_to(actor).filter(worker_id__in=scope.worker_ids)
    if scope.centre_id:
        rows = rows.filter(centre_id=scope.centre_id)
    rows = rows.filter(since__lte=last).exclude(until__lt=first).select_related("worker", "room")
    known = {p.pk: p for p in rows}
    changed = PermanenceChange.objects.visible_to(actor).filter(permanence_id__in=known, on__range=(first, last))
    changes = [Change(c.permanence_id, c.on, c.starts, c.ends) for c in changed]
    hours = [hours_of(p) for p in known.values()]
    found = list(openings(hours, changes, first, last))
    for pattern, open_for in found:
        p, starts = known[pattern.id], open_for.starts.astimezone(PARIS)
        room = p.room.name if p.room else ""
        days[starts.date()].openings.append(
            Opening(starts, open_for.ends.astimezone(PARIS), p.worker_id, p.worker.name, room, p.centre_id)
        )
    if kind is not None and scope.worker_id is not None and found:
        _fill_free(actor, scope.worker_id, days, found, kind)


def hours_of(p: Permanence) -> Hours:
    """A row as the arithmetic of slots takes it."""
    return Hours(
        p.pk, p.centre_id, p.room_id, p.weekday, p.starts, p.ends, p.every, p.since, p.until, tuple(p.modes),
        tuple(p.kinds),
    )  # fmt: skip


def _fill_free(
    actor: Actor, worker_id: int, days: dict[date, Day], found: Sequence[tuple[Hours, Range]], kind: MeetingKind
) -> None:
    """What may be booked, in the centres where the actor books; nothing is free in the past."""
    now, ends = timezone.now(), max(r.ends for _, r in found)
    if ends <= now:
        return
    begins = min(r.starts for _, r in found)
    busy, rooms = queries.busy_of(worker_id, begins, ends), queries.rooms_busy(worker_id, begins, ends)
    travel = kind.travel
    for slot in free(found, busy, rooms, minutes=kind.minutes, travel=travel, kind_id=kind.pk, after=now):
        opening = _holding(days[slot.day].openings, slot)
        if opening is not None and slot.centre_id in actor.centres and not set(kind.modes).isdisjoint(slot.modes):
            starts, ends = slot.starts.astimezone(PARIS), slot.ends.astimezone(PARIS)
            opening.free.append(Free(starts, ends, book_url(worker_id, starts, kind.pk)))


def _holding(rows: Iterable[Opening], slot: Slot) -> Opening | None:
    return next((o for o in rows if o.starts <= slot.starts < o.ends and o.centre_id == slot.centre_id), None)


def _fill_absences(actor: Actor, scope: Scope, days: dict[date, Day]) -> None:
    midnight = datetime.min.time()
    begins = {on: instant(on, midnight) for on in days}
    first, last = min(days), max(days)
    after = instant(last + timedelta(days=1), midnight)
    rows = TimeOff.objects.visible_to(actor).filter(
        worker_id__in=scope.worker_ids, starts_at__lt=after, ends_at__gt=begins[first]
    )
    for row in rows.select_related("worker"):
        for on, day in days.items():
            ends = instant(on + timedelta(days=1), midnight)
            starts, stops = max(row.starts_at, begins[on]), min(row.ends_at, ends)
            if starts < stops:
                whole = starts == begins[on] and stops == ends
                local = (starts.astimezone(PARIS), stops.astimezone(PARIS))
                day.offs.append(Off(*local, row.worker_id, row.worker.name, whole))
