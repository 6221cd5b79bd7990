"""What the bedrock does by the clock: it forgets old drafts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from amarre.core.jobs import every
from amarre.core.models import Draft

KEPT = timedelta(days=30)


@every("17 3 * * *", name="core.forget_drafts")
def forget_drafts() -> int:
    """Delete the drafts that nobody has touched for thirty days; returns how many."""
    deleted, _ = Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()
    return deleted
