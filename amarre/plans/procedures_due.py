"""What is due in an application, and when: each day says its rule, its article and how it was counted.

Read by `procedures`. Must not know tables: the days of one application come in as `Dates`. A day written by hand
prevails over a computed one (C-CEILING, domain reference § 2.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from amarre.core.days import months_after
from amarre.plans.procedures_parse import DEFAULT_STATES
from amarre.plans.procedures_types import (
    Counting,
    Dates,
    Delay,
    Direction,
    Due,
    Means,
    Origin,
    Procedure,
    ProcedureState,
    Status,
    Unit,
)

_ONE = timedelta(days=1)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_LATE = {
    Means.SILENCE_REJECTS: "sans réponse, c’est un refus",
    Means.SILENCE_ACCEPTS: "sans réponse, c’est un accord",
    Means.ANSWER_EXPECTED: "relancer, réponse en retard",
    Means.APPEAL_BEFORE: "délai de recours dépassé",
    Means.COMPLEMENT_BEFORE: "complément en retard",
    Means.RENEW_BEFORE: "renouvellement en retard",
    Means.FILE_BEFORE: "date limite de demande dépassée",
}
_SAYS = {
    Means.SILENCE_REJECTS: ("Sans réponse à cette date, la demande", "rejetée"),
    Means.SILENCE_ACCEPTS: ("Sans réponse à cette date, la demande", "acceptée"),
}
# The day that the service wrote by hand, and what it stands for.
BY_HAND: dict[str, tuple[Means, ...]] = {
    "answer_expected_on": (Means.ANSWER_EXPECTED, Means.SILENCE_REJECTS, Means.SILENCE_ACCEPTS),
    "complement_due_on": (Means.COMPLEMENT_BEFORE,),
    "appeal_until": (Means.APPEAL_BEFORE,),
    "renew_on": (Means.RENEW_FROM, Means.RENEW_BEFORE),
    "file_before_on": (Means.FILE_BEFORE,),
}


@dataclass(frozen=True, slots=True)
class _Counted:
    """A delay counted from a known day. `plain` is the last day before any extension."""

    delay: Delay
    start: date
    plain: date
    on: date
    from_decision: bool

    @property
    def firm(self) -> bool:
        """Whether one can rely on it: a read text, and a way of counting that nobody doubts or that changed nothing."""
        doubted = self.delay.counting_status != Status.VERIFIED
        moot = self.delay.counting == Counting.EXT and self.on == self.plain
        return self.delay.status == Status.VERIFIED and (moot or not doubted)


def due(
    procedure: Procedure, dates: Dates, state: str, today: date, overrides: Mapping[str, date] | None = None
) -> list[Due]:
    """The days that make sense in this state, in order.

    `overrides` are days written by hand (`answer_expected_on`, `complement_due_on`, `appeal_until`, `renew_on`,
    `file_before_on`); they prevail. Never raises: a rule whose day is not known, or is in no calendar, gives nothing.
    """
    hand = {
        key: day
        for key, day in (overrides or {}).items()
        if key in BY_HAND and day and not _stale(key, day, dates, state) and _makes_sense(key, procedure, state)
    }
    counted = [found for delay in procedure.delays if (found := _count(delay, dates, state))]
    replaced = {means for key in hand for means in BY_HAND[key]}
    made = [
        Due(found.on, _what(found, today), _why(found), found.delay.id, found.firm)
        for found in counted
        if found.delay.means not in replaced
    ]
    made += [_by_hand(key, on, counted, today) for key, on in hand.items()]
    return sorted(made, key=lambda one: (one.on, one.rule_id, one.what))


def last_day(delay: Delay, start: date) -> tuple[date, date]:
    """The last day of a delay without and with its extension. Raises `ValueError` or `OverflowError` past all dates."""
    sign = -1 if delay.direction == Direction.BEFORE else 1
    if delay.first_day_counts:
        start -= _ONE
    if delay.unit == Unit.MONTHS:
        plain = months_after(start, sign * delay.amount)
    elif delay.unit == Unit.DAYS:
        plain = start + timedelta(days=sign * delay.amount)
    else:
        plain = _working_days(start, delay.amount, sign * _ONE, 6 if delay.counting == Counting.OUVRABLE else 5)
    on = plain
    while delay.counting == Counting.EXT and not _is_worked(on, 5):
        on += _ONE
    return plain, on


def _working_days(day: date, count: int, step: timedelta, week: int) -> date:
    while count:
        day += step
        count -= _is_worked(day, week)
    return day


def _is_worked(day: date, week: int) -> bool:
    """Whether a day is worked in a week of five or six days."""
    return day.weekday() < week and day not in _public_holidays(day.year)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def _count(delay: Delay, dates: Dates, state: str) -> _Counted | None:
    start = _start(delay.origin, dates)
    if start is None or state not in delay.states or not delay.in_force(start):
        return None
    if delay.means == Means.COMPLEMENT_BEFORE and dates.complement_sent_on:
        return None
    try:
        plain, on = last_day(delay, start)
    except (ValueError, OverflowError):
        return None
    from_decision = delay.origin == Origin.NOTIFIED and dates.notified_on is None
    return _Counted(delay, start, plain, on, from_decision)


def _start(origin: Origin, dates: Dates) -> date | None:
    """The day counted from. A decision known without its notification counts from the decision: earlier, so safe."""
    return {
        Origin.FILED: dates.filed_on,
        Origin.RECEIPT: dates.receipt_on,
        Origin.COMPLEMENT_ASKED: dates.complement_asked_on,
        Origin.DECIDED: dates.decided_on,
        Origin.NOTIFIED: dates.notified_on or dates.decided_on,
        Origin.APPEALED: dates.appealed_on,
        Origin.VALID_UNTIL: dates.valid_until,
        Origin.STARTS: dates.starts_on,
        Origin.EVENT: dates.event_on,
    }[origin]


def _stale(key: str, day: date, dates: Dates, state: str) -> bool:
    """A day written for what is over: the complement was sent; the answer was that of the request, now appealed."""
    if key == "complement_due_on":
        return dates.complement_sent_on is not None
    appealed = state == ProcedureState.APPEALED and key == "answer_expected_on"
    return appealed and (dates.appealed_on is None or day <= dates.appealed_on)


def _makes_sense(key: str, procedure: Procedure, state: str) -> bool:
    """Whether a day written by hand still matters: in the usual states, or in those of a rule that it replaces."""
    return any(state in DEFAULT_STATES[means] for means in BY_HAND[key]) or any(
        state in delay.states for delay in procedure.delays if delay.means in BY_HAND[key]
    )


def _by_hand(key: str, on: date, counted: Iterable[_Counted], today: date) -> Due:
    said = "Date écrite par le service\u202f: elle l’emporte sur une date calculée."
    for found in counted:
        if found.delay.means in BY_HAND[key]:
            doubt = "" if found.firm else " (à vérifier)"
            said += f" La règle {found.delay.id} donnait le {_day(found.on)}{doubt}."
    means = BY_HAND[key][0]
    late = _LATE.get(means) if on < today else None
    return Due(on, late or str(means.label), said, key, True)


def _what(found: _Counted, today: date) -> str:
    """What to do or expect, or what it means that the day has passed; `Due.firm` says its doubt, once."""
    means, label = found.delay.means, found.delay.label
    late = _LATE.get(means, "") if found.on < today else ""
    if label and late:
        return f"{label}\u00a0: {late}"
    return late or label or str(means.label)


def _why(found: _Counted) -> str:
    """The rule, its article, what went in, how it was counted, what it means, and what is to be checked."""
    delay = found.delay
    article = f" ({delay.article})" if delay.article else ""
    side = "depuis" if delay.first_day_counts else str(delay.direction.label)
    rule = f"Règle {delay.id}{article}\u00a0: {delay.amount} {_unit(delay)} {side} {_origin(found)}."
    parts = [rule, _counting(found), _silence(found), delay.note]
    if delay.status != Status.VERIFIED:
        parts.append(f"Délai à vérifier avant de s’y fier (source\u00a0: {delay.source}).")
    elif not found.firm and delay.counting != Counting.EXT:
        parts.append("Façon de compter à vérifier.")
    return " ".join(part for part in parts if part)


def _origin(found: _Counted) -> str:
    delay = found.delay
    said = delay.origin_label or str(delay.origin.label)
    if found.from_decision:
        said += ", dont la date manque\u202f: à partir de la décision"
    return f"{said} ({_day(found.start)})"


def _silence(found: _Counted) -> str:
    """What silence is worth; conditional where nobody read the text."""
    if found.delay.means not in _SAYS:
        return ""
    who, what = _SAYS[found.delay.means]
    return f"{who} {'est' if found.firm else 'serait'} {what}."


def _unit(delay: Delay) -> str:
    if delay.unit == Unit.WORKING_DAYS:
        kind = "ouvrable" if delay.counting == Counting.OUVRABLE else "ouvré"
        return f"jour{'s' * (delay.amount > 1)} {kind}{'s' * (delay.amount > 1)}"
    if delay.unit == Unit.MONTHS:
        return "mois"
    return "jours" if delay.amount > 1 else "jour"


def _counting(found: _Counted) -> str:
    delay = found.delay
    said = str(delay.counting.label)
    if delay.unit == Unit.MONTHS:
        said = "De date à date\u202f; le dernier jour du mois s’il n’a pas ce quantième."
    if delay.first_day_counts:
        said = f"{said} Le premier jour compte.".replace("\u202f; le jour de départ ne compte pas", "")
    if found.on != found.plain:
        said += f" Le {_day(found.plain)} n’est pas ouvré\u00a0: reporté au {_day(found.on)}."
        if delay.counting_status != Status.VERIFIED:
            said += " Report à vérifier\u202f: viser la première date est plus sûr."
    return said


def _day(day: date) -> str:
    """« samedi 21 novembre 2026 », held together; the doors' own words for dates are above this room."""
    number = "1er" if day.day == 1 else str(day.day)
    return "\u00a0".join((_DAYS[day.weekday()], number, _MONTHS[day.month - 1], str(day.year)))
