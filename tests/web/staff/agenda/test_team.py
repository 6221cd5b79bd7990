"""The load of a team is told without anybody's name, a kind or a title; and who reads it reaches no meeting."""

from __future__ import annotations

import pytest

from amarre.appointments import models as m
from tests.cast import as_owner
from tests.rows import CANARIES
from tests.rows_appointments import ROOM, monday
from tests.web.staff.agenda.looking import seen, signed

pytestmark = pytest.mark.django_db


def load(on: str = "") -> str:
    page = seen("marc", "agenda_team", le=on or monday().isoformat())
    return page.partition("<main")[2]


def test_it_tells_how_many_and_how_long_of_how_many_hours() -> None:
    page = " ".join(load().split())
    assert "Claire Kermadec" in page
    assert "4 plages</span>, 4 h 15" in page
    assert "30 h ouvertes" in page
    assert "Théo Vasseur" not in page  # another centre


def test_it_tells_no_name_no_kind_and_no_title() -> None:
    page = load()
    with as_owner():
        names = {b.called for b in m.Booking.objects.select_related("person")}
        words = names | {k.label for k in m.MeetingKind.objects.all()} | {"Réunion d’équipe", ROOM, "Benali", "Diarra"}
    assert len(names) > 4
    assert [w for w in (*words, *CANARIES) if w in page] == []
    assert "/pro/agenda/9" not in page


def test_a_coordinator_reaches_no_meeting() -> None:
    client = signed("marc")
    with as_owner():
        keys, places = (
            list(m.Appointment.objects.values_list("pk", flat=True)),
            list(m.Booking.objects.values_list("pk", flat=True)),
        )
    assert len(keys) > 6
    for key in keys:
        for path in ("", "deplacer/"):
            assert client.get(f"/pro/agenda/{key}/{path}").status_code == 404
        for path in ("collegue/", "rendre/"):
            assert client.post(f"/pro/agenda/{key}/{path}", {"colleague": "1"}).status_code == 404
    for key in places:
        assert client.get(f"/pro/agenda/place/{key}/annuler/").status_code == 404
        assert client.post(f"/pro/agenda/place/{key}/silence/", {"quiet": "1"}).status_code == 404


def test_absences_are_said_not_why() -> None:
    page = load(monday(6).isoformat())
    assert page.count(">absence<") >= 5


def test_an_empty_day_is_today_s_week() -> None:
    assert "Semaine" in load("rien")
