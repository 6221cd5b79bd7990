"""What is announced of an appointment: its link and its moment, counted with the rest; what became of it is shown."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from amarre.core import notices
from amarre.core.actor import MACHINE
from amarre.core.logs import NoContentFilter
from amarre.core.notices import Kind, Reach, Says
from amarre.core.scope import acting_as
from tests.cast import actor
from tests.core.test_jobs import as_role
from tests.core.test_notices import SMS, Outbox, announced, delivered, ines, texts
from tests.plans.acting import W

pytestmark = pytest.mark.django_db
TOKEN = "aB-_9xYz" * 3
MEETING = {
    "email": "ines@perso.example", "phone": "06 39 98 00 12", "prefers_sms": True, "door": f"/rdv/{TOKEN}/",
    "slots": {"when": "mardi 1er décembre à 14\u202fh\u202f30", "phone": "01 40 00 00 00"},
}  # fmt: skip
Told = Callable[..., None]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Announce to somebody who has an appointment, as a room reaches them, then do what waits."""

    def tell(*said: Says, keys: str = "appointment", **reach: Any) -> None:
        monkeypatch.setitem(notices._REACHES, Kind.APPOINTMENT, lambda _: Reach(**{**MEETING, **reach}))
        for number, word in enumerate(said):
            with acting_as(actor("claire")):
                assert notices.announce(Kind.APPOINTMENT, 77, key=f"{keys}:{number}", says=word)
        delivered()

    return tell


def fates_of(code: str = "claire") -> list[str]:
    with acting_as(actor(code)):
        return [fate.label.split(" le ")[0].split(" depuis")[0] for fate in notices.fates(Kind.APPOINTMENT, 77)]


def test_an_appointment_is_announced_with_its_link_and_its_moment(told: Told, mailoutbox: Outbox) -> None:
    told(Says.BOOKED)
    (text,) = texts()
    assert text.startswith("Votre rendez-vous est confirmé : mardi 1er décembre à 14 h 30. Tél. 01 40 00 00 00 http")
    assert text.endswith(f"/rdv/{TOKEN}/")
    told(Says.MOVED, keys="moved", prefers_sms=False, calendar=b"BEGIN:VCALENDAR", method="REQUEST")
    (mail,) = mailoutbox
    assert f"/rdv/{TOKEN}/" in mail.body
    assert [part.mimetype for part in mail.alternatives] == ["text/calendar; method=REQUEST"]
    assert [part.filename for part in mail.attachments] == ["rendez-vous.ics"]


def test_a_link_is_in_the_message_and_nowhere_else(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    told(*(says for says in Says if says in notices.SMS), mailbox="person:12")
    rows = str(as_role("amarre_machine", "select n::text from core_notice n"))
    jobs = str(as_role("amarre_queue", "select args::text from procrastinate_jobs"))
    for secret in (TOKEN, "décembre", "ines@", "39 98 00", "39980012"):
        assert secret not in rows
        assert secret not in jobs
        assert secret not in caplog.text


@pytest.mark.parametrize("said", ["GET /rdv/%s/", "GET /agenda/%s.ics", "GET https://x.example/lien/%s/?a", "(%s)"])
def test_a_link_is_not_logged(said: str) -> None:
    args = ("/rdv/secret-de-lien/",) if said == "(%s)" else ("secret-de-lien",)
    record = logging.LogRecord("amarre", logging.WARNING, "x.py", 1, said, args, None)
    assert NoContentFilter().filter(record)
    assert "secret-de-lien" not in record.getMessage()


def test_links_may_have_a_neutral_address(settings: Any) -> None:
    settings.AMARRE_BASE_URL = "https://service-social.example"
    assert notices.door_url("/rdv/abc/") == "https://service-social.example/rdv/abc/"
    settings.AMARRE_RDV_URL = "https://espace.example/r"
    assert notices.door_url("/rdv/abc/") == "https://espace.example/r/abc/"
    assert notices.door_url("/employeur/") == "https://service-social.example/employeur/"


def test_what_a_person_receives_is_counted_together(told: Told) -> None:
    ines(**SMS)
    person = f"person:{W.person().pk}"
    announced("claire")
    told(Says.BOOKED, Says.REMINDER, Says.SOON, mailbox=person)
    assert delivered() == ["sms", "sms", "sms", "cap"]
    announced("claire", key="other")
    assert delivered()[-1] == "cap", "and the other way round"
    told(Says.BOOKED, keys="other", mailbox="person:12")
    assert delivered()[-1] == "sms", "somebody else"


def test_so_many_sms_then_a_mail(told: Told, settings: Any, mailoutbox: Outbox) -> None:
    settings.AMARRE_SMS_PER_PERSON, settings.AMARRE_NOTICES_PER_PERSON = 2, 4
    told(*[Says.REMINDER] * 5, mailbox="person:12")
    assert delivered() == ["sms", "sms", "mail", "mail", "cap"]
    told(*[Says.REMINDER] * 3, mailbox="person:13", email="", keys="mute")
    assert delivered()[-3:] == ["sms", "sms", "cap"], "no other way"


@pytest.mark.parametrize("says", [Says.MOVED, Says.CANCELLED])
def test_what_must_be_known_exceeds_the_cap_once(says: Says, told: Told, settings: Any) -> None:
    settings.AMARRE_SMS_PER_PERSON = settings.AMARRE_NOTICES_PER_PERSON = 2
    told(*[Says.REMINDER] * 3, says, says, Says.REMINDER, mailbox="person:12", email="")
    assert delivered() == ["sms", "sms", "cap", "sms", "cap", "cap"]
    assert fates_of()[-2:] == ["pas partie\u00a0: assez de messages pour aujourd’hui"] * 2, "and that is seen"


def test_without_a_mailbox_two_telephones_are_two(told: Told, settings: Any) -> None:
    settings.AMARRE_NOTICES_PER_MAILBOX = 1
    told(Says.BOOKED, email="")
    told(Says.BOOKED, keys="other", email="", phone="06 39 98 00 13")
    told(Says.BOOKED, keys="again", email="")
    assert delivered() == ["sms", "sms", "cap"]


@pytest.mark.parametrize("code", ["claire", "sophie", "ines"])
def test_what_became_of_each(code: str, told: Told, settings: Any) -> None:
    told(Says.BOOKED, Says.REMINDER, keys="a", prefers_sms=False)
    told(Says.MOVED, keys="b")
    told(Says.SOON, keys="c", quiet=True)
    told(Says.SOON, keys="d", email="", phone="")
    settings.AMARRE_SMS_GATEWAY = "tests.core.test_notices.Refuses"
    told(Says.SOON, keys="e")
    with acting_as(actor("claire")):
        notices.announce(Kind.APPOINTMENT, 77, key="f", says=Says.FREED)
        notices.announce(Kind.APPOINTMENT, 78, key="f", says=Says.FREED)
    assert fates_of(code) == [
        "partie par courriel",
        "partie par courriel",
        "partie par SMS",
        "pas partie\u00a0: «\u202fne pas notifier\u202f»",
        "pas partie\u00a0: aucune adresse confirmée",
        "pas partie\u00a0: la passerelle ne prend pas ce message",
        "en attente",
    ]
    with acting_as(actor(code)):
        first, *_, last = notices.fates(Kind.APPOINTMENT, 77)
    assert (first.says, first.key, last.says, last.sent_at) == (Says.BOOKED, "a:0", Says.FREED, None)


def test_a_fate_is_dated_as_people_say() -> None:
    with time_machine.travel("2026-12-01T13:30:00Z", tick=False):
        announced("claire")
        with acting_as(actor("claire")):
            (fate,) = notices.fates(Kind.PERSON, W.person().pk)
    with time_machine.travel("2027-01-02T13:30:00Z", tick=False):
        assert fate.label == "en attente depuis le 1er\u00a0décembre\u00a02026 à 14\u00a0h\u00a030"
    sent = dataclasses.replace(fate, sent_at=fate.at, channel="sms")
    with time_machine.travel("2026-12-02T13:30:00Z", tick=False):
        assert sent.label == "partie par SMS le 1er\u00a0décembre à 14\u00a0h\u00a030"


@pytest.mark.parametrize("code", ["paul", "chloe", "passer_by", "machine"])
def test_nobody_else_is_told_what_became(code: str) -> None:
    who = MACHINE if code == "machine" else actor(code)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(who), transaction.atomic():
        notices.fates(Kind.APPOINTMENT, 77)
