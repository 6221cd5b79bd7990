"""The PDP unit: what comes, what is to be done; one meeting and its agenda; the same, to print.

Read by the URL configuration beside. Social workers see the day and who comes; those who sit in the unit, its items.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.sharing import policy_meetings as policy
from amarre.sharing import queries_meetings as queries
from amarre.sharing.models import Meeting
from amarre.sharing.states_meetings import MeetingState
from amarre.web.ui.dates import long_day
from amarre.web.ui.http import actor_of, note_read, page, visible_or_404
from amarre.web.ui.parts import Badge, Link, Tone

_PER_PAGE = 10
_TONES: dict[str, Tone] = {MeetingState.PLANNED: "sea", MeetingState.HELD: "green", MeetingState.CANCELLED: "neutral"}


def looker(request: HttpRequest) -> Actor:
    """Somebody who may sit in a unit, or put an item; 403 for anybody else."""
    actor = actor_of(request)
    if not policy.may_look(actor):
        raise PermissionDenied("no business of theirs")
    return actor


def unit(request: HttpRequest) -> HttpResponse:
    """Meetings that come, decisions to do, meetings that were."""
    actor = looker(request)
    mine, coming, to_do = queries.my_units(actor), queries.coming(actor), queries.to_do(actor)
    found = Paginator(queries.past(actor), _PER_PAGE).get_page(request.GET.get("page"))
    note_read(request, "meeting.list", count=len(coming) + len(to_do) + len(found.object_list))
    context = {
        "mine": mine,
        "coming": coming,
        "to_do": to_do,
        "found": found,
        "today": timezone.localdate(),
        "is_worker": policy.may_put_nameless(actor),
    }
    return page(request, "staff/unit/unit.html", context)


def a_meeting(request: HttpRequest, pk: int) -> tuple[Actor, Meeting]:
    """A meeting that one may see."""
    actor = looker(request)
    return actor, visible_or_404(Meeting.objects.visible_to(actor).select_related("unit", "convened_by"), pk=pk)


def crumbs(meeting: Meeting, *more: Link) -> list[Link]:
    """Where one is: the unit, the meeting, and what is inside."""
    return [
        Link("Cellule PDP", reverse("staff:unit")),
        Link(long_day(meeting.on), reverse("staff:unit_meeting", args=[meeting.pk]) if more else ""),
        *more,
    ]


def _whole(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor, row = a_meeting(request, pk)
    points, people = queries.points(actor, row), queries.participants(actor, row)
    note_read(request, "meeting.read", row, count=len(points))
    sits = policy.may_hold(actor, row)
    planned = row.state == MeetingState.PLANNED
    return {
        "meeting": row,
        "points": points,
        "people": people,
        "sits": sits,
        "planned": planned,
        "may_put": planned and policy.may_put_nameless(actor),
        "passed": row.on <= timezone.localdate(),
        "badges": [Badge(row.get_state_display(), _TONES[row.state])],
        "crumbs": crumbs(row),
        "me": actor,
    }


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: the agenda as its reader sees it, who comes, what was decided."""
    return page(request, "staff/unit/meeting.html", _whole(request, pk))


def meeting_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of the unit, for the unit: on paper, what its reader sees and nothing more."""
    context = _whole(request, pk)
    if not context["sits"]:
        raise PermissionDenied("the unit's own paper")
    return page(request, "staff/unit/print.html", context)
