"""What the journal does by the clock: it seals its new lines, and forgets what the watch no longer counts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from amarre.audit.chain import seal_pending
from amarre.audit.models import Glance, Habit
from amarre.core.jobs import every


@every("* * * * *", name="audit.seal")
def seal() -> int:
    """Seal the lines written since the last time; returns how many."""
    return seal_pending()


@every("23 * * * *", name="audit.forget_glances")
def forget_glances() -> int:
    """Forget what is outside the hour that is watched, and habits of more than a year; returns how many rows."""
    now = timezone.now()
    old = Glance.objects.filter(at__lt=now - timedelta(hours=2))
    habits = Habit.objects.filter(day__lt=timezone.localdate(now) - timedelta(days=366))
    return old.delete()[0] + habits.delete()[0]
