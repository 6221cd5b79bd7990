"""When a reminder is due: 48 hours and 2 hours before, by the clock of the wall. Pure: no database, no clock.

Read by `appointments.tasks` and the tests. « 48 heures avant » is the same hour two days before, whatever the night of
the change of clocks did; nobody is woken before seven.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from amarre.appointments.slots import PARIS, instant
from amarre.core.notices_words import Says

FIRST_DAYS = 2
LAST_HOURS = 2
NOT_BEFORE = time(7)
LEAVES_BETWEEN = timedelta(hours=3)
"""The first reminder, late because nothing worked, is not sent so near the second."""


def due_at(starts_at: datetime) -> tuple[datetime, datetime]:
    """The instants of the two reminders."""
    local = starts_at.astimezone(PARIS)
    first = instant(local.date() - timedelta(days=FIRST_DAYS), local.time())
    last = starts_at - timedelta(hours=LAST_HOURS)
    return first, max(last, instant(local.date(), NOT_BEFORE))


def reminder_due(starts_at: datetime, known_since: datetime, now: datetime) -> Says | None:
    """Which reminder is to leave now, if any; none for what was said to the person after the reminder was due."""
    first, last = due_at(starts_at)
    if now >= starts_at:
        return None
    if now >= last:
        return Says.SOON if known_since < last else None
    if now >= first and known_since < first and starts_at - now > LEAVES_BETWEEN:
        return Says.REMINDER
    return None
