"""What is announced: once a day for a key, on the channel that was confirmed, never to who said no, never too often."""

from __future__ import annotations

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
from amarre.core.models import Notice
from amarre.core.notices import Kind, Says
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
