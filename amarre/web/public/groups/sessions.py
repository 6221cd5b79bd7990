"""A session behind its code, printed on a poster: what, when, where, whom to call, and a place where one signs up.

Read by the URL configuration beside. Must not know how many come.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.commands_sessions import Taken, take_seat
from amarre.collective.links import seat_path
from amarre.collective.queries_public import OPEN, ActionPage, action_page, others
from amarre.core.actor import Actor
from amarre.web.public.groups.base import calendar, languages, opens_nothing, shown
from amarre.web.public.groups.forms import SeatForm
from amarre.web.public.limits import held_off
from amarre.web.ui.http import actor_of, carry_out, done


def session(request: HttpRequest, code: str) -> HttpResponse:
    """The session; a POST takes a place, or waits for one."""
    found = action_page(code)
    if found is None:
        return opens_nothing(request)
    actor = actor_of(request)
    form = SeatForm(request.POST if request.method == "POST" else None, actor=actor)
    if held_off(request):
        form.full_clean()
        form.hold_off()
    taken = carry_out(request, form, lambda data: _take(actor, code, data))
    if taken is not None:
        return done(request, seat_path(taken.secret))
    return shown(request, "public/groups/session.html", _context(found, form), centre_id=found.meeting.centre_id)


def _take(actor: Actor, code: str, data: dict[str, Any]) -> Taken:
    return take_seat(
        actor=actor, code=code, name=data["name"], email=data["email"], phone=data["phone"], seat_id=data["place"]
    )


def _context(found: ActionPage, form: SeatForm) -> dict[str, Any]:
    return {
        "found": found, "meeting": found.meeting, "form": form, "others": others(found.code),
        "languages": languages(found.meeting), "open": found.meeting.standing == OPEN,
    }  # fmt: skip


def given_up(request: HttpRequest, code: str) -> HttpResponse:
    """It was given up; one may come back to the session."""
    found = action_page(code)
    context = {"session_url": reverse("public:groups_session", args=[code])}
    return shown(request, "public/groups/given_up.html", context, centre_id=found.meeting.centre_id if found else None)


def file(request: HttpRequest, code: str) -> HttpResponse:
    """The session for one's calendar, while it is to come."""
    found = action_page(code)
    if found is None or found.meeting.standing != OPEN:
        return opens_nothing(request)
    return calendar(found.event())
