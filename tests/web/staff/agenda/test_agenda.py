"""The agenda: the list has all that the grid has; each reader sees what is theirs; each event says when and what."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from amarre.appointments import models as m
from amarre.core import commands as core
from tests.cast import as_owner, user
from tests.matrix_appointments_agenda import group, held, meeting, past, place
from tests.rows_appointments import at, monday
from tests.trios import World
from tests.web.staff.agenda.looking import SLOT, events, seen, set_row, signed, slots, text_of

pytestmark = pytest.mark.django_db

NAME = re.compile(r"^(lundi|mardi|mercredi|jeudi|vendredi) \d+(er)? \S+( \d{4})?, \d+ h( \d\d)? à \d+ h( \d\d)?, \S+")


def week(code: str = "claire", view: str = "liste", **said: str) -> str:
    return seen(code, "agenda", vue=view, le=monday().isoformat(), **said)


def test_the_list_holds_all_that_the_grid_holds() -> None:
    listed, drawn = week(), week(view="semaine")
    assert len(events(listed)) == 4
    assert set(events(listed)) == set(events(drawn))
    assert set(slots(listed)) == set(slots(drawn))
    for text in ("Salle des Goélands", "Inès Benali", "7 places libres", "Dr Hugo Marchetti", "À domicile"):
        assert text in listed
        assert text in drawn


def test_the_name_of_each_event_holds_weekday_date_time_and_kind() -> None:
    for view in ("liste", "jour", "semaine"):
        found = [name for _, name in (*events(week(view=view)), *slots(week(view=view)))]
        assert found
        assert [n for n in found if not NAME.match(n.replace("libre de ", ""))] == []
    names = [name for _, name in events(week())]
    assert any(n.endswith("10 h à 10 h 45, Rendez-vous") for n in names)
    assert any("16 h à 17 h, Réunion d’équipe" in n for n in names)


def test_the_table_has_headings() -> None:
    page = week(view="semaine")
    assert page.count('<th scope="col"') == 5
    assert page.count('<th scope="row"') == 21
    assert "<caption" in page


def test_each_thing_stands_in_the_row_of_its_hour_by_the_clock_of_the_wall() -> None:
    rows = week(view="semaine").partition("<tbody>")[2].split('<th scope="row">')
    (nine,) = [row for row in rows if row.startswith("9 h<")]
    (ten,) = [row for row in rows if row.startswith("10 h<")]
    assert nine.count("libre de <span") == 4
    assert "9 h à 10 h</span>, Visite" in nine
    assert "10 h à 10 h 45</span>, Rendez-vous" in ten


def test_a_free_slot_leads_to_the_page_where_it_is_booked() -> None:
    page = week("sophie", qui=str(user("claire").pk))
    url, name = slots(page)[0]
    said = parse_qs(urlsplit(url).query)
    assert url.startswith("/pro/rendez-vous/nouveau/?")
    assert said["worker"] == [str(user("claire").pk)]
    assert datetime.fromisoformat(said["starts"][0]) == at(monday(), 9)
    assert name.endswith("libre de 9 h à 10 h, prendre un rendez-vous")


def test_free_slots_are_those_of_the_kind_that_is_looked_for() -> None:
    with as_owner():
        short = m.MeetingKind.objects.get(label="Appel")
    assert "libre de 9 h à 9 h 20" in words_of(week(pour=str(short.pk)))
    assert "libre de 9 h à 9 h 20" not in words_of(week())


def words_of(page: str) -> str:
    return " ".join(name for _, name in slots(page))


def test_what_was_answered_and_asked_is_said_in_words() -> None:
    set_row(place(), reply="coming", quiet=True)
    page = week()
    assert "confirmé" in page
    assert "ne pas notifier" in page
    set_row(place(), reply="not_coming", quiet=False)
    page = week()
    assert "ne peut pas venir" in page
    assert "ne pas notifier" not in page


def test_what_is_over_waits_to_be_concluded_by_who_met_the_person() -> None:
    on = (timezone.localdate() - timedelta(days=3)).isoformat()
    assert "à conclure" in seen("claire", "agenda", le=on)
    claire = str(user("claire").pk)
    assert "à conclure" not in seen("bruno", "agenda", le=on, qui=claire)
    with as_owner(), core.loading():
        m.Matter.objects.filter(booking__appointment=past()).update(
            outcome="happened", settled_at=timezone.now(), settled_by=user("claire").pk
        )
    gone = seen("claire", "agenda", vue="jour", le=on)
    assert "Inès Benali" in gone
    assert "à conclure" not in gone


def test_absences_are_shown_with_nothing_free_in_them() -> None:
    on, nadia = monday(6).isoformat(), str(user("nadia").pk)
    for view in ("liste", "semaine"):
        page = seen("sophie", "agenda", vue=view, le=on, qui=nadia)
        assert page.count("Absence, toute la journée") >= 7 - 2 * (view == "semaine")
        assert slots(page) == []


def test_a_centre_is_seen_whole_as_a_list_or_a_day_by_who_books_there() -> None:
    whole = week("sophie")
    assert {"Inès Benali", "Yanis Diarra"} <= {n for n in ("Inès Benali", "Yanis Diarra") if n in whole}
    assert "Nadia Ferhat" in whole
    assert "Personne de Nanterre" not in whole
    day = week("sophie", "jour")
    assert day.count('<th scope="col"') == 3  # Claire, the physician who sits with her, Nadia
    assert week("sophie", "semaine").count("<table") == 0  # a whole centre has no week
    assert not SLOT.search(whole)


def test_each_looks_at_the_agendas_of_their_centres() -> None:
    claire = str(user("claire").pk)
    for code, said, status in (
        ("theo", claire, 404), ("bruno", claire, 200), ("hugo", claire, 404), ("marc", claire, 404),
        ("sophie", "nobody", 404), ("bruno", f"centre-{World().centre('Nanterre').pk}", 404),
    ):  # fmt: skip
        answer = signed(code).get("/pro/agenda/", {"qui": said, "le": monday().isoformat()})
        assert answer.status_code == status, (code, said)


def test_the_health_team_sees_its_own_seats_and_nothing_to_book() -> None:
    page = week("hugo")
    assert [url for url, _ in events(page)] == [f"/pro/agenda/{meeting().pk}/"]
    assert "canari-rdv-motif" not in page
    assert slots(page) == []
    assert events(week("nora")) == []
    assert events(week("marc")) == []


def test_days_that_are_no_days_are_today() -> None:
    today = f'name="le" value="{timezone.localdate().isoformat()}"'
    for said in ("", "demain", "9999-12-31", "2026-02-31"):
        assert today in seen("claire", "agenda", le=said)
    assert seen("claire", "agenda", vue="mois").count("<table") == 0


def test_previous_next_and_today_keep_what_is_looked_at() -> None:
    bruno = str(user("bruno").pk)
    page = seen("claire", "agenda", vue="jour", le=monday().isoformat(), qui=bruno)
    for on in (monday() - timedelta(days=1), monday() + timedelta(days=1), timezone.localdate()):
        assert f"?vue=jour&le={on.isoformat()}&qui={bruno}" in page


def test_a_group_is_told_by_its_places_and_time_put_aside_is_nobody_s() -> None:
    page = week()
    assert "Première du groupe" in page
    assert text_of(signed("claire").get(f"/pro/agenda/{group().pk}/")).count("1 prise sur 8") == 1
    assert "2 rendez-vous" not in page  # on Monday one with Inès, and the team's hour
    assert f"/pro/agenda/{held().pk}/" in page


def test_statements_do_not_grow_with_what_is_shown(django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = signed("sophie"), f"/pro/agenda/?le={monday().isoformat()}"
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    with as_owner(), core.loading():
        for n in range(6):
            with_somebody(n)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)


def with_somebody(n: int) -> None:
    from tests.rows_appointments import _meet

    world = World()
    _meet(world, m.MeetingKind.objects.get(label="Rendez-vous"), "bruno", world.centre(), monday(), 8 + n, name=f"P{n}")
