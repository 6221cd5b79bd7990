"""Free slots: hours, less what is taken. Pure: no database, no clock.

Read by `appointments.queries` and the tests. Hours are local (Europe/Paris) whatever the season; durations are real
minutes: on the night when clocks go forward an hour that does not exist holds no slot, and on the night when they go
back nobody is met twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_ROUND = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly pattern. `weekday` 0 is Monday; `every` counts weeks from the one of `since`; no `kinds`: all."""

    id: int
    centre_id: int
    room_id: int | None
    weekday: int
    starts: time
    ends: time
    every: int
    since: date
    until: date | None
    modes: tuple[str, ...]
    kinds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A day that is not as usual; without hours, nobody is received."""

    hours_id: int
    on: date
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From an instant to another, the second not included."""

    starts: datetime
    ends: datetime

    def meets(self, other: Range) -> bool:
        """Whether they share an instant."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that may be booked: instants in UTC, so that arithmetic is honest; where, and how one may meet."""

    starts: datetime
    ends: datetime
    centre_id: int
    room_id: int | None
    modes: tuple[str, ...]

    @property
    def day(self) -> date:
        """The local day."""
        return self.starts.astimezone(PARIS).date()


def instant(day: date, at: time) -> datetime:
    """The instant of a local hour; when clocks skip it, the first one after; when it comes twice, the first."""
    local = datetime.combine(day, at.replace(fold=0), PARIS)
    back = local.astimezone(UTC).astimezone(PARIS)
    found = local.astimezone(UTC)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        after = found.astimezone(PARIS).utcoffset()
        while (found - timedelta(minutes=1)).astimezone(PARIS).utcoffset() == after:
            found -= timedelta(minutes=1)
    return found


def works_on(hours: Hours, day: date) -> bool:
    """Whether the pattern falls on that day."""
    if day.weekday() != hours.weekday or day < hours.since or (hours.until is not None and day > hours.until):
        return False
    weeks = (day - (hours.since - timedelta(days=hours.since.weekday()))).days // 7
    return weeks % hours.every == 0


def openings(
    hours: Iterable[Hours], changes: Iterable[Change], first: date, last: date
) -> Iterator[tuple[Hours, Range]]:
    """The hours of each day from `first` to `last`, changes applied."""
    altered = {(c.hours_id, c.on): c for c in changes}
    patterns = sorted(hours, key=lambda h: (h.starts, h.id))
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for pattern in patterns:
            change = altered.get((pattern.id, day))
            if not works_on(pattern, day) or (change is not None and change.starts is None):
                continue
            begins = change.starts if change is not None and change.starts is not None else pattern.starts
            ends = change.ends if change is not None and change.ends is not None else pattern.ends
            open_for = Range(instant(day, begins), instant(day, ends))
            if open_for.starts < open_for.ends:
                yield pattern, open_for


def _round_up(at: datetime) -> datetime:
    over = timedelta(minutes=at.minute % _ROUND, seconds=at.second, microseconds=at.microsecond)
    return at if not over else at - over + timedelta(minutes=_ROUND)


def free_within(open_for: Range, busy: Sequence[Range], minutes: int, travel: int = 0) -> Iterator[Range]:
    """One after the other, the meetings that fit between what is taken, with the travel before and after each."""
    lasts, around = timedelta(minutes=minutes), timedelta(minutes=travel)
    at = open_for.starts
    while at + lasts <= open_for.ends:
        wanted = Range(at - around, at + lasts + around)
        taken = [b.ends for b in busy if b.meets(wanted)]
        if not taken:
            yield Range(at, at + lasts)
            at = at + lasts + around
        else:
            at = max(at + timedelta(minutes=_ROUND), _round_up(max(taken) + around))


def free(
    found: Iterable[tuple[Hours, Range]],
    busy: Sequence[Range],
    rooms: Sequence[tuple[int, Range]],
    *,
    minutes: int,
    travel: int = 0,
    after: datetime,
    kind_id: int | None = None,
) -> list[Slot]:
    """Slots of a kind of meeting, in order, none before `after`; hours that overlap give each instant once."""
    slots: list[Slot] = []
    around = timedelta(minutes=travel)
    for hours, open_for in sorted(found, key=lambda f: (f[1].starts, f[0].id)):
        if kind_id is not None and hours.kinds and kind_id not in hours.kinds:
            continue
        given = [Range(s.starts - around, s.ends + around) for s in slots if s.ends + around > open_for.starts]
        taken = [*busy, *given, *(r for room_id, r in rooms if room_id == hours.room_id)]
        for fits in free_within(open_for, taken, minutes, travel):
            if fits.starts >= after:
                slots.append(Slot(fits.starts, fits.ends, hours.centre_id, hours.room_id, hours.modes))
    return slots
