"""A day or a week as a table: a row every half hour, a column for each day or each worker. Pure: no database.

Read by the views beside. A cell holds what begins in it and lasts as many rows as it needs; hours and absences are said
in words in the first row, and shaded below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from amarre.web.staff.agenda.timetable import Day, Free, Meeting, Off, Opening
from amarre.web.ui.dates import NBSP

STEP = 30
FIRST, LAST = 8 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one heading."""

    heading: str
    on: date
    url: str
    today: bool
    meetings: Sequence[Meeting]
    openings: Sequence[Opening]
    offs: Sequence[Off]

    @property
    def events(self) -> list[Meeting | Free]:
        """What takes rows: meetings, and what is free."""
        found: list[Meeting | Free] = [*self.meetings, *(f for o in self.openings for f in o.free)]
        return sorted(found, key=lambda e: (e.starts, e.ends))


@dataclass(slots=True)
class Cell:
    """A box of the table; `rows` high."""

    rows: int = 1
    events: list[Meeting | Free] = field(default_factory=list)
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Half an hour: its name, and a cell for each column that does not go on from above."""

    at: time
    cells: list[Cell]

    @property
    def full(self) -> bool:
        """Whether the hour is full."""
        return self.at.minute == 0


def columns_of_week(days: Iterable[Day], urls: dict[date, str]) -> list[Column]:
    """Monday to Friday, and the days of the week-end that hold something."""
    return [
        Column(d.heading.replace(NBSP, " "), d.on, urls[d.on], d.today, d.meetings, d.openings, d.offs)
        for d in days
        if d.on.weekday() < 5 or d.lines
    ]


def columns_of_day(day: Day, names: dict[int, str]) -> list[Column]:
    """A column for each worker who has something that day; a meeting of two stands in both."""
    found = []
    for key, name in names.items():
        meetings = [m for m in day.meetings if key in dict(m.seated)]
        hours, offs = [o for o in day.openings if o.worker_id == key], [o for o in day.offs if o.worker_id == key]
        if meetings or hours or offs:
            found.append(Column(name, day.on, "", False, meetings, hours, offs))
    return found


def table_of(columns: Sequence[Column]) -> list[Row]:
    """The rows, from eight to eighteen o’clock or further when something is earlier or later."""
    every = [e for c in columns for e in (*c.events, *c.openings)]
    first = min([FIRST, *(_minute(e.starts) for e in every)]) // STEP * STEP
    last = max([LAST, *(_end(e.starts, e.ends) for e in every)])
    count = -(-(last - first) // STEP)
    laid = [_lay(c, first, count) for c in columns]
    return [
        Row(time((first + n * STEP) // 60 % 24, (first + n * STEP) % 60), [c[n] for c in laid if n in c])
        for n in range(count)
    ]


def _lay(column: Column, first: int, count: int) -> dict[int, Cell]:
    """The cells of a column by row; events that meet in a row share a cell."""
    cells: dict[int, Cell] = {}
    reach = 0
    begun = 0
    for event in column.events:
        top = (_minute(event.starts) - first) // STEP
        end = min(count, max(top + 1, -(-(_end(event.starts, event.ends) - first) // STEP)))
        if not cells or top >= reach:
            begun, reach = top, end
            cells[begun] = Cell()
        reach = max(reach, end)
        cells[begun].events.append(event)
        cells[begun].rows = reach - begun
    taken = {n for top, cell in cells.items() for n in range(top, top + cell.rows)}
    for n in range(count):
        if n not in taken:
            cells[n] = Cell()
    for n, cell in cells.items():
        cell.shade = _shade(column, first + n * STEP)
    return cells


def _shade(column: Column, minute: int) -> str:
    if any(o.whole or _minute(o.starts) <= minute < _end(o.starts, o.ends) for o in column.offs):
        return "off"
    return "open" if any(_minute(o.starts) <= minute < _end(o.starts, o.ends) for o in column.openings) else ""


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _end(starts: datetime, ends: datetime) -> int:
    return _minute(ends) if ends.date() == starts.date() else 24 * 60
