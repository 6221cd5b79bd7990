"""Free slots: nothing overlaps, nothing is outside the hours, nothing is lost, on the nights of the clocks too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amarre.appointments.slots import PARIS, Change, Hours, Range, Slot, free, free_within, instant, openings, works_on

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Sundays: clocks go forward at 2, back at 3
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0, minute=t.minute // 5 * 5))


def hours(weekday: int, starts: time, ends: time, **more: Any) -> Hours:
    usual = Hours(1, 1, None, weekday, starts, ends, 1, date(2025, 1, 6), None, ("office",))
    return replace(usual, **more)


@st.composite
def days_of_work(draw: st.DrawFn) -> tuple[date, Hours]:
    day = draw(DAYS)
    starts, ends = sorted(draw(st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1])))
    return day, hours(day.weekday(), starts, ends)


@st.composite
def ranges(draw: st.DrawFn, near: date) -> list[Range]:
    found = []
    for _ in range(draw(st.integers(0, 6))):
        begins = instant(near, time(0)) + timedelta(minutes=draw(st.integers(-60, 26 * 60)))
        found.append(Range(begins, begins + timedelta(minutes=draw(st.integers(1, 240)))))
    return found


@settings(max_examples=60)
@given(st.data(), days_of_work(), st.integers(10, 120), st.integers(0, 60))
def test_slots_fit_between_what_is_taken(
    data: st.DataObject, work: tuple[date, Hours], minutes: int, travel: int
) -> None:
    day, pattern = work
    busy = data.draw(ranges(day))
    found = list(openings([pattern], [], day, day))
    slots = free(found, busy, [], minutes=minutes, travel=travel, after=datetime(2020, 1, 1, tzinfo=UTC))
    around = timedelta(minutes=travel)
    for slot in slots:
        assert slot.ends - slot.starts == timedelta(minutes=minutes), "real minutes, whatever the clocks do"
        assert any(o.starts <= slot.starts and slot.ends <= o.ends for _, o in found)
        assert not any(b.meets(Range(slot.starts - around, slot.ends + around)) for b in busy)
        assert slot.day == day
    for one, next_one in pairwise(slots):
        assert one.ends + around <= next_one.starts
    assert_nothing_lost(found, busy, slots, minutes, travel)


def assert_nothing_lost(
    found: list[tuple[Hours, Range]], busy: list[Range], slots: list[Slot], minutes: int, travel: int
) -> None:
    """Between two slots, or in an opening without any, no whole meeting would have fitted: a second way to count."""
    lasts, around = timedelta(minutes=minutes), timedelta(minutes=travel)
    for _, open_for in found:
        mine = [s for s in slots if open_for.starts <= s.starts < open_for.ends]
        at = open_for.starts
        while at + lasts <= open_for.ends:
            wanted = Range(at - around, at + lasts + around)
            if not any(b.meets(wanted) for b in busy):
                near = Range(at - around, at + lasts + around)
                assert any(near.meets(Range(s.starts - around, s.ends + around)) for s in mine), "a slot was missed"
            at += timedelta(minutes=5)


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (SPRING, time(1, 30), "2026-03-29T00:30:00+00:00"),
        (SPRING, time(2, 30), "2026-03-29T01:00:00+00:00"),  # skipped: the first instant that exists
        (SPRING, time(3, 30), "2026-03-29T01:30:00+00:00"),
        (AUTUMN, time(2, 30), "2026-10-25T00:30:00+00:00"),  # twice: the first
        (AUTUMN, time(3, 30), "2026-10-25T02:30:00+00:00"),
    ],
)
def test_an_hour_is_an_instant(day: date, at: time, expected: str) -> None:
    assert instant(day, at).isoformat() == expected


def test_the_night_when_clocks_go_forward_has_an_hour_less() -> None:
    ((_, open_for),) = openings([hours(6, time(1), time(4))], [], SPRING, SPRING)
    assert open_for.ends - open_for.starts == timedelta(hours=2)
    assert len(list(free_within(open_for, [], 30))) == 4


def test_the_night_when_clocks_go_back_has_an_hour_more() -> None:
    ((_, open_for),) = openings([hours(6, time(1), time(4))], [], AUTUMN, AUTUMN)
    assert open_for.ends - open_for.starts == timedelta(hours=4)
    found = list(free_within(open_for, [], 60))
    assert len({f.starts for f in found}) == len(found) == 4


@given(DAYS, st.integers(1, 8), st.integers(0, 200))
def test_every_few_weeks_falls_every_few_weeks(since: date, every: int, weeks: int) -> None:
    pattern = hours(since.weekday(), time(9), time(12), since=since, every=every)
    assert works_on(pattern, since + timedelta(weeks=weeks)) == (weeks % every == 0)
    assert not works_on(pattern, since + timedelta(weeks=weeks, days=1))
    assert not works_on(pattern, since - timedelta(weeks=every))


@given(DAYS)
@example(SPRING)
@example(AUTUMN)
def test_a_change_takes_the_day_s_place(day: date) -> None:
    pattern = hours(day.weekday(), time(9), time(12))
    assert not list(openings([pattern], [Change(1, day)], day, day))
    ((_, other),) = openings([pattern], [Change(1, day, time(14), time(15))], day, day)
    assert other.starts.astimezone(PARIS).time() == time(14)
    ((_, usual),) = openings([pattern], [Change(2, day), Change(1, day + timedelta(days=7))], day, day)
    assert usual.starts.astimezone(PARIS).time() == time(9)


@given(st.data(), days_of_work(), st.integers(15, 90))
def test_hours_that_overlap_offer_an_instant_once(data: st.DataObject, work: tuple[date, Hours], minutes: int) -> None:
    day, one = work
    other = hours(day.weekday(), time(8), time(18), id=2)
    found = list(openings([one, other], [], day, day))
    slots = free(found, [], [], minutes=minutes, after=datetime(2020, 1, 1, tzinfo=UTC))
    ordered = sorted(slots, key=lambda s: s.starts)
    assert all(a.ends <= b.starts for a, b in pairwise(ordered))


def test_a_room_that_is_taken_is_no_slot_and_another_room_is_no_matter() -> None:
    day = date(2026, 12, 7)
    found = list(openings([hours(0, time(9), time(11), room_id=5)], [], day, day))
    taken = Range(instant(day, time(9)), instant(day, time(10)))
    after = datetime(2020, 1, 1, tzinfo=UTC)
    assert [s.starts.astimezone(PARIS).hour for s in free(found, [], [(5, taken)], minutes=60, after=after)] == [10]
    assert len(free(found, [], [(6, taken)], minutes=60, after=after)) == 2


def test_nothing_before_the_notice_and_only_the_kinds_that_the_hours_take() -> None:
    day = date(2026, 12, 7)
    found = list(openings([hours(0, time(9), time(12), kinds=(7,))], [], day, day))
    late = instant(day, time(10))
    assert next(iter(free(found, [], [], minutes=60, after=late, kind_id=7))).starts == late
    assert free(found, [], [], minutes=60, after=late, kind_id=8) == []
