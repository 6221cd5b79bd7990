"""Target delays of the urgency levels, which the service sets itself (domain reference § 5.3).

Read by commands and queries. Working days leave out Saturdays, Sundays and public holidays (articles L3133-1 and
following of the Code du travail); dates are local (Europe/Paris).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

import holidays
from django.utils import timezone

from amarre.cases.states import Urgency

ACKNOWLEDGE_WORKING_DAYS = 2
ATTEMPTS_BEFORE_NO_ANSWER = 2
_DAYS = {Urgency.U1: 0, Urgency.U3: 7, Urgency.U4: 15}


def working_days_after(day: date, count: int) -> date:
    """The day that comes `count` working days later."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _public_holidays(day.year):
            count -= 1
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def due_on(urgency: str, received_at: datetime) -> date:
    """By when somebody should have spoken with the person."""
    received = timezone.localtime(received_at).date()
    if urgency == Urgency.U2:
        return working_days_after(received, 2)
    return received + timedelta(days=_DAYS.get(Urgency(urgency), 15))
