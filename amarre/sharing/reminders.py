"""On which days a partner who has not answered is reminded: never more than three times.

Read by `following`, the commands and the jobs of this room. The days are the house's (`AMARRE_ORIENTATION_REMINDERS`).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from amarre.sharing.models_orientations import MOST_REMINDERS


def days() -> list[int]:
    """Days after the sending, three at most, in order."""
    return sorted({day for day in settings.AMARRE_ORIENTATION_REMINDERS if day > 0})[:MOST_REMINDERS]


def next_on(sent_on: date, reminded: int, today: date) -> date | None:
    """The day of the next reminder, once `reminded` have left; a late one does not bring the next nearer."""
    known = days()
    if reminded >= len(known):
        return None
    planned = sent_on + timedelta(days=known[reminded])
    if reminded == 0:
        return planned
    return max(planned, today + timedelta(days=known[reminded] - known[reminded - 1]))
