"""Days of the fictional service: told from today, worked days only.

Read by its makers. Must not know what happens on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import holidays
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Days:
    """A calendar that ends today."""

    today: date
    closed: holidays.HolidayBase

    @classmethod
    def until(cls, today: date, years: int) -> Days:
        """The calendar of the last years."""
        return cls(today, holidays.country_holidays("FR", years=range(today.year - years - 1, today.year + 2)))

    def worked(self, day: date) -> date:
        """That day, or the last worked day before it."""
        while day.weekday() > 4 or day in self.closed:
            day -= timedelta(days=1)
        return day

    def ago(self, days: int) -> date:
        """The worked day that many days ago, at the latest."""
        return self.worked(self.today - timedelta(days=days))

    def some_between(self, rng: Random, first: date, last: date, count: int) -> list[date]:
        """Worked days between two days, in order; fewer when there are not as many."""
        span = (last - first).days
        found = {self.worked(first + timedelta(days=rng.randint(0, span))) for _ in range(count)} if span > 0 else set()
        return sorted(day for day in found if day > first)

    @staticmethod
    def at(rng: Random, day: date) -> datetime:
        """A moment of an office day."""
        return timezone.make_aware(datetime.combine(day, time(rng.randint(9, 17), rng.choice((0, 10, 15, 25, 40, 50)))))
