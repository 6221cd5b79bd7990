"""Fifty people, one place: one has it, forty-nine are told so; a slot, the last place of a group, a freed one."""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from amarre.appointments import links, queries
from amarre.appointments import models as m
from amarre.core import commands
from amarre.core.actor import Actor, Door
from amarre.core.scope import acting_as
from tests import harness
from tests.appointments.crowd import MANY, committed, invited, path, press, winners, without_what_holds
from tests.cast import as_owner, user

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.slow)])


def free_times(booking: m.Booking) -> list[datetime]:
    """The slots that whoever holds the link may choose, as their page lists them."""
    with acting_as(Actor(door=Door.PUBLIC, token=links.digest(links.secret_of(booking.pk)))):
        return [slot.starts for slot in queries.choices_for(booking, queries.sheet_of(booking))]


def met_at(starts: datetime) -> tuple[int, int]:
    """How many seats Claire has then, how many people have that date."""
    seats = m.Seat.objects.filter(user_id=user("claire").pk, held=True, appointment__starts_at=starts)
    return seats.count(), m.Booking.objects.filter(state="booked", appointment__starts_at=starts).count()


def choosing(crowd: list[m.Booking], starts: datetime) -> list[tuple[str, dict[str, str]]]:
    return [(path(booking, f"dates/{int(starts.timestamp())}/"), {}) for booking in crowd]


@ROUNDS
def test_fifty_choose_the_same_slot(rounds: int) -> None:
    crowd = invited("Rendez-vous")
    for starts in free_times(crowd[0])[:rounds]:
        said = press(choosing(crowd, starts))
        assert len(winners(said)) == 1
        assert len(said) == MANY
        assert committed(lambda starts=starts: met_at(starts)) == (1, 1)


@ROUNDS
def test_fifty_want_the_last_place_of_a_group(rounds: int) -> None:
    crowd = invited("")
    meeting = committed(lambda: m.Appointment.objects.get(capacity__gt=1))
    filled = [
        {"appointment": meeting, "span": meeting.span, "state": "booked", "place": place}
        for place in range(2, meeting.capacity)
    ]
    for place in filled:
        invited("", 1, **place)
    for _ in range(rounds):
        (won,) = winners(press([(path(booking, f"groupe/{meeting.pk}/"), {}) for booking in crowd]))
        places = committed(
            lambda: list(m.Booking.objects.filter(appointment=meeting, state="booked").values_list("place", flat=True))
        )
        assert sorted(places) == list(range(1, meeting.capacity + 1))
        with transaction.atomic(), as_owner(), commands.loading():
            row = m.Booking.objects.filter(pk=crowd[won].pk)
            row.update(state="invited", appointment=None, place=None, span=None)


@ROUNDS
def test_a_freed_place_goes_to_whom_it_was_offered(rounds: int) -> None:
    """Forty-nine others try to take it by its date, at the very moment when it is accepted."""
    crowd = invited("Rendez-vous", earlier_since=timezone.now())
    for n, starts in enumerate(free_times(crowd[0])[:rounds]):
        chosen = crowd[n]
        with transaction.atomic(), as_owner(), commands.loading():
            offer = m.Offer(
                booking=chosen, worker_id=chosen.worker_id, centre_id=chosen.centre_id, starts_at=starts,
                ends_at=starts + timedelta(minutes=45), until=timezone.now() + timedelta(hours=4),
            )  # fmt: skip
            offer.save()
        requests = choosing(crowd, starts)
        requests[n] = (path(chosen, f"place/{offer.pk}/"), {"answer": "take"})
        assert winners(press(requests)) == [n]
        assert committed(lambda starts=starts: met_at(starts)) == (1, 1)


def test_without_constraint_and_lock_several_get_it(own_database: str) -> None:
    """Positive control: the crowd is really at once, and only what holds it makes one winner."""
    crowd = invited("Rendez-vous")
    times = free_times(crowd[0])
    without_what_holds()
    connection.close()
    with psycopg.connect(harness.url_of(own_database, "amarre_owner"), autocommit=True) as owner:
        owner.execute(f'alter database "{own_database}" set search_path = public, pg_catalog')
    most = 0
    for starts in times[:5]:
        most = max(most, len([s for s in press(choosing(crowd, starts)) if s.status == 302]))
        if most > 1:
            break
    assert most > 1
