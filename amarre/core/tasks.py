"""What the bedrock does by the clock: it forgets old drafts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from amarre.core.jobs import every
from amarre.core.models import Draft

SHORTEST = timedelta(minutes=30)


@every("*/10 * * * *", name="core.forget_drafts")
def forget_drafts() -> int:
    """Delete the drafts that nobody has touched: thirty minutes for a passer-by, thirty days for an account.

    Whose they are is not for the machine to see: the wall (`core/walls.sql`) says which of them it may delete.
    """
    deleted, _ = Draft.objects.filter(saved_at__lt=timezone.now() - SHORTEST).delete()
    return deleted
