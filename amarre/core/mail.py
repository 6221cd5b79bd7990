"""Mail, in plain text, to one address. Called from jobs, so that a slow server never holds a page.

Read by the `tasks.py` of rooms. Must not know what a mail is about: its subject is neutral and its body carries no
name, no reason and nothing that somebody wrote; what matters is read after signing in.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

CALENDAR_FILE = "rendez-vous.ics"
_METHODS = {"REQUEST", "CANCEL", "PUBLISH"}


def send(
    to: str, subject: str, body: str, *, neutral: bool = False, key: str = "", calendar: bytes | None = None,
    method: str = "",
) -> None:  # fmt: skip
    """Send one mail. Raises when the server refuses it; the job is then tried again.

    `neutral`: to a person, whose telephone others may see; the sender does not say which service writes.
    `key`: the same for a mail that is sent again because nobody knows whether it left.
    `calendar`: a file of `core.calendars`, made with `method`. It goes twice, as calendar services send theirs: as
    another form of the text, which clients act upon (RFC 6047 § 2.4: with its method), and as a file, to be opened by
    whoever reads mail in anything else.
    """
    sender = settings.AMARRE_FROM_PERSON if neutral else None
    headers = {"Auto-Submitted": "auto-generated"}
    if key:
        headers["Message-ID"] = f"<{key}@{urlsplit(settings.AMARRE_BASE_URL).hostname}>"
    mail = EmailMultiAlternatives(subject=subject, body=body, from_email=sender, to=[to], headers=headers)
    if calendar is not None:
        if method not in _METHODS:
            raise ValueError("a calendar goes with its method")
        mail.attach_alternative(calendar.decode(), f"text/calendar; method={method}")
        mail.attach(CALENDAR_FILE, calendar, "application/ics")
    mail.send()
