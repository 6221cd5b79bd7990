"""In demo, mail and SMS go to a table that a page shows, instead of to anybody.

Read by Django's mail settings and by `core.sms`. Refused in production, where a mail server must be configured.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from amarre.accounts.models import Mail


class MailboxBackend(BaseEmailBackend):
    """Keeps mails in the table `accounts_mail`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each mail. Raises when this is production: a mail that goes nowhere is a lost mail."""
        if settings.AMARRE_ENV == "production":
            raise RuntimeError("AMARRE_SMTP_URL n'est pas défini : aucun courriel ne peut partir")
        for message in email_messages:
            Mail.objects.bulk_create(
                [
                    Mail(
                        at=timezone.now(),
                        to=", ".join(message.to),
                        subject=str(message.subject),
                        body=str(message.body),
                    )
                ]
            )
        return len(email_messages)


class SmsMailbox:
    """Keeps SMS there too; the same key is kept once, as a gateway does."""

    def send(self, to: str, text: str, key: str) -> None:
        """Keep one."""
        message = Mail(at=timezone.now(), to=to, subject="SMS", body=text, sms_key=key)
        Mail.objects.bulk_create([message], ignore_conflicts=True)
