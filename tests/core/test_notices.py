"""What is announced: once a day for a key, on the channel that was confirmed, never to who said no, never too often."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amarre.accounts.models import Mail
from amarre.core import commands, notices
from amarre.core.actor import MACHINE
from amarre.core.logs import NoContentFilter
from amarre.core.models import Notice
from amarre.core.notices import Kind, Reach, Says
from amarre.core.scope import acting_as
from amarre.core.tasks import forget_notices, notify
from amarre.people.models import Person
from tests.cast import actor, as_owner, user
from tests.core.test_jobs import as_role
from tests.plans.acting import W, queued

pytestmark = pytest.mark.django_db
Outbox = list[EmailMessage]


def ines(**said: Any) -> int:
    """Inès, as she says how to be reached."""
    key = W.person().pk
    with as_owner(), commands.loading():
        Person.objects.filter(pk=key).update(**said)
    return key


def announced(code: str, key: str = "space", recipient: int | None = None, kind: Kind = Kind.PERSON) -> bool:
    who = MACHINE if code == "machine" else actor(code)
    with acting_as(who):
        return notices.announce(kind, recipient or W.person().pk, key=key)


def delivered() -> list[str]:
    """Do what waits, twice; why each did not leave, or by what it left."""
    for ids in queued("core.notify") * 2:
        with acting_as(MACHINE):
            notify(**ids)
    with as_owner():
        rows = Notice.objects.exclude(recipient="0" * 64).order_by("at")
        return [row.skipped or (row.channel if row.sent_at else "waits") for row in rows]


def texts() -> list[str]:
    with as_owner():
        return list(Mail.objects.filter(subject="SMS").order_by("id").values_list("body", flat=True))


def test_asked_twice_it_leaves_once(mailoutbox: Outbox) -> None:
    assert [announced("claire"), announced("claire"), announced("ines"), announced("machine")] == [True] + [False] * 3
    assert len(queued("core.notify")) == 1
    assert delivered() == ["mail"]
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([user("ines").email], "Un message vous attend")
    assert mail.extra_headers["Message-ID"].startswith("<notice-")
    assert announced("claire", key="appointment:12"), "another thing to announce"
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert announced("claire"), "another day"


def test_what_is_said_of_a_day_is_said_once_on_whichever_day() -> None:
    meeting = date(2026, 12, 3)

    def reminded() -> bool:
        with acting_as(MACHINE):
            return notices.announce(Kind.PERSON, W.person().pk, key="reminder:2", says=Says.REMINDER, on=meeting)

    assert [reminded(), reminded()] == [True, False]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert not reminded()


def test_the_row_holds_no_word_and_no_address() -> None:
    announced("claire")
    delivered()
    (row,) = as_role("amarre_machine", "select n::text from core_notice n where sent_at is not null")
    assert not any(word in row[0] for word in ("ines", "Benali", "@", str(W.person().pk), "attend"))


@pytest.mark.parametrize("key", ["Rendez-vous", "space 12", "", "hélas", "appointment:x", "a" * 40])
def test_a_key_is_no_sentence(key: str) -> None:
    with pytest.raises(ValueError, match="a notice's key"):
        announced("claire", key=key)


def test_without_its_transaction_there_is_no_notice() -> None:
    def changed_my_mind() -> None:
        with acting_as(actor("claire")):
            notices.announce(Kind.PERSON, W.person().pk, key="space")
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed"):
        changed_my_mind()
    assert queued("core.notify") == []
    assert announced("claire")


def test_who_said_no_is_told_nothing(mailoutbox: Outbox) -> None:
    ines(do_not_notify=True, channel="sms", phone_confirmed_at=timezone.now())
    announced("claire")
    assert delivered() == ["quiet"]
    assert (mailoutbox, texts()) == ([], [])


SMS = {"channel": "sms", "phone": "06 39 98 00 12", "phone_confirmed_at": timezone.now()}


@pytest.mark.parametrize(("said", "channel"), [
    (SMS, "sms"), ({**SMS, "channel": "email"}, "mail"), ({**SMS, "phone_confirmed_at": None}, "mail"),
    ({**SMS, "phone": "01 40 00 00 00"}, "mail"), ({**SMS, "channel": ""}, "mail"),
])  # fmt: skip
def test_the_channel_is_the_preferred_one_among_the_confirmed(
    said: dict[str, Any], channel: str, mailoutbox: Outbox
) -> None:
    ines(**said)
    announced("claire")
    assert delivered() == [channel]
    assert (len(texts()), len(mailoutbox)) == ((1, 0) if channel == "sms" else (0, 1))


@pytest.mark.parametrize(("language", "start"), [
    ("", "Un message vous attend."), ("arabe", "رسالة"), ("Anglais", "A message"), ("Portugais", "Un message"),
])  # fmt: skip
def test_in_the_language_of_the_person(language: str, start: str) -> None:
    ines(**SMS, language=language)
    announced("claire")
    assert delivered() == ["sms"]
    (text,) = texts()
    assert text.startswith(start)
    assert text.endswith("/espace/")


def test_where_no_sms_leaves_it_is_a_mail(settings: Any, mailoutbox: Outbox) -> None:
    settings.AMARRE_SMS_GATEWAY = ""
    ines(**SMS)
    announced("claire")
    assert delivered() == ["mail"]


def test_three_a_day_over_all_channels(mailoutbox: Outbox) -> None:
    for number, said in enumerate([SMS, {**SMS, "channel": "email"}, SMS, SMS, {**SMS, "channel": "email"}]):
        ines(**said)
        announced("claire", key=f"appointment:{number}")
        delivered()
    assert delivered() == ["sms", "mail", "sms", "cap", "cap"]
    assert (len(texts()), len(mailoutbox)) == (2, 1)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        announced("claire", key="appointment:9")
        assert delivered()[-1] == "mail"


def test_twenty_a_day_for_a_mailbox(mailoutbox: Outbox, settings: Any) -> None:
    """Whoever the account or the request is: what counts is the mailbox."""
    settings.AMARRE_NOTICES_PER_MAILBOX = 2
    for number in range(4):
        announced("claire", key=f"transmission:{number}", recipient=user("chloe").pk, kind=Kind.ACCOUNT)
    assert delivered() == ["mail", "mail", "cap", "cap"]
    assert {tuple(mail.to) for mail in mailoutbox} == {(user("chloe").email,)}
    announced("claire", recipient=user("bruno").pk, kind=Kind.ACCOUNT)
    assert delivered()[-1] == "mail", "another mailbox"


def test_an_account_that_is_out_is_told_nothing(mailoutbox: Outbox) -> None:
    announced("claire", recipient=user("max").pk, kind=Kind.ACCOUNT)
    announced("claire", recipient=user("ines").pk, kind=Kind.ACCOUNT, key="other")
    assert delivered() == ["nowhere", "nowhere"]
    assert mailoutbox == []


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
        monkeypatch.setitem(notices._REACHES, Kind.APPOINTMENT, lambda key: Reach(**{**MEETING, **reach}))
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
    told(*Says)
    rows = str(as_role("amarre_machine", "select n::text from core_notice n"))
    jobs = str(as_role("amarre_queue", "select args::text from procrastinate_jobs"))
    for secret in (TOKEN, "décembre", "ines@", "998"):
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
    settings.AMARRE_SMS_GATEWAY = f"{__name__}.Refuses"
    told(Says.SOON, keys="e")
    with acting_as(actor("claire")):
        notices.announce(Kind.APPOINTMENT, 77, key="f", says=Says.FREED)
        notices.announce(Kind.APPOINTMENT, 78, key="f", says=Says.FREED)
    assert fates_of(code) == [
        "partie par courriel", "partie par courriel", "partie par SMS", "pas partie\u00a0: «\u202fne pas notifier\u202f»",
        "pas partie\u00a0: aucune adresse confirmée", "pas partie\u00a0: la passerelle ne prend pas ce message", "en attente",
    ]  # fmt: skip
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


class Refuses:
    """A gateway that never takes a message."""

    def send(self, to: str, text: str, key: str) -> None:
        raise notices.sms.Never("422")


class Breaks:
    """A gateway that fails."""

    def send(self, to: str, text: str, key: str) -> None:
        raise notices.sms.Later("503")


def test_what_is_never_taken_is_parked(settings: Any) -> None:
    settings.AMARRE_SMS_GATEWAY = f"{__name__}.Refuses"
    ines(**SMS)
    announced("claire")
    assert delivered() == ["refused"]


def test_what_fails_is_tried_again_and_leaves_no_mark(settings: Any) -> None:
    held = settings.AMARRE_SMS_GATEWAY
    settings.AMARRE_SMS_GATEWAY = f"{__name__}.Breaks"
    ines(**SMS)
    announced("claire")
    with pytest.raises(notices.sms.Later), acting_as(MACHINE), transaction.atomic():
        notify(**queued("core.notify")[0])
    settings.AMARRE_SMS_GATEWAY = held
    assert delivered() == ["sms"]


@pytest.mark.parametrize("act", [
    "select id from core_notice", "delete from core_notice", "update core_notice set skipped = ''",
    "insert into core_notice (id, kind, says, key, recipient, asked_on, at, mailbox, channel, skipped)"
    " values (1, 'person', 'waiting', 'x', 'x', now(), now(), '', '', 'quiet')",
])  # fmt: skip
@pytest.mark.parametrize("code", ["claire", "ines", "lea", "alex", "passer_by"])
def test_nobody_reads_notices_nor_settles_them(code: str, act: str) -> None:
    with pytest.raises(DatabaseError), acting_as(actor(code)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


def test_notices_are_forgotten_after_thirty_days() -> None:
    announced("claire")
    with acting_as(MACHINE):
        assert forget_notices() == 1, "the old one of the tests' world"
        assert forget_notices() == 0
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False), acting_as(MACHINE):
        assert forget_notices() == 0


def test_every_sentence_has_whom_to_go_to() -> None:
    """What a requester is told needs their reference; a person is told nothing but that something waits."""
    reached: Callable[..., Any] = notices._REACHES[Kind.REQUESTER]
    with acting_as(MACHINE):
        assert reached(1) is None
    for says in Says:
        subject, body = notices.mail_text(says, "fr", "https://x.example/", {"reference": "K7D-4Q2P", "phone": "01"})
        assert subject
        assert "{" not in body
