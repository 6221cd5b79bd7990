"""The load of a team over a week, for whom shares it out: how many meetings, how long, of how many hours; never what.

Read by the URL configuration beside. Must not know meetings, kinds, nor people: counts, hours and absences alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments import queries
from amarre.appointments.models import Permanence, PermanenceChange, TimeOff
from amarre.appointments.slots import Change, instant, openings
from amarre.core.actor import Actor
from amarre.web.staff.agenda.scope import day_said
from amarre.web.staff.agenda.timetable import hours_of
from amarre.web.ui.dates import NNBSP, short_day
from amarre.web.ui.http import actor_of, note_read, page


@dataclass(slots=True)
class Cell:
    """A day of somebody, or a whole week: meetings, minutes taken, minutes open, and whether they are away."""

    meetings: int = 0
    minutes: int = 0
    open: int = 0
    away: str = ""

    @property
    def taken(self) -> str:
        """« 4 h 30 »."""
        return duration(self.minutes)

    @property
    def opened(self) -> str:
        """« 6 h »."""
        return duration(self.open)


@dataclass(slots=True)
class Line:
    """Somebody's week."""

    name: str
    days: dict[date, Cell]
    total: Cell = field(default_factory=Cell)


def duration(minutes: int) -> str:
    """« 4 h 30 », « 45 min »."""
    if minutes < 60:
        return f"{minutes}{NNBSP}min" if minutes else "0"
    rest = f"{NNBSP}{minutes % 60:02}" if minutes % 60 else ""
    return f"{minutes // 60}{NNBSP}h{rest}"


def agenda_team(request: HttpRequest) -> HttpResponse:
    """Who is how busy, day by day, in the coordinator’s centres."""
    actor = actor_of(request)
    if not actor.has("coordinator"):
        raise PermissionDenied("coordinators only")
    on = day_said(request.GET.get("le", ""))
    first = on - timedelta(days=on.weekday())
    lines = lines_of(actor, first)
    note_read(request, "appointment.load", count=len(lines))
    days = [d for d in _week(first) if d.weekday() < 5 or any(_busy(line.days[d]) for line in lines)]
    context = {
        "first": first,
        "period": f"du {short_day(first)} au {short_day(days[-1])}",
        "heads": [(short_day(d), d == timezone.localdate()) for d in days],
        "lines": [(line, [(short_day(d), line.days[d]) for d in days]) for line in lines],
        "before": (first - timedelta(days=7)).isoformat(),
        "after": (first + timedelta(days=7)).isoformat(),
    }
    return page(request, "staff/agenda/team.html", context)


def _week(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(7)]


def _busy(cell: Cell) -> bool:
    return bool(cell.meetings or cell.open or cell.away)


def lines_of(actor: Actor, first: date) -> list[Line]:
    """Everybody of the coordinator's centres who meets people, or has something that week."""
    week = _week(first)
    found = queries.team_load(week[0], week[-1])
    posted = Colleague.objects.visible_to(actor).working_in(actor.centres)
    names = {c.pk: c.name for c in posted.filter(roles__contains=["social_worker"])}
    others = {load.user_id for load in found} - names.keys()
    if others:
        names |= {c.pk: c.name for c in Colleague.objects.visible_to(actor).filter(pk__in=others)}
    table = {pk: Line(name, {d: Cell() for d in week}) for pk, name in names.items()}
    for load in found:
        if load.day in table[load.user_id].days:
            cell = table[load.user_id].days[load.day]
            cell.meetings, cell.minutes = load.meetings, load.minutes
    _count_open(actor, table, week)
    _mark_away(actor, table, week)
    for line in table.values():
        every = line.days.values()
        line.total = Cell(sum(c.meetings for c in every), sum(c.minutes for c in every), sum(c.open for c in every))
    return sorted(table.values(), key=lambda line: line.name)


def _count_open(actor: Actor, table: dict[int, Line], week: list[date]) -> None:
    rows = Permanence.objects.visible_to(actor).filter(worker_id__in=table, centre_id__in=actor.centres)
    known = {p.pk: p for p in rows.filter(since__lte=week[-1]).exclude(until__lt=week[0])}
    changed = PermanenceChange.objects.visible_to(actor).filter(permanence_id__in=known, on__range=(week[0], week[-1]))
    changes = [Change(c.permanence_id, c.on, c.starts, c.ends) for c in changed]
    for pattern, held in openings((hours_of(p) for p in known.values()), changes, week[0], week[-1]):
        cell = table[known[pattern.id].worker_id].days[timezone.localtime(held.starts).date()]
        cell.open += int((held.ends - held.starts).total_seconds() // 60)


def _mark_away(actor: Actor, table: dict[int, Line], week: Iterable[date]) -> None:
    days = list(week)
    midnight = time.min
    ends = instant(days[-1] + timedelta(days=1), midnight)
    rows = TimeOff.objects.visible_to(actor).filter(
        worker_id__in=table, starts_at__lt=ends, ends_at__gt=instant(days[0], midnight)
    )
    for row in rows:
        for day in days:
            opens, closes = instant(day, midnight), instant(day + timedelta(days=1), midnight)
            if row.starts_at < closes and row.ends_at > opens:
                whole = row.starts_at <= opens and row.ends_at >= closes
                table[row.worker_id].days[day].away = "absence" if whole else "absence, une partie du jour"
