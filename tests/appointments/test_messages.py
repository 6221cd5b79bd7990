"""Who is reached and when: by what they confirmed or gave, each reminder once; a freed place goes to who waits."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from amarre.appointments import links, tasks
from amarre.appointments import models as m
from amarre.appointments.commands import cancel
from amarre.core.actor import MACHINE
from amarre.core.commands import loading
from amarre.core.models import Notice
from amarre.core.scope import acting_as
from amarre.intake.models import Solicitation
from tests.cast import actor, as_owner
from tests.rows_appointments import RDV_ID, at, monday
from tests.trios.appointments import booking, invited

pytestmark = pytest.mark.django_db


def change(row: Any, **values: Any) -> None:
    """Past every wall and command, as a migration would."""
    with as_owner(), loading():
        type(row).objects.filter(pk=row.pk).update(**values)


def reach(row: m.Booking) -> Any:
    with acting_as(MACHINE):
        return tasks.reach_for(row.pk)


def asked_by(source: str) -> m.Booking:
    """The invitation of somebody who asked, or for whom somebody else did."""
    with as_owner():
        request = Solicitation.objects.order_by("pk")[0]
    change(request, source=source, about="person", email="lucine@courriel.example", phone="06 39 98 00 01",
           requester_email="paul@employeur.example", requester_phone="06 39 98 00 02", do_not_call=False)  # fmt: skip
    row = invited()
    change(row, solicitation_id=request.pk)
    return row


def test_who_asked_for_themselves_is_reached_by_what_they_gave() -> None:
    found = reach(asked_by("employee"))
    assert (found.email, found.phone) == ("lucine@courriel.example", "06 39 98 00 01")
    assert found.door == links.path_of(RDV_ID)


@pytest.mark.parametrize("source", ["employer_hr", "manager", "physician", "family"])
def test_what_somebody_else_said_of_them_is_never_used(source: str) -> None:
    assert reach(asked_by(source)) is None


def test_a_name_without_a_confirmed_channel_is_reached_nowhere() -> None:
    assert reach(invited()) is None


def test_do_not_notify_holds_for_the_appointment_and_for_the_person() -> None:
    row = booking()
    assert not reach(row).quiet, "the control"
    change(row, quiet=True)
    assert reach(row).quiet
    change(row, quiet=False)
    change(row.person, do_not_notify=True)
    assert reach(row).quiet


def reminders() -> list[str]:
    with acting_as(MACHINE):
        tasks.remind()
    with as_owner():
        return sorted(Notice.objects.filter(kind="appointment").values_list("says", flat=True))


def soon(row: m.Booking, **ahead: float) -> None:
    starts = timezone.now() + timedelta(**ahead)
    change(row.appointment, starts_at=starts, ends_at=starts + timedelta(minutes=45))


def test_a_reminder_is_asked_for_once_however_often_the_clock_comes() -> None:
    row = booking()
    assert reminders() == [], "two weeks ahead"
    soon(row, hours=40)
    assert reminders() == reminders() == ["reminder"]
    with as_owner():
        assert Notice.objects.get(kind="appointment").asked_on == timezone.localdate(
            timezone.now() + timedelta(hours=40)
        ), "of the day of the meeting: tomorrow's clock asks for the same one"


def test_nothing_is_asked_for_what_was_cancelled_or_moved_within_the_two_days() -> None:
    row = booking()
    soon(row, hours=40)
    change(row.appointment, changed_at=timezone.now())
    assert reminders() == [], "they were told of the new hour a moment ago"
    change(row.appointment, changed_at=timezone.now() - timedelta(days=9))
    change(row, state="cancelled")
    assert reminders() == []
    change(row, state="booked")
    assert reminders() == ["reminder"], "the control"


def freed() -> dict[str, int]:
    """The service cancels Inès's appointment; what the queue then holds."""
    row = booking()
    with acting_as(actor("sophie")):
        cancel(actor=actor("sophie"), booking=row)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'appointments.offer'")
        ((args,),) = cursor.fetchall()
    return dict(json.loads(args))


def offers() -> list[tuple[int, str]]:
    with as_owner():
        return list(m.Offer.objects.filter(starts_at=at(monday(), 10)).values_list("booking_id", "state"))


def test_what_frees_up_is_kept_for_who_waits_once() -> None:
    job = freed()
    assert offers() == []
    for _ in range(2):  # a worker that died does it again
        with acting_as(MACHINE):
            tasks.offer(**job)
    assert offers() == [(RDV_ID, "open")]


def test_without_an_answer_it_goes_on_and_is_not_offered_to_the_same_again() -> None:
    job = freed()
    with acting_as(MACHINE):
        tasks.offer(**job)
    with as_owner(), loading():
        m.Offer.objects.filter(starts_at=at(monday(), 10)).update(until=timezone.now())
    with acting_as(MACHINE):
        tasks.pass_offers_on()
    assert offers() == [(RDV_ID, "expired")]


def test_nobody_waits_nothing_is_offered() -> None:
    change(invited(), earlier_since=None)
    job = freed()
    with acting_as(MACHINE):
        tasks.offer(**job)
    assert offers() == []
