"""Meetings: convened, corrected, held; who came.

Read by the URL configuration beside. Those who sit in the unit.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import commands_meetings as commands
from amarre.sharing import policy_meetings as policy
from amarre.sharing import queries_meetings as queries
from amarre.sharing.models import Meeting
from amarre.sharing.states_meetings import MeetingState, Presence
from amarre.web.staff.unit.forms import MeetingForm, NewMeetingForm, ParticipantsForm
from amarre.web.staff.unit.views import a_meeting, crumbs, looker
from amarre.web.ui.http import carry_out, done, note_read, page, status_of
from amarre.web.ui.parts import Link


def url_of(meeting: Meeting) -> str:
    """The page of a meeting."""
    return reverse("staff:unit_meeting", args=[meeting.pk])


def _mine_to_hold(request: HttpRequest, pk: int) -> tuple[Actor, Meeting]:
    actor, row = a_meeting(request, pk)
    if not policy.may_hold(actor, row):
        raise PermissionDenied("does not sit there")
    note_read(request, "meeting.read", row)
    return actor, row


def meeting_new(request: HttpRequest) -> HttpResponse:
    """Convene a unit in which one sits."""
    actor = looker(request)
    units = {u.pk: u for u in queries.my_units(actor) if u.active}
    if not units:
        raise PermissionDenied("sits nowhere")
    form = NewMeetingForm(list(units.values()), request.POST or None)
    made = carry_out(request, form, lambda d: commands.convene_meeting(actor=actor, **{**d, "unit": units[d["unit"]]}))
    if made is not None:
        return done(request, url_of(made), "La réunion est prévue. Le service social peut y mettre des points.")
    context = {
        "form": form, "title": "Convoquer la cellule", "button": "Prévoir la réunion", "back": reverse("staff:unit"),
        "crumbs": [Link("Cellule PDP", reverse("staff:unit")), Link("Convoquer")],
    }  # fmt: skip
    return page(request, "staff/unit/form.html", context, status=status_of(request))


def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, another place."""
    actor, row = _mine_to_hold(request, pk)
    initial = {name: getattr(row, name) for name in ("on", "at", "place", "note")}
    form = MeetingForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda d: commands.edit_meeting(actor=actor, meeting=row, **d)):
        return done(request, url_of(row), "C’est enregistré.")
    context = {
        "form": form, "title": "Modifier la réunion", "button": "Enregistrer", "back": url_of(row),
        "crumbs": crumbs(row, Link("Modifier")),
    }  # fmt: skip
    return page(request, "staff/unit/form.html", context, status=status_of(request))


def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, who is excused, who else was there."""
    actor, row = _mine_to_hold(request, pk)
    there = queries.participants(actor, row)
    initial = {f"u{p.user_id}": p.presence for p in there if p.user_id}
    form = ParticipantsForm(
        queries.current_members(actor, row.unit), request.POST or None,
        initial=initial | {"others": "\n".join(p.name for p in there if p.name)},
    )  # fmt: skip

    def act(data: dict[str, object]) -> Meeting:
        said = {"present": form.said(Presence.PRESENT), "excused": form.said(Presence.EXCUSED)}
        return commands.note_participants(actor=actor, meeting=row, others=form.cleaned_data["others"], **said)

    if carry_out(request, form, act):
        return done(request, url_of(row), "C’est noté.")
    context = {
        "form": form, "title": "Qui participe", "button": "Enregistrer", "back": url_of(row),
        "crumbs": crumbs(row, Link("Participants")),
    }  # fmt: skip
    return page(request, "staff/unit/form.html", context, status=status_of(request))


@require_POST
def meeting_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """It was held, or it is cancelled."""
    actor, row = _mine_to_hold(request, pk)
    state = MeetingState.HELD if "held" in request.POST else MeetingState.CANCELLED
    try:
        commands.settle_meeting(actor=actor, meeting=row, state=state)
    except Refused as refusal:
        return done(request, url_of(row), str(refusal))
    return done(request, url_of(row), "C’est noté.")
