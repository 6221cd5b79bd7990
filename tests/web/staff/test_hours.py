"""Hours: what is shown of them, what is to be moved, and where two of them meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.appointments import models as m
from amarre.appointments import queries_hours as queries
from amarre.appointments.queries import free_slots
from amarre.appointments.slots import PARIS, Hours
from amarre.core.scope import acting_as
from tests.cast import actor, as_owner, user
from tests.rows_appointments import at, monday
from tests.trios.appointments import booking, permanence

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 1, 5)


def pattern(**said: Any) -> Hours:
    usual = Hours(1, 1, None, 0, time(9), time(12), 1, MONDAY, None, ("office",))
    return replace(usual, **said)


@pytest.mark.parametrize(("other", "meets"), [
    ({}, MONDAY),
    ({"starts": time(11), "ends": time(13)}, MONDAY),
    ({"starts": time(12), "ends": time(13)}, None),
    ({"weekday": 1}, None),
    ({"since": date(2026, 3, 4)}, date(2026, 3, 9)),
    ({"until": date(2026, 1, 11), "since": MONDAY}, MONDAY),
    ({"since": MONDAY + timedelta(weeks=1), "every": 2}, MONDAY + timedelta(weeks=1)),
])  # fmt: skip
def test_where_two_patterns_meet(other: dict[str, object], meets: date | None) -> None:
    assert queries.overlap(pattern(), pattern(id=2, **other)) == meets
    assert queries.overlap(pattern(id=2, **other), pattern()) == meets


def test_one_week_in_two_may_never_meet_the_other() -> None:
    even, odd = pattern(every=2), pattern(id=2, every=2, since=MONDAY + timedelta(weeks=1))
    assert queries.overlap(even, odd) is None
    assert queries.overlap(even, pattern(id=3, every=3, since=MONDAY + timedelta(weeks=1))) == MONDAY + timedelta(
        weeks=4
    )
    assert queries.overlap(pattern(until=MONDAY), pattern(id=2, since=MONDAY + timedelta(weeks=1))) is None


@pytest.fixture
def claire(client: Client) -> Client:
    client.force_login(user("claire"))
    return client


def own(name: str = "hours_of", code: str = "claire") -> str:
    return reverse(f"staff:{name}", args=[user(code).pk])


def opened(**more: object) -> dict[str, object]:
    with as_owner():
        centre = permanence().centre_id
    return {"weekday": "5", "starts": "09:00", "ends": "12:00", "every": "1", "since": monday(2).isoformat(),
            "centre": centre, "modes": ["office"]} | more  # fmt: skip


def slots(day: date) -> list[time]:
    with acting_as(actor("claire")):
        return [s.starts.astimezone(PARIS).time() for s in free_slots(user("claire").pk, 60, day, day)]


def test_opened_then_offered_and_an_overlap_is_said(claire: Client) -> None:
    saturday = monday(2) + timedelta(days=5)
    assert slots(saturday) == []
    assert claire.post(own("hours_open"), opened()).status_code == 302
    assert slots(saturday) == [time(9), time(10), time(11)]
    assert "chevauchent" not in claire.get(own()).content.decode()
    answer = claire.post(own("hours_open"), opened(starts="11:00", ends="13:00"), follow=True)
    assert "Attention" in answer.content.decode()
    assert "Des permanences se chevauchent" in answer.content.decode()


def test_what_was_typed_is_kept(claire: Client) -> None:
    answer = claire.post(own("hours_open"), opened(ends="08:00"))
    assert answer.status_code == 422
    assert "La fin est avant le début" in answer.content.decode()
    assert 'value="08:00"' in answer.content.decode()


def test_meetings_in_an_absence_are_to_be_moved(claire: Client) -> None:
    row = booking()
    day = timezone.localdate(row.appointment.starts_at)
    assert "Rendez-vous à déplacer" not in claire.get(own()).content.decode()
    assert claire.post(own("hours_away"), {"first": day.isoformat()}).status_code == 302
    assert slots(day) == []
    shown = claire.get(own()).content.decode()
    assert "Rendez-vous à déplacer" in shown
    assert "Inès" in shown
    with as_owner():
        off = m.TimeOff.objects.get(worker_id=user("claire").pk)
    assert (off.starts_at, off.ends_at) == (at(day, 0), at(day + timedelta(days=1), 0))
    claire.post(reverse("staff:hours_back", args=[off.pk]))
    assert "Rendez-vous à déplacer" not in claire.get(own()).content.decode()


def test_meetings_after_the_end_or_on_a_changed_day_are_to_be_moved(claire: Client) -> None:
    row = booking()
    day = timezone.localdate(row.appointment.starts_at)
    with as_owner():
        mine = m.Permanence.objects.filter(worker_id=user("claire").pk, weekday=day.weekday()).order_by("starts")
        morning = mine[0]
    data = {"on": day.isoformat(), "none": "on"}
    assert claire.post(reverse("staff:hours_day", args=[morning.pk]), data).status_code == 302
    shown = claire.get(own()).content.decode()
    assert "plus de permanence à cette heure" in shown
    as_usual = {"on": day.isoformat(), "starts": "09:00", "ends": "12:00"}
    assert claire.post(reverse("staff:hours_day", args=[morning.pk]), as_usual).status_code == 302
    assert "plus de permanence" not in claire.get(own()).content.decode()
    data = {"until": (day - timedelta(days=1)).isoformat()}
    assert claire.post(reverse("staff:hours_end", args=[morning.pk]), data).status_code == 302
    assert "plus de permanence à cette heure" in claire.get(own()).content.decode()


def test_a_coordinator_keeps_hours_and_reads_no_meeting(client: Client) -> None:
    row = booking()
    day = timezone.localdate(row.appointment.starts_at)
    client.force_login(user("marc"))
    assert client.post(own("hours_away"), {"first": day.isoformat()}).status_code == 302
    shown = client.get(own()).content.decode()
    assert "Vous ne voyez pas les rendez-vous" in shown
    assert "Inès" not in shown


def test_a_kind_of_meeting_is_set_and_one_that_is_not_offered_any_more(client: Client) -> None:
    client.force_login(user("alex"))
    said = {"label": "Point rapide", "minutes": 15, "modes": ["phone"], "travel": 0, "bookable_by": ["worker"],
            "notice_hours": 2, "horizon_days": 30, "capacity": 1, "position": 5, "active": "on"}  # fmt: skip
    assert client.post(reverse("staff:settings_kind_new"), said).status_code == 302
    with as_owner():
        made = m.MeetingKind.objects.get(label="Point rapide")
    assert (made.minutes, made.bookable_by) == (15, ["worker"])
    said.pop("active")
    assert client.post(reverse("staff:settings_kind", args=[made.pk]), said).status_code == 302
    assert "plus proposé" in client.get(reverse("staff:settings_meetings")).content.decode()
    again = said | {"label": "Visite"}
    assert client.post(reverse("staff:settings_kind_new"), again).status_code == 422
