"""Reminders: the same hour two days before, two hours before, each once, never after; whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from amarre.appointments.reminders import NOT_BEFORE, due_at, reminder_due
from amarre.appointments.slots import PARIS, instant
from amarre.appointments.wording import when
from amarre.core.notices_words import Says

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HOURS = st.integers(6 * 60, 20 * 60).map(lambda m: time(m // 60, m % 60))
STARTS = st.builds(instant, st.dates(date(2026, 1, 1), date(2027, 12, 31)), HOURS)
AFTER_SPRING, AFTER_AUTUMN = instant(date(2026, 3, 30), time(10)), instant(date(2026, 10, 26), time(10))


@given(STARTS)
@example(AFTER_SPRING)
@example(AFTER_AUTUMN)
def test_the_first_is_at_the_same_hour_two_days_before(starts_at: datetime) -> None:
    first, last = due_at(starts_at)
    local, before = starts_at.astimezone(PARIS), first.astimezone(PARIS)
    assert before.time() == local.time() or before.date() in (date(2026, 3, 29), date(2027, 3, 28))
    assert (local.date() - before.date()).days == 2
    assert last.astimezone(PARIS).time() >= NOT_BEFORE
    assert last <= starts_at or local.time() < NOT_BEFORE, "before seven in the morning, the first one is enough"


@given(STARTS, st.integers(5, 13))
@example(AFTER_SPRING, 5)
@example(AFTER_AUTUMN, 5)
def test_a_clock_that_comes_back_every_few_minutes_finds_each_once(starts_at: datetime, every: int) -> None:
    """Distinct words in the order of time; nothing before 48 hours, nothing once it has begun."""
    said: list[Says] = []
    now = starts_at - timedelta(hours=51)
    while now < starts_at + timedelta(hours=1):
        found = reminder_due(starts_at, LONG_AGO, now)
        if found is not None:
            assert due_at(starts_at)[0] <= now < starts_at
            if not said or said[-1] != found:
                said.append(found)
        now += timedelta(minutes=every)
    soon = [Says.SOON] if due_at(starts_at)[1] + timedelta(minutes=every) <= starts_at else []
    assert said[: 1 + len(soon)] == [Says.REMINDER, *soon]


@given(STARTS, st.integers(0, 60 * 47))
def test_what_was_booked_late_is_not_reminded_of_at_once(starts_at: datetime, minutes: int) -> None:
    known = due_at(starts_at)[0] + timedelta(minutes=minutes)
    found = reminder_due(starts_at, known, known + timedelta(minutes=1))
    assert found is None or (found == Says.SOON and known < due_at(starts_at)[1])


def test_the_hour_that_is_said_is_the_clock_s_on_the_wall() -> None:
    assert when(AFTER_SPRING) == "lundi 30 mars à 10 h"
    assert when(AFTER_AUTUMN) == "lundi 26 octobre à 10 h"
    assert when(instant(date(2026, 12, 1), time(14, 30))) == "mardi 1er décembre à 14 h 30"
    assert when(instant(date(2026, 12, 11), time(9))) == "vendredi 11 décembre à 9 h"
    assert when(AFTER_SPRING, "en") == "Monday 30 March at 10:00"
