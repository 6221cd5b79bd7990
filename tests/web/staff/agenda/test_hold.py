"""Time that is put aside, alone or together; a slot that several people share."""

from __future__ import annotations

import pytest

from amarre.appointments import models as m
from tests.cast import as_owner, user
from tests.rows_appointments import at, monday
from tests.trios import World
from tests.web.staff.agenda.looking import signed, text_of

pytestmark = pytest.mark.django_db

URL = "/pro/agenda/temps/"


def said(*codes: str, **more: str) -> dict[str, object]:
    return {
        "label": "Point d’équipe", "centre": World().centre().pk, "on": monday(2).isoformat(), "starts": "12:00",
        "ends": "13:00", "mode": "office", "colleagues": [user(c).pk for c in codes],
    } | more  # fmt: skip


def made() -> m.Appointment:
    with as_owner():
        return m.Appointment.objects.select_related("kind").get(starts_at=at(monday(2), 12))


def seats(row: m.Appointment) -> dict[int, bool]:
    with as_owner():
        return dict(m.Seat.objects.filter(appointment=row).values_list("user_id", "host"))


def test_time_is_kept_for_all_who_are_ticked() -> None:
    answer = signed("claire").post(URL, said("bruno", "claire"), follow=True)
    assert "Ce temps est gardé" in text_of(answer)
    assert "Point d’équipe" in text_of(answer)
    assert seats(made()) == {user("claire").pk: True, user("bruno").pk: False}


def test_a_group_slot_has_the_places_of_its_kind() -> None:
    with as_owner():
        kind = m.MeetingKind.objects.get(capacity__gt=1)
    answer = signed("sophie").post(URL, said("claire", kind=str(kind.pk), label=""), follow=True)
    assert "Le créneau est ouvert" in text_of(answer)
    assert (made().capacity, made().kind) == (kind.capacity, kind)
    assert seats(made()) == {user("claire").pk: True}
    assert "Personne n’a encore de place" in text_of(answer)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": ""}, "à quoi sert ce temps"),
        ({"ends": "11:00"}, "La fin est avant le début"),
        ({"on": "2020-01-06"}, "Cette heure est passée"),
        ({"colleagues": []}, "Qui y est"),
        ({"centre": "1"}, "Centre"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(wrong: dict[str, str], words: str) -> None:
    answer = signed("claire").post(URL, said("claire") | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="12:00"' in text_of(answer)


def test_nobody_is_in_two_places() -> None:
    answer = signed("claire").post(URL, said("claire", on=monday().isoformat(), starts="10:15", ends="11:00"))
    assert answer.status_code == 422
    assert "vient d’être pris" in text_of(answer)


def test_the_health_team_keeps_time_but_opens_no_group() -> None:
    with as_owner():
        kind = m.MeetingKind.objects.get(capacity__gt=1)
    assert signed("hugo").post(URL, said("hugo", kind=str(kind.pk))).status_code == 422
    assert signed("hugo").post(URL, said("hugo")).status_code == 302
