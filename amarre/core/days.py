"""Days counted in months, as the law and the trade count them.

Read by rooms and the demonstration. Pure: must not know what falls due.
"""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
