"""« Ma journée »: today's meetings, those to conclude, and first of all a visit from which nobody came back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from amarre.appointments import models as m
from amarre.core import commands as core
from tests.cast import as_owner
from tests.matrix_appointments_agenda import meeting, past, place
from tests.web.staff.agenda.looking import seen, set_row, signed

pytestmark = pytest.mark.django_db


def day(code: str) -> str:
    return seen(code, "day").partition("<main")[2]


def today() -> None:
    """Claire's meeting with Inès is at noon today."""
    row = meeting()
    starts = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    ends = starts + timedelta(minutes=45)
    set_row(row, starts_at=starts, ends_at=ends, span=DateTimeTZRange(starts, ends, "[)"))


def test_today_s_meetings_are_those_at_which_one_sits() -> None:
    assert "Aucun rendez-vous." in day("claire")
    today()
    for code in ("claire", "hugo"):
        page = day(code)
        assert "12 h" in page
        assert "Inès Benali" in page.partition("Aujourd’hui")[2]
        assert "canari-rdv-motif" not in page
    assert "1 rendez-vous" in day("claire")
    assert "Aucun rendez-vous." in day("nadia")


def test_what_is_to_conclude_is_one_press_away() -> None:
    assert f"/pro/rendez-vous/{place(past).pk}/conclure/" in day("claire")
    assert "/conclure/" not in day("bruno")
    with as_owner(), core.loading():
        m.Matter.objects.filter(booking=place(past)).update(
            outcome="absent", settled_at=timezone.now(), settled_by=past().made_by_id
        )
    assert f"/pro/rendez-vous/{place(past).pk}/conclure/" not in day("claire")


def test_a_visit_without_news_comes_first_for_who_was_told() -> None:
    page = day("bruno")
    assert "Visite sans nouvelles : Claire Kermadec" in page
    assert page.index("Visite sans nouvelles") < page.index("À faire d’abord")
    assert "canari-visite" not in page
    sheet = re.search(r'href="(/pro/visites/\d+/)"', page)
    assert sheet
    assert signed("bruno").get(sheet[1]).status_code == 200
    for code in ("claire", "nadia", "marc", "sophie"):
        assert "Visite sans nouvelles" not in day(code)
    with as_owner(), core.loading():
        m.Visit.objects.filter(out_at=None).update(taken_at=timezone.now())
    assert "Quelqu’un s’en occupe" in day("bruno")


def test_who_has_no_agenda_is_shown_none() -> None:
    assert "Aujourd’hui" not in day("lea")
