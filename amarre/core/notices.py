"""The one place through which anything is announced to anybody outside: « un message vous attend », and no more.

Read by rooms: their commands announce, their `tasks.py` say how each kind of recipient is reached (`@reaches`). Must
not know any trade. Decided in `docs/decisions/0017-carriers.md`.
A notice is a row and a job of one transaction: asked twice in a day it is one, and a worker that died does it again
with the same key. The row holds digests, dates and codes; neither an address nor a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from amarre.core import jobs, mail, sms
from amarre.core.ids import new_id
from amarre.core.letters import hour
from amarre.core.models import Notice
from amarre.core.notices_text import mail_text, sms_text
from amarre.core.notices_words import SMS, Says
from amarre.core.paper import day

NOTIFY = "core.notify"
KEPT = timedelta(days=30)
_KEY = re.compile(r"[a-z_]{1,30}(:\d{1,20})?")
URGENT = frozenset({
    Says.MOVED, Says.CANCELLED, Says.OVERDUE, Says.EXPECTED_MOVED, Says.EXPECTED_OFF, Says.SEAT_MOVED, Says.SEAT_OFF,
})  # fmt: skip
"""Who is not told of these goes to a meeting that does not take place, or does not look for whom is not back."""


class Kind(models.TextChoices):
    """Whom a notice goes to; each is reached in its own way, said by a room."""

    PERSON = "person", "la personne, dans son espace"
    ACCOUNT = "account", "un compte du service, d’un employeur ou d’un partenaire"
    CONTACT = "contact", "un contact d’un employeur"
    REQUESTER = "requester", "qui a demandé, sans compte"
    APPOINTMENT = "appointment", "qui a un rendez-vous, ou peut en choisir un"
    GUEST = "guest", "qui vient d’ailleurs à un rendez-vous, avec l’accord de la personne"
    GROUP_SEAT = "group_seat", "qui a pris une place dans une séance, ou attend"


class Channel(models.TextChoices):
    """What carried it."""

    SMS = "sms", "SMS"
    MAIL = "mail", "courriel"


class Skipped(models.TextChoices):
    """Why nothing left."""

    QUIET = "quiet", "«\u202fne pas notifier\u202f»"
    NOWHERE = "nowhere", "aucune adresse confirmée"
    CAP = "cap", "assez de messages pour aujourd’hui"
    REFUSED = "refused", "la passerelle ne prend pas ce message"


@dataclass(frozen=True, slots=True)
class Reach:
    """How a recipient may be reached, as their room knows it when the notice leaves.

    `phone` was confirmed; `door` is the path that they open, which may hold a secret: it is in the message, and nowhere
    else. `slots` fill the few fixed sentences that have one. `mailbox` is « person:<id> » where a person is reached
    otherwise than as `Kind.PERSON`: all that they receive is counted together. `calendar`, made with `method`
    (`core.calendars`), goes with a mail.
    """

    email: str = ""
    phone: str = ""
    prefers_sms: bool = False
    quiet: bool = False
    language: str = "fr"
    door: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    mailbox: str = ""
    calendar: bytes | None = None
    method: str = ""


_REACHES: dict[str, Callable[[int], Reach | None]] = {}


def reaches(kind: Kind) -> Callable[[Callable[[int], Reach | None]], Callable[[int], Reach | None]]:
    """Declare how this kind of recipient is reached; asked as the machine, each time a notice leaves."""

    def declare(find: Callable[[int], Reach | None]) -> Callable[[int], Reach | None]:
        _REACHES[kind] = find
        return find

    return declare


def announce(
    kind: Kind, recipient_id: int, key: str, says: Says = Says.WAITING, on: date | None = None
) -> bool:  # fmt: skip
    """Have a notice sent once this transaction commits; False when today's, with that key, is asked already.

    `on` is another day than today that the key belongs to: what is said of a day is said once, on whichever day.

    `key` names what is announced, never why: « space », « moved:3 » (the third state of that appointment: what
    changes twice in a day is announced twice, under two keys). Channel, caps and « ne pas notifier » are looked at
    when it leaves.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("a notice's key is a word, and perhaps a number")
    now, notice_id = timezone.now(), new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into core_notice (id, kind, says, key, recipient, asked_on, at, mailbox, channel, skipped)"
            " values (%s, %s, %s, %s, %s, %s, %s, '', '', '') on conflict do nothing",
            [
                notice_id,
                kind.value,
                says.value,
                key,
                _digest(f"{kind}:{recipient_id}"),
                on or timezone.localdate(now),
                now,
            ],
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
        try:
            _carry(notice, reach)
            notice.sent_at = timezone.now()
        except sms.Never:
            notice.skipped = Skipped.REFUSED
    notice.save(update_fields=["mailbox", "channel", "sent_at", "skipped"])


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one notice."""

    says: Says
    key: str
    at: datetime
    channel: str
    sent_at: datetime | None
    skipped: str

    @property
    def label(self) -> str:
        """« partie par SMS le 1er décembre à 14 h 30 », « pas partie : aucune adresse confirmée »."""
        if self.sent_at:
            return f"partie par {Channel(self.channel).label} le {_at(self.sent_at)}"
        if self.skipped:
            return f"pas partie\u00a0: {Skipped(self.skipped).label}"
        return f"en attente depuis le {_at(self.at)}"


def fates(kind: Kind, recipient_id: int) -> list[Fate]:
    """What became of each notice to a recipient in the last thirty days, oldest first; for the staff and the person.

    The database gives them to who holds the keyed digest: whoever may see the recipient, as the room has asked.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from notice_fates(%s)", [_digest(f"{kind}:{recipient_id}")])
        return [Fate(Says(says), *rest) for says, *rest in cursor.fetchall()]


def forget() -> int:
    """Throw old rows away; returns how many."""
    deleted, _ = Notice.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return deleted


def door_url(path: str) -> str:
    """The address of a door, as a message gives it. A person's may have a name of its own, that tells nothing."""
    if path == "/espace/" and settings.AMARRE_SPACE_URL:
        return str(settings.AMARRE_SPACE_URL)
    if path.startswith("/rdv/") and settings.AMARRE_RDV_URL:
        return f"{settings.AMARRE_RDV_URL.rstrip('/')}/{path.removeprefix('/rdv/')}"
    return f"{settings.AMARRE_BASE_URL}{path}"


def _why_not(notice: Notice, reach: Reach | None) -> str:
    """Why nothing leaves, if so; else the notice has its channel, the preferred one among those that were confirmed.

    Until the end of the transaction nothing else leaves for the same mailbox.
    An appointment that moves or is called off, and somebody who is not back, may exceed the day's cap by one: who was
    told of it three times would go there for nothing. One and no more, so that something that goes wrong here cannot
    write all day to a telephone; what does not leave is seen by who looks at the appointment (`fates`), and calls.
    """
    by_sms = reach is not None and _by_sms(notice, reach)
    if reach is None or not (reach.email or by_sms):
        return Skipped.NOWHERE
    if reach.quiet:
        return Skipped.QUIET
    person = notice.kind == Kind.PERSON or bool(reach.mailbox)
    theirs = _digest(reach.mailbox) if reach.mailbox else notice.recipient
    # anybody may take places under an address: that does not use up what the service itself has to say there
    box = "places" if notice.kind == Kind.GROUP_SEAT else "mailbox"
    notice.mailbox = theirs if person else _digest(f"{box}:{reach.email.lower() or sms.international(reach.phone)}")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notice:{notice.mailbox}"])
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Counter(Notice.objects.filter(mailbox=notice.mailbox, sent_at__gte=today).values_list("channel", flat=True))
    one_more = int(notice.says in URGENT)
    most = settings.AMARRE_NOTICES_PER_PERSON if person else settings.AMARRE_NOTICES_PER_MAILBOX
    if sent.total() >= most + one_more:
        return Skipped.CAP
    sms_left = sent[Channel.SMS] < settings.AMARRE_SMS_PER_PERSON + one_more
    if by_sms and sms_left and (reach.prefers_sms or not reach.email):
        notice.channel = Channel.SMS
    elif reach.email:
        notice.channel = Channel.MAIL
    else:
        return Skipped.CAP
    return ""


def _by_sms(notice: Notice, reach: Reach) -> bool:
    return bool(reach.phone) and notice.says in SMS and sms.configured() and bool(sms.international(reach.phone))


def _carry(notice: Notice, reach: Reach) -> None:
    door = door_url(reach.door) if reach.door else ""
    if notice.channel == Channel.SMS:
        sms.send(reach.phone, sms_text(notice.says, reach.language, door, reach.slots), key=f"notice-{notice.pk}")
        return
    subject, body = mail_text(notice.says, reach.language, door, reach.slots)
    key = f"notice-{notice.pk}"
    mail.send(reach.email, subject, body, neutral=True, key=key, calendar=reach.calendar, method=reach.method)


def _at(when: datetime) -> str:
    local = timezone.localtime(when)
    return f"{day(local.date(), seen_from=timezone.localdate())} à {hour(local.time())}"


def _digest(text: str) -> str:
    return salted_hmac("amarre.core.notice", text, algorithm="sha256").hexdigest()
