"""Places: never more than there are, given up to who waits, read by whoever receives people, destroyed in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amarre.collective import commands_sessions as acts
from amarre.collective.links import digest
from amarre.collective.models import Attendance, Seat, Session
from amarre.collective.queries import certificate_of, seats_of, sheet_of
from amarre.collective.queries_public import action_page
from amarre.core.commands import Refused
from amarre.core.scope import acting_as
from tests.cast import CAST, actor, as_owner
from tests.collective.acting import W, agreed, by, held, kept, planned, set_row
from tests.rows_collective import RECEIVING, SEAT_CODE, SEAT_SECRET
from tests.sharing.test_races import at_once

TIMES = 15


def place(code: str, name: str = "Martin l’Essai") -> acts.Taken:
    return by("passer_by", acts.take_seat, code=code, name=name, email="ici@essai.example")


def states(session: Session) -> list[str]:
    with as_owner():
        return [*Seat.objects.filter(session=session).order_by("pk").values_list("state", flat=True)]


@pytest.mark.django_db
def test_one_waits_and_takes_the_place_that_is_given_up() -> None:
    session = planned(agreed(), capacity=1, sign_up=True)
    first, second, third = place(session.code), place(session.code), place(session.code)
    assert [t.state for t in (first, second, third)] == ["taken", "waiting", "waiting"]
    by("passer_by", acts.give_up_seat, secret=first.secret)
    assert states(session) == ["taken", "waiting"]
    by("passer_by", acts.give_up_seat, secret=third.secret)
    assert states(session) == ["taken"]
    with pytest.raises(Refused):
        by("passer_by", acts.give_up_seat, secret=first.secret)


@pytest.mark.django_db
def test_more_places_are_for_those_who_wait() -> None:
    session = planned(agreed(), capacity=1, sign_up=True)
    for _ in range(3):
        place(session.code)
    by("sophie", acts.change_session, session=session, day=session.day, starts=session.starts, ends=session.ends,
       team=[W.colleague("claire")], capacity=2, sign_up=True)  # fmt: skip
    assert states(session) == ["taken", "taken", "waiting"]


@pytest.mark.django_db
def test_who_reads_the_list_and_that_it_is_sealed() -> None:
    session = planned(agreed(), capacity=9, sign_up=True)
    place(session.code)
    for player in CAST:
        who = actor(player.code)
        with acting_as(who):
            names = [seat.name for seat in seats_of(who, session)]
        assert names == (["Martin l’Essai"] if player.code in RECEIVING else []), player.code
    for code in ("paul", "karim", "passer_by"):
        with acting_as(actor(code)), pytest.raises(DatabaseError), transaction.atomic():
            Seat.objects.exists()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select name, email from collective_seat where session_id = %s", [session.pk])
        assert b"Martin" not in b"".join(bytes(v) for v in cursor.fetchone())


@pytest.mark.django_db
def test_no_place_is_taken_where_to_sign_up_is_to_tell() -> None:
    action = agreed("violence", headcount="200")
    with pytest.raises(Refused):
        planned(action, capacity=9, sign_up=True)
    session = planned(action, capacity=9)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(actor("claire")), connection.cursor() as cursor:
        cursor.execute("update collective_session set sign_up = true where id = %s", [session.pk])
    set_row(session, sign_up=True)
    with pytest.raises(Refused):
        place(session.code)
    with acting_as(actor("passer_by")):
        page = action_page(session.code)
        assert page is not None
        assert (page.sign_up, page.full) == (False, False)


@pytest.mark.django_db
def test_a_small_team_is_not_counted_even_by_hand() -> None:
    action = agreed("violence", headcount="12")
    session = planned(action, timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused):
        by("claire", acts.hold_session, session=session, head_count=4)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(actor("claire")), connection.cursor() as cursor:
        cursor.execute("update collective_session set head_count = 4 where id = %s", [session.pk])
    by("claire", acts.hold_session, session=session)
    assert kept(session).head_count is None
    with pytest.raises(DatabaseError), transaction.atomic():
        set_row(action, follow_ups=1)


@pytest.mark.django_db
def test_what_a_link_shows_says_nothing_of_who_comes() -> None:
    with acting_as(actor("passer_by")):
        page = action_page(SEAT_CODE)
        assert page is not None
        assert page.sign_up
        assert not page.full
        assert action_page("nothing") is None
    assert "canari" not in repr(page)
    assert not {"capacity", "taken", "waiting"} & {*vars(type(page)), *vars(type(page.meeting))}


@pytest.mark.django_db
def test_lists_are_destroyed_in_their_time() -> None:
    with as_owner():
        assert (Seat.objects.count(), Attendance.objects.count()) == (2, 2)
    with acting_as(actor("machine")):
        acts.forget_names(actor=actor("machine"), today=timezone.localdate())
    with as_owner():
        assert Seat.objects.get().digest == digest(SEAT_SECRET)
        assert Attendance.objects.get().signature == "paper", "the old sheet alone"
    with acting_as(actor("machine")), connection.cursor() as cursor:
        cursor.execute("delete from collective_seat")
        assert cursor.rowcount == 0, "before its time, the machine destroys nothing"


@pytest.mark.django_db
def test_a_certificate_says_who_what_and_when() -> None:
    session = held(agreed("managers"), 6)
    line = by("sophie", acts.sign_attendance, session=session, name="Ida Essai", signature="ticked")
    with acting_as(actor("sophie")):
        (found,) = sheet_of(actor("sophie"), session)
        made = certificate_of(actor("sophie"), found)
    assert (made.name, made.title, made.minutes) == ("Ida Essai", "Encadrer quand un collègue va mal", 60)
    by("sophie", acts.remove_attendance, attendance=line)
    with as_owner():
        assert not Attendance.objects.filter(session=session).exists()


@pytest.mark.django_db
def test_nobody_leads_two_sessions_at_once() -> None:
    first = planned(agreed())
    with pytest.raises(Refused, match="Claire"):
        planned(agreed("housing"), first.day)


@pytest.mark.usefixtures("own_database")
def test_two_never_take_the_last_place() -> None:
    """Each really committed, on a connection of its own."""
    with transaction.atomic():
        action = agreed()
    for n in range(TIMES):
        with transaction.atomic():
            session = planned(action, timezone.localdate() + timedelta(days=70 + n), capacity=3, sign_up=True)
        take = (actor("passer_by"), lambda who, code=session.code: acts.take_seat(actor=who, code=code, name="Essai"))
        assert at_once(*[take] * 5) == ["done"] * 5
        with transaction.atomic():
            assert sorted(states(session)) == ["taken"] * 3 + ["waiting"] * 2


@pytest.mark.usefixtures("own_database")
def test_a_place_given_up_while_others_come() -> None:
    with transaction.atomic():
        action = agreed()
    for n in range(TIMES):
        with transaction.atomic():
            session = planned(action, timezone.localdate() + timedelta(days=70 + n), capacity=2, sign_up=True)
            mine, *_ = [place(session.code).secret for _ in range(3)]
        leave = (actor("passer_by"), lambda who, secret=mine: acts.give_up_seat(actor=who, secret=secret))
        take = (actor("passer_by"), lambda who, code=session.code: acts.take_seat(actor=who, code=code, name="Essai"))
        at_once(leave, take, take)
        with transaction.atomic():
            assert sorted(states(session)) == ["taken"] * 2 + ["waiting"] * 2


@pytest.mark.django_db
def test_a_place_taken_in_jest_is_taken_off_and_who_waits_has_it() -> None:
    session = planned(agreed(), capacity=1, sign_up=True)
    place(session.code), place(session.code)
    with as_owner():
        jest = Seat.objects.filter(session=session).order_by("pk")[0]
    by("sophie", acts.remove_seat, seat=jest)
    assert states(session) == ["taken"]
    with as_owner():
        assert not Seat.objects.filter(pk=jest.pk).exists()
