"""People who ask for another worker: read by the coordinators of the centre, never by the members of the case.

Read by the URL configuration beside. The case is known by its number; its lead is changed on the team's page.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.cases.models import Assignment
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.plans.commands_talk import settle_change
from amarre.plans.models import WorkerChange
from amarre.web.staff.team.views import tabs
from amarre.web.ui.http import actor_of, done, note_read, page, visible_or_404


def _coordinator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has("coordinator"):
        raise PermissionDenied
    return actor


def change_list(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first."""
    actor = _coordinator(request)
    rows = list(WorkerChange.objects.visible_to(actor).filter(settled_at=None).select_related("centre"))
    note_read(request, "change.list", count=len(rows))
    known = Assignment.objects.visible_to(actor).filter(number__in=[row.number for row in rows]).select_related("lead")
    leads = {assignment.number: assignment for assignment in known}
    context = {"rows": [(row, leads.get(row.number)) for row in rows], "tabs": tabs("team_changes")}
    return page(request, "staff/team/changes.html", context)


@require_POST
def change_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """It is settled: another worker was named, or one has talked about it."""
    actor = _coordinator(request)
    row = visible_or_404(WorkerChange.objects.visible_to(actor), pk=pk)
    sentence = "C’est réglé."
    try:
        settle_change(actor=actor, change=row)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("staff:team_changes"), sentence)
