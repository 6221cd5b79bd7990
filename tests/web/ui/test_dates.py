"""Dates, hours and numbers read as French people write them."""

import datetime as dt

import pytest
import time_machine

from amarre.web.ui import dates

TODAY = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_a_tuesday_of_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (dt.date(2026, 11, 24), "mardi 24 novembre", "mar. 24 nov."),
        (dt.date(2026, 8, 1), "samedi 1er août", "sam. 1er août"),
        (dt.date(2026, 2, 6), "vendredi 6 février", "ven. 6 févr."),
        (dt.date(2027, 2, 12), "vendredi 12 février 2027", "ven. 12 févr. 2027"),
    ],
)
def test_a_day_is_written_with_its_accents_and_its_year_when_it_is_another(day, long, short):
    assert dates.long_day(day) == long.replace(" ", dates.NBSP)
    assert dates.short_day(day) == short.replace(" ", dates.NBSP)


def test_an_hour_uses_narrow_spaces_and_the_time_of_paris():
    assert dates.hour(dt.datetime(2026, 11, 24, 13, 32, tzinfo=dt.UTC)) == "14\u202fh\u202f32"
    assert dates.hour(dt.time(9, 5)) == "9\u202fh\u202f05"
    assert dates.hour(dt.time(11, 0)) == "11\u202fh"


def test_a_moment_near_midnight_falls_on_the_day_of_paris():
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    assert dates.local_date(late) == dt.date(2026, 11, 24)
    assert dates.from_today(late) == "aujourd’hui"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd’hui"),
        (1, "hier"),
        (-1, "demain"),
        (34, "il y a 34\u00a0jours"),
        (-3, "dans 3\u00a0jours"),
        (150, "il y a 5\u00a0mois"),
        (800, "il y a 2\u00a0ans"),
    ],
)
def test_the_distance_to_today_is_said_in_words(days, words):
    assert dates.from_today(TODAY.date() - dt.timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("given", "shown", "dialled"),
    [
        ("+33100000000", "01 00 00 00 00", "+33100000000"),
        ("01.00.00-00.00", "01 00 00 00 00", "+33100000000"),
        ("3114", "3114", "3114"),
        ("15", "15", "15"),
        ("+32 2 555 12 34", "+32 2 555 12 34", "+3225551234"),
    ],
)
def test_a_number_can_be_read_and_dialled(given, shown, dialled):
    assert dates.phone_text(given) == shown
    assert dates.phone_target(given) == dialled
