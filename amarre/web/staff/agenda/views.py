"""The agenda: a list that holds everything, and the same days as a grid.

Read by the URL configuration beside. GET alone: what is looked at is in the address.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from amarre.appointments.policy import SEES_HOURS, may_hold_time
from amarre.core.actor import Actor
from amarre.web.staff.agenda import grid
from amarre.web.staff.agenda.scope import DAY, LIST, WEEK, Chosen, chosen
from amarre.web.staff.agenda.timetable import Day, days_of
from amarre.web.ui.http import actor_of, note_read, page


def keeper(request: HttpRequest) -> Actor:
    """The actor, who has an agenda; anybody else is refused."""
    actor = actor_of(request)
    if not may_hold_time(actor):
        raise PermissionDenied("no agenda")
    return actor


def agenda(request: HttpRequest) -> HttpResponse:
    """One’s own agenda, a colleague’s, or a whole centre’s; as a list, a day or a week."""
    actor = keeper(request)
    asked = chosen(request, actor)
    days = days_of(actor, asked.scope, asked.first, asked.last, asked.kind)
    count = sum(day.count for day in days)
    note_read(request, "appointment.list", count=count, own=asked.scope.own)
    columns = _columns(asked, days)
    context = {
        "asked": asked,
        "days": [d for d in days if d.lines or d.on.weekday() < 5 or asked.view == DAY],
        "count": count,
        "columns": columns,
        "rows": grid.table_of(columns) if columns else [],
        "tabs": asked.views(),
        "before": asked.url(asked.on - asked.step),
        "after": asked.url(asked.on + asked.step),
        "today": asked.url(timezone.localdate()),
        "alone": asked.scope.worker_id is not None,
        "books": bool(asked.kinds),
        "keeps_hours": actor.has(*SEES_HOURS),
        "coordinates": actor.has("coordinator"),
    }
    return page(request, "staff/agenda/agenda.html", context)


def _columns(asked: Chosen, days: list[Day]) -> list[grid.Column]:
    if asked.view == LIST:
        return []
    if asked.view == WEEK or asked.scope.worker_id is not None:
        return grid.columns_of_week(days, {d.on: asked.url(d.on, DAY) for d in days})
    names = {o.worker_id: o.worker for d in days for o in d.openings} | {
        o.worker_id: o.worker for d in days for o in d.offs
    }
    for day in days:
        for meeting in day.meetings:
            names |= {k: n for k, n in meeting.seated if k not in names}
    return grid.columns_of_day(days[0], dict(sorted(names.items(), key=lambda item: item[1])))
