"""The one place through which anything is announced to anybody outside: « un message vous attend », and no more.

Read by rooms: their commands announce, their `tasks.py` say how each kind of recipient is reached (`@reaches`). Must
not know any trade. Decided in `docs/decisions/0017-carriers.md`.
A notice is a row and a job of one transaction: asked twice in a day it is one, and a worker that died does it again
with the same key. The row holds digests, dates and codes; neither an address nor a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from amarre.core import jobs, mail, sms
from amarre.core.ids import new_id
from amarre.core.models import Notice
from amarre.core.notices_words import BODIES, SMS, SUBJECTS, Says, in_language

NOTIFY = "core.notify"
KEPT = timedelta(days=30)
_KEY = re.compile(r"[a-z_]{1,30}(:\d{1,20})?")
_SLOTS = {"reference": re.compile(r"[^A-Z0-9\-]"), "phone": re.compile(r"[^0-9 +.]")}


class Kind(models.TextChoices):
    """Whom a notice goes to; each is reached in its own way, said by a room."""

    PERSON = "person", "la personne, dans son espace"
    ACCOUNT = "account", "un compte du service, d’un employeur ou d’un partenaire"
    CONTACT = "contact", "un contact d’un employeur"
    REQUESTER = "requester", "qui a demandé, sans compte"


class Channel(models.TextChoices):
    """What carried it."""

    SMS = "sms", "SMS"
    MAIL = "mail", "courriel"


class Skipped(models.TextChoices):
    """Why nothing left."""

    QUIET = "quiet", "« ne pas notifier »"
    NOWHERE = "nowhere", "aucune adresse confirmée"
    CAP = "cap", "assez de messages pour aujourd’hui"
    REFUSED = "refused", "la passerelle ne prend pas ce message"


@dataclass(frozen=True, slots=True)
class Reach:
    """How a recipient may be reached, as their room knows it when the notice leaves.

    `phone` was confirmed; `door` is the path that they open. `slots` fill the few fixed sentences that have one.
    """

    email: str = ""
    phone: str = ""
    prefers_sms: bool = False
    quiet: bool = False
    language: str = "fr"
    door: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)


_REACHES: dict[str, Callable[[int], Reach | None]] = {}


def reaches(kind: Kind) -> Callable[[Callable[[int], Reach | None]], Callable[[int], Reach | None]]:
    """Declare how this kind of recipient is reached; asked as the machine, each time a notice leaves."""

    def declare(find: Callable[[int], Reach | None]) -> Callable[[int], Reach | None]:
        _REACHES[kind] = find
        return find

    return declare


def announce(kind: Kind, recipient_id: int, key: str, says: Says = Says.WAITING) -> bool:
    """Have a notice sent once this transaction commits; False when today's, with that key, is asked already.

    `key` names what is announced, never why: « space », « appointment:12 ». Channel, caps and « ne pas notifier »
    are looked at when it leaves.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("a notice's key is a word, and perhaps a number")
    now, notice_id = timezone.now(), new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into core_notice (id, kind, says, key, recipient, asked_on, at, mailbox, channel, skipped)"
            " values (%s, %s, %s, %s, %s, %s, %s, '', '', '') on conflict do nothing",
            [notice_id, kind.value, says.value, key, _digest(f"{kind}:{recipient_id}"), timezone.localdate(now), now],
        )
        if not cursor.rowcount:
            return False
    jobs.enqueue(NOTIFY, notice_id=notice_id, recipient_id=recipient_id)
    return True


def deliver(notice_id: int, recipient_id: int) -> None:
    """Send a notice that waits, unless something forbids it; done in one transaction, tried again when it fails."""
    waiting = Notice.objects.select_for_update().filter(pk=notice_id, sent_at=None, skipped="")
    notice = waiting.order_by("pk").first()
    if notice is None:
        return
    reach = _REACHES[notice.kind](recipient_id)
    notice.skipped = _why_not(notice, reach)
    if reach is not None and not notice.skipped:
        notice.channel = _channel(notice, reach)
        try:
            _carry(notice, reach)
            notice.sent_at = timezone.now()
        except sms.Never:
            notice.skipped = Skipped.REFUSED
    notice.save(update_fields=["mailbox", "channel", "sent_at", "skipped"])


def forget() -> int:
    """Throw old rows away; returns how many."""
    deleted, _ = Notice.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return deleted


def door_url(path: str) -> str:
    """The address of a door, as a message gives it. A person's may have a name of its own, that tells nothing."""
    if path == "/espace/" and settings.AMARRE_SPACE_URL:
        return str(settings.AMARRE_SPACE_URL)
    return f"{settings.AMARRE_BASE_URL}{path}"


def sms_text(says: str, language: str, door: str) -> str:
    """The short text: in the language and with the address if it fits, then in French, then without the address."""
    texts = SMS[says]
    for text in (in_language(texts, language), in_language(texts, "fr")):
        if sms.fits(whole := f"{text} {door}".strip()):
            return whole
    return in_language(texts, language)


def mail_text(says: str, language: str, door: str, slots: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body; a slot holds a number or a reference, and whatever else was in it is left out."""
    body, filled = in_language(BODIES[says], language), {k: _SLOTS[k].sub("", v)[:24] for k, v in slots.items()}
    return in_language(SUBJECTS[says], language), body.format(**{"door": door, **filled})


def _why_not(notice: Notice, reach: Reach | None) -> str:
    """Why nothing leaves, if so; until the end of the transaction nothing else leaves for the same mailbox."""
    if reach is None or not (reach.email or _by_sms(notice, reach)):
        return Skipped.NOWHERE
    if reach.quiet:
        return Skipped.QUIET
    person = notice.kind == Kind.PERSON
    notice.mailbox = notice.recipient if person else _digest(f"mailbox:{reach.email.lower()}")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notice:{notice.mailbox}"])
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Notice.objects.filter(mailbox=notice.mailbox, sent_at__gte=today).count()
    most = settings.AMARRE_NOTICES_PER_PERSON if person else settings.AMARRE_NOTICES_PER_MAILBOX
    return Skipped.CAP if sent >= most else ""


def _by_sms(notice: Notice, reach: Reach) -> bool:
    return bool(reach.phone) and notice.says in SMS and sms.configured() and bool(sms.international(reach.phone))


def _channel(notice: Notice, reach: Reach) -> str:
    """The channel that the person prefers among those that they confirmed."""
    by_sms = _by_sms(notice, reach) and (reach.prefers_sms or not reach.email)
    return Channel.SMS if by_sms else Channel.MAIL


def _carry(notice: Notice, reach: Reach) -> None:
    door = door_url(reach.door) if reach.door else ""
    if notice.channel == Channel.SMS:
        sms.send(reach.phone, sms_text(notice.says, reach.language, door), key=f"notice-{notice.pk}")
        return
    subject, body = mail_text(notice.says, reach.language, door, reach.slots)
    mail.send(reach.email, subject, body, neutral=True, key=f"notice-{notice.pk}")


def _digest(text: str) -> str:
    return salted_hmac("amarre.core.notice", text, algorithm="sha256").hexdigest()
