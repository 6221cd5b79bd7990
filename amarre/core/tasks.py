"""What the bedrock does later: it sends notices; by the clock, it forgets old drafts and old notices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from amarre.core import notices
from amarre.core.jobs import every, job
from amarre.core.models import Draft

SHORTEST = timedelta(minutes=30)


@every("*/10 * * * *", name="core.forget_drafts")
def forget_drafts() -> int:
    """Delete the drafts that nobody has touched: thirty minutes for a passer-by, thirty days for an account.

    Whose they are is not for the machine to see: the wall (`core/walls.sql`) says which of them it may delete.
    """
    deleted, _ = Draft.objects.filter(saved_at__lt=timezone.now() - SHORTEST).delete()
    return deleted


@job(notices.NOTIFY)
def notify(notice_id: int, recipient_id: int) -> None:
    """Send one notice; it asks again whether it may."""
    notices.deliver(notice_id, recipient_id)


@every("27 3 * * *", name="core.forget_notices")
def forget_notices() -> int:
    """Delete the notices of more than thirty days."""
    return notices.forget()
