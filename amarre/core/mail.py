"""Mail, in plain text, to one address. Called from jobs, so that a slow server never holds a page.

Read by the `tasks.py` of rooms. Must not know what a mail is about: its subject is neutral and its body carries no
name, no reason and nothing that somebody wrote; what matters is read after signing in.
"""

from __future__ import annotations

from django.core.mail import EmailMessage


def send(to: str, subject: str, body: str) -> None:
    """Send one mail. Raises when the server refuses it; the job is then tried again."""
    EmailMessage(subject=subject, body=body, to=[to], headers={"Auto-Submitted": "auto-generated"}).send()
