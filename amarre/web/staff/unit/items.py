"""One item: put on the agenda, opened by the unit, decided upon, taken off.

Read by the URL configuration beside. An item that was sent is opened by a button, as any message is.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import commands_meetings as commands
from amarre.sharing import policy_meetings as policy
from amarre.sharing import queries_meetings as queries
from amarre.sharing.commands import open_transmission
from amarre.sharing.models import AgendaItem, Decision
from amarre.sharing.states_meetings import MeetingState
from amarre.web.staff.unit.forms import DecisionForm, PutForm
from amarre.web.staff.unit.meetings import url_of
from amarre.web.staff.unit.views import a_meeting, crumbs, looker
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link


def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on the agenda what was sent with an agreement; or go on to an anonymous item."""
    actor, row = a_meeting(request, pk)
    if not policy.may_put_nameless(actor):
        raise PermissionDenied("puts no item")
    ready = queries.ready_items(actor, row)
    note_read(request, "transmission.list", count=len(ready))
    form = PutForm(ready, request.POST or None)
    if carry_out(
        request,
        form,
        lambda d: commands.put_item(actor=actor, meeting=row, transmission=form.rows[d["transmission"]]),
    ):
        return done(request, url_of(row), "Le point est à l’ordre du jour.")
    context = {"form": form, "ready": ready, "meeting": row, "crumbs": crumbs(row, Link("Mettre un point"))}
    return page(request, "staff/unit/put.html", context, status=status_of(request))


def an_item(request: HttpRequest, pk: int) -> tuple[Actor, AgendaItem]:
    """An item that one may see."""
    actor = looker(request)
    rows = AgendaItem.objects.visible_to(actor).select_related("meeting__unit", "transmission", "put_by")
    return actor, visible_or_404(rows, pk=pk)


def _url(item: AgendaItem) -> str:
    return reverse("staff:unit_item", args=[item.pk])


def _people(actor: Actor, row: AgendaItem) -> list[Colleague]:
    """Who may be charged with something: the unit, and the one who put the item."""
    found = [s.user for s in queries.current_members(actor, row.meeting.unit)]
    return found if row.put_by in found else [*found, row.put_by]


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says, what was decided; a POST writes a decision."""
    actor, row = an_item(request, pk)
    point = queries.point(actor, row)
    note_read(request, "item.read", row)
    decides = policy.may_decide(actor, row) and not point.sealed
    if request.method == "POST" and not decides:
        raise PermissionDenied("decides nothing here")
    context: dict[str, Any] = {
        "item": row,
        "meeting": row.meeting,
        "point": point,
        "decides": decides,
        "removable": row.meeting.state == MeetingState.PLANNED and row.put_by_id == actor.user_id,
        "accounts": queries.minutes_of(actor, item=row) if point.inside else [],
        "crumbs": crumbs(row.meeting, Link(f"Point {point.number}")),
    }
    if decides:
        people = {c.pk: c for c in _people(actor, row)}
        desk = drafts.open_desk(request, actor, f"unit-decision:{row.pk}")
        form = DecisionForm(list(people.values()), request.POST or desk.initial())

        def act(data: dict[str, Any]) -> Decision:
            return commands.write_decision(actor=actor, item=row, **{**data, "who": people.get(data["who"])})

        if carry_out(request, form, act, desk=desk):
            return done(request, _url(row), "La décision est notée.")
        context |= {"form": form, "desk": desk}
    return page(request, "staff/unit/item.html", context, status=status_of(request))


@require_POST
def item_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit opens what was sent to it."""
    actor, row = an_item(request, pk)
    if row.transmission is None:
        raise PermissionDenied("nothing to open")
    try:
        open_transmission(actor=actor, transmission=row.transmission)
    except Refused:  # a colleague of the unit was quicker
        return done(request, _url(row))
    return done(request, _url(row))


@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the agenda."""
    actor, row = an_item(request, pk)
    back = url_of(row.meeting)
    try:
        commands.remove_item(actor=actor, item=row)
    except Refused as refusal:
        return done(request, _url(row), str(refusal))
    return done(request, back, "Le point est retiré de l’ordre du jour.")


@require_POST
def decision_done(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    actor = looker(request)
    rows = Decision.objects.visible_to(actor).select_related("item__meeting", "item__transmission")
    row = visible_or_404(rows, pk=pk)
    try:
        commands.settle_decision(actor=actor, decision=row)
    except Refused as refusal:
        return done(request, _url(row.item), str(refusal))
    return done(request, _url(row.item), "C’est fait.")
