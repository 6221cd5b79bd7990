"""Who is asked to come from outside: told when and whom to call, no name; and no longer once the person says no."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.mail import EmailMessage
from icalendar import Calendar

from amarre.appointments import models as m
from amarre.appointments.commands import book, cancel, invite, move
from amarre.appointments.commands_after import invite_guest
from amarre.appointments.commands_link import choose
from amarre.appointments.tasks import tell_guests
from amarre.core.actor import MACHINE
from amarre.core.notices_words import TELLS
from amarre.core.scope import acting_as
from amarre.core.tasks import notify
from amarre.sharing.commands_agreements import withdraw_agreement
from amarre.sharing.models import Agreement
from tests.cast import as_owner
from tests.plans.acting import W, by, queued, refusal
from tests.rows_appointments import at
from tests.trios.appointments import DAY, _with

pytestmark = pytest.mark.django_db
Outbox = list[EmailMessage]
ADDRESS = "rh@entreprise.example"


def carried() -> None:
    """Do what waits, as the worker does; done again, nothing more leaves."""
    for _ in range(2):
        for name, work in (("appointments.tell_guests", tell_guests), ("core.notify", notify)):
            for ids in queued(name):
                with acting_as(MACHINE):
                    work(**ids)


def to_guest(outbox: Outbox) -> list[EmailMessage]:
    return [mail for mail in outbox if mail.to == [ADDRESS]]


def agreement() -> Agreement:
    with as_owner():
        return Agreement.objects.filter(case=W.case(), state="given").order_by("pk")[0]


def with_guest() -> tuple[m.Booking, m.Guest]:
    """A meeting of Inès's to which somebody from outside is asked to come."""
    booking = by("claire", book, **_with(W, starts_at=at(DAY, 9), case=W.case(), reason="canari-motif"))
    with as_owner():
        matter = m.Matter.objects.select_related("case", "booking").get(booking=booking)
    return booking, by(
        "claire", invite_guest, matter=matter, agreement=agreement(), words="Madame Qui Vient, RH", email=ADDRESS
    )


def calendar_of(mail: EmailMessage) -> Any:
    return Calendar.from_ical(mail.attachments[0].content)


def test_what_they_receive_says_when_and_nobodys_name(mailoutbox: Outbox) -> None:
    booking, _ = with_guest()
    carried()
    (mail,) = to_guest(mailoutbox)
    said = f"{mail.subject}\n{mail.body}\n{mail.attachments[0].content!r}"
    for name in ("Inès", "Benali", "Claire", "Marchand", "Qui Vient", "canari", "/rdv/", "Montreuil"):
        assert name not in said, name
    assert not TELLS.search(f"{mail.subject}\n{mail.body}")
    assert "à 9 h" in mail.body.replace("\u202f", " ")
    assert W.centre().phone in mail.body
    (event,) = calendar_of(mail).walk("VEVENT")
    assert event.decoded("DTSTART") == at(DAY, 9)
    assert calendar_of(mail)["METHOD"] == "REQUEST"
    assert booking.is_booked


def test_a_change_and_a_cancellation_replace_what_they_had(mailoutbox: Outbox) -> None:
    booking, _ = with_guest()
    carried()
    by("claire", move, booking=booking, starts_at=at(DAY, 10, 30))
    carried()
    by("claire", cancel, booking=booking)
    carried()
    files = [calendar_of(mail) for mail in to_guest(mailoutbox)]
    events = [file.walk("VEVENT")[0] for file in files]
    assert [str(file["METHOD"]) for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(e["UID"]) for e in events}) == 1
    assert [int(e["SEQUENCE"]) for e in events] == [1, 2, 3]
    assert events[1].decoded("DTSTART") == at(DAY, 10, 30)


@pytest.mark.parametrize("waits", [True, False])
def test_an_agreement_taken_back_stops_it(waits: bool, mailoutbox: Outbox) -> None:
    """Whether the message waits already, or is not written yet."""
    booking, _ = with_guest()
    if waits:
        for ids in queued("appointments.tell_guests"):
            with acting_as(MACHINE):
                tell_guests(**ids)
    by("claire", withdraw_agreement, agreement=agreement())
    carried()
    by("claire", move, booking=booking, starts_at=at(DAY, 10, 30))
    by("claire", cancel, booking=booking)
    carried()
    assert to_guest(mailoutbox) == []


def test_without_a_date_there_is_nothing_to_say_yet(mailoutbox: Outbox) -> None:
    booking = by("claire", invite, **_with(W, case=W.case()))
    with as_owner():
        matter = m.Matter.objects.select_related("case", "booking").get(booking=booking)
    by("claire", invite_guest, matter=matter, agreement=agreement(), words="Madame Qui Vient", email=ADDRESS)
    carried()
    assert to_guest(mailoutbox) == []
    by("ines", choose, booking=booking, starts_at=at(DAY, 9))
    carried()
    assert len(to_guest(mailoutbox)) == 1, "the person chose: who comes is told"


def test_nobody_is_asked_under_an_agreement_that_is_over() -> None:
    booking = by("claire", book, **_with(W, starts_at=at(DAY, 9), case=W.case()))
    with as_owner():
        matter = m.Matter.objects.select_related("case", "booking").get(booking=booking)
    old = agreement()
    old.until = date(2020, 1, 1)
    assert "accord" in refusal("claire", invite_guest, matter=matter, agreement=old, words="Qui")
