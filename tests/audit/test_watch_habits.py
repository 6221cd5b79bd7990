"""Ninety days of seeded activity, on the real database: no false alarm; what is unusual for an account is seen sooner.

Lines are written as pages write them (`core.ledger.write`), with the clock moved: no HTTP for ninety days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.db import connection

from amarre.audit.models import Alarm, Habit
from amarre.audit.tasks import forget_glances
from amarre.core import ledger
from amarre.core.actor import MACHINE, Actor
from amarre.core.ledger import Line
from amarre.core.scope import acting_as
from amarre.core.watch import Suspended
from tests.cast import actor, as_owner
from tests.rows import YANIS_CASE
from tests.trios import World

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)


def read(who: Actor, table: str, key: int, *, case: int | None = None, person: int | None = None) -> bool:
    """Whether the reading was allowed."""
    try:
        with acting_as(who):
            ledger.write(who, Line("x.read", "read", f"{table}:{key}", person_id=person, case_id=case))
    except Suspended:
        return False
    return True


def outside(who: Actor, keys: Iterator[int], times: int) -> int:
    """How many people, each new, could be read."""
    return sum(read(who, "people_person", key, person=key) for key in (next(keys) for _ in range(times)))


def raised(who: Actor) -> list[tuple[str, int, int]]:
    with as_owner():
        rows = Alarm.objects.filter(user_id=who.user_id, raised_at__gte=FIRST_DAY).order_by("raised_at", "id")
        return list(rows.values_list("kind", "count", "bound"))


def live(who: Actor, keys: Iterator[int], most: int, days: int = 90) -> datetime:
    """Days of five hours, each hour up to `most` people outside one's cases, and one's own; returns the day after."""
    chance, case = random.Random(f"{who.name}-{most}"), World().case(YANIS_CASE)
    with time_machine.travel(FIRST_DAY, tick=False) as clock:
        for day in range(days):
            for hour in range(5):
                clock.move_to(FIRST_DAY + timedelta(days=day, hours=hour))
                outside(who, keys, most if hour == 3 else chance.randint(0, most))
                for _ in range(chance.randint(0, 2)):
                    assert read(who, "cases_case", case.pk, case=case.pk)
    return FIRST_DAY + timedelta(days=days)


def test_ninety_days_and_a_heavy_one_raise_nothing_then_a_scrape_is_stopped() -> None:
    nadia, keys, case = actor("nadia"), count(10_000), World().case(YANIS_CASE)
    day = live(nadia, keys, most=9)
    with time_machine.travel(day, tick=False) as clock:
        assert outside(nadia, keys, 25) == 25
        assert all(read(nadia, "cases_case", case.pk, case=case.pk) for _ in range(40))
        assert raised(nadia) == [], "0 false alert in ninety days, and on the heaviest"
        clock.shift(timedelta(days=1))
        assert outside(nadia, keys, 27) == 27
        assert raised(nadia) == [], "three times her usual nine"
        assert outside(nadia, keys, 200) == 33
        assert raised(nadia) == [("alert", 28, 27), ("stop", 60, 60)]


def test_a_quiet_account_is_seen_sooner_but_never_for_twenty_five() -> None:
    nadia, keys = actor("nadia"), count(10_000)
    with time_machine.travel(live(nadia, keys, most=2, days=12), tick=False):
        outside(nadia, keys, 25)
        assert raised(nadia) == []
        outside(nadia, keys, 1)
        assert raised(nadia) == [("alert", 26, 25)]


def test_without_ten_days_of_habit_the_alert_waits_for_thirty() -> None:
    nadia, keys = actor("nadia"), count(10_000)
    with time_machine.travel(live(nadia, keys, most=2, days=8), tick=False):
        outside(nadia, keys, 30)
        assert raised(nadia) == []
        outside(nadia, keys, 1)
        assert raised(nadia) == [("alert", 31, 30)]


def test_the_hour_slides_and_an_alert_is_raised_once_in_it() -> None:
    nadia, keys = actor("nadia"), count(10_000)
    with time_machine.travel(FIRST_DAY, tick=False) as clock:
        outside(nadia, keys, 30)
        clock.shift(timedelta(minutes=61))
        outside(nadia, keys, 30)
        assert raised(nadia) == [], "sixty in two hours"
        clock.shift(timedelta(minutes=30))
        outside(nadia, keys, 9)
        assert raised(nadia) == [("alert", 31, 30)], "once"
        clock.shift(timedelta(minutes=61))
        outside(nadia, keys, 31)
        assert [kind for kind, *_ in raised(nadia)] == ["alert", "alert"]


@pytest.mark.parametrize("code", ["paul", "chloe"])
def test_an_employer_and_a_partner_are_stopped_likewise(code: str) -> None:
    """Whatever the door: all that was sent to them counts. Their doors' own rights are given here."""
    who, keys = actor(code), count(10_000)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"grant insert on audit_entry to {who.db_role}")
        cursor.execute(f"create policy here on audit_entry for insert to {who.db_role} with check (true)")
    with time_machine.travel(FIRST_DAY, tick=False):
        assert sum(read(who, "sharing_transmission", next(keys)) for _ in range(100)) == 60
        assert raised(who) == [("alert", 31, 30), ("stop", 60, 60)]
        assert not read(who, "sharing_transmission", 10_000), "nor what was read before"


def test_a_person_reads_their_own_space_as_often_as_they_like() -> None:
    ines, keys = actor("ines"), count(10_000)
    with time_machine.travel(FIRST_DAY, tick=False):
        assert sum(read(ines, "plans_message", next(keys)) for _ in range(100)) == 100
    assert raised(ines) == []


def test_a_member_who_leaves_reads_an_outsider_s_case() -> None:
    """Own work is asked at each reading, of the memberships of that day."""
    claire, case = actor("claire"), World().case(YANIS_CASE)
    with time_machine.travel(FIRST_DAY, tick=False):
        for number in range(40):
            read(claire, "cases_case", number, case=case.pk)  # one case, however many of its pages
        assert raised(claire) == []
        for number in range(40):
            read(claire, "cases_case", number, case=case.pk + 1 + number)
        assert raised(claire)[0][0] == "alert"


def test_what_the_watch_no_longer_counts_is_forgotten() -> None:
    nadia, keys = actor("nadia"), count(10_000)
    outside(nadia, keys, 3)
    with acting_as(MACHINE):
        assert forget_glances() == 2, "the tests' old glance and habit; nothing of this hour"
    with as_owner():
        assert Habit.objects.filter(user_id=nadia.user_id).count() == 1
