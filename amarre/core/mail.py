"""Mail, in plain text, to one address. Called from jobs, so that a slow server never holds a page.

Read by the `tasks.py` of rooms. Must not know what a mail is about: its subject is neutral and its body carries no
name, no reason and nothing that somebody wrote; what matters is read after signing in.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


def send(to: str, subject: str, body: str, *, neutral: bool = False, key: str = "") -> None:
    """Send one mail. Raises when the server refuses it; the job is then tried again.

    `neutral`: to a person, whose telephone others may see; the sender does not say which service writes.
    `key`: the same for a mail that is sent again because nobody knows whether it left.
    """
    sender = settings.AMARRE_FROM_PERSON if neutral else None
    headers = {"Auto-Submitted": "auto-generated"}
    if key:
        headers["Message-ID"] = f"<{key}@{urlsplit(settings.AMARRE_BASE_URL).hostname}>"
    EmailMessage(subject=subject, body=body, from_email=sender, to=[to], headers=headers).send()
