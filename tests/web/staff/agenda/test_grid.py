"""A week as a table: every cell is under its heading, nothing is lost, and what overlaps shares a box."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.appointments.slots import PARIS
from amarre.web.staff.agenda.grid import FIRST, LAST, STEP, Column, table_of
from amarre.web.staff.agenda.timetable import Free, Off, Opening

DAY = date(2027, 3, 1)


def at(minutes: int) -> datetime:
    return datetime.combine(DAY, datetime.min.time(), PARIS) + timedelta(minutes=minutes)


def column(*spans: tuple[int, int], openings: list[Opening] | None = None, offs: list[Off] | None = None) -> Column:
    events = [Free(at(starts), at(ends), "") for starts, ends in spans]
    held = openings or [Opening(at(9 * 60), at(12 * 60), 1, "Claire", "", 1)]
    held[0].free = events
    return Column("lundi", DAY, "", False, [], held, offs or [])


def boxes(columns: list[Column]) -> list[list[int]]:
    """How often each place of the table is covered: once and once only, or the table is no table."""
    rows = table_of(columns)
    covered = [[0] * len(columns) for _ in rows]
    for n, row in enumerate(rows):
        free = [c for c in range(len(columns)) if not covered[n][c]]
        assert len(free) == len(row.cells)
        for c, cell in zip(free, row.cells, strict=True):
            for below in range(n, n + cell.rows):
                covered[below][c] += 1
    return covered


SPANS = st.lists(
    st.tuples(st.integers(0, 23 * 60), st.integers(5, 180)).map(lambda p: (p[0], min(p[0] + p[1], 24 * 60 - 1))),
    max_size=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.lists(SPANS, min_size=1, max_size=5))
def test_every_box_is_covered_once_and_every_event_is_there(days: list[list[tuple[int, int]]]) -> None:
    columns = [column(*sorted(spans)) for spans in days]
    assert {times for line in boxes(columns) for times in line} <= {1}
    shown = [e for row in table_of(columns) for cell in row.cells for e in cell.events]
    assert len(shown) == sum(len(spans) for spans in days)


def test_an_event_is_as_high_as_it_lasts() -> None:
    rows = table_of([column((9 * 60, 10 * 60), (10 * 60, 10 * 60 + 20))])
    by_hour = {row.at.hour * 60 + row.at.minute: row.cells for row in rows}
    assert by_hour[540][0].rows == 2
    assert by_hour[570] == []
    assert by_hour[600][0].rows == 1


def test_two_that_meet_in_a_row_share_a_box() -> None:
    rows = table_of([column((9 * 60, 9 * 60 + 20), (9 * 60 + 20, 10 * 60))])
    (cell,) = [c for row in rows for c in row.cells if c.events]
    assert len(cell.events) == 2
    assert cell.rows == 2


def test_the_table_goes_from_eight_to_eighteen_and_further_for_what_is_outside() -> None:
    rows = table_of([column()])
    assert (rows[0].at.hour, len(rows)) == (8, (LAST - FIRST) // STEP)
    early = Opening(at(7 * 60), at(20 * 60), 1, "Claire", "", 1)
    rows = table_of([column(openings=[early])])
    assert (rows[0].at.hour, rows[-1].at.hour, rows[-1].at.minute) == (7, 19, 30)


def test_hours_and_absences_are_shaded_and_an_absence_wins() -> None:
    away = Off(at(10 * 60), at(11 * 60), 1, "Claire", whole=False)
    rows = table_of([column(offs=[away])])
    shades = {row.at.hour * 60 + row.at.minute: row.cells[0].shade for row in rows}
    assert (shades[510], shades[540], shades[600], shades[660]) == ("", "open", "off", "open")
    gone = Off(at(0), at(24 * 60), 1, "Claire", whole=True)
    assert {r.cells[0].shade for r in table_of([column(offs=[gone])])} == {"off"}
