"""Putting time aside, alone or with colleagues; opening a slot that several people share.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.appointments import commands_hours
from amarre.appointments.models import Appointment, MeetingKind, Room
from amarre.appointments.placing import Where
from amarre.appointments.policy import BOOKS
from amarre.appointments.slots import instant
from amarre.core.actor import Actor
from amarre.organisations.models import Centre
from amarre.web.staff.agenda.board import SEATED
from amarre.web.staff.agenda.forms import HoldForm
from amarre.web.staff.agenda.scope import day_said
from amarre.web.staff.agenda.views import keeper
from amarre.web.ui.dates import moment
from amarre.web.ui.http import carry_out, done, page, status_of


def agenda_hold(request: HttpRequest) -> HttpResponse:
    """What for, when, where, with whom."""
    actor = keeper(request)
    people, centres, kinds = _people(actor), _centres(actor), _kinds(actor)
    rooms = list(
        Room.objects.visible_to(actor).filter(active=True, centre_id__in=actor.centres).select_related("centre")
    )
    on = day_said(request.GET.get("le", ""))
    first = {"on": on, "mode": "office", "colleagues": [actor.account_id]}
    form = HoldForm(
        list(kinds.values()), [(c.pk, c.name) for c in centres], rooms, people, request.POST or None, initial=first
    )
    held = carry_out(request, form, lambda data: _hold(actor, data, people, centres, kinds, rooms))
    if held is not None:
        words = "Le créneau est ouvert" if held.capacity > 1 else "Ce temps est gardé"
        return done(
            request, reverse("staff:agenda_meeting", args=[held.pk]), f"{words}\u00a0: {moment(held.starts_at)}."
        )
    back = f"{reverse('staff:agenda')}?le={on.isoformat()}"
    return page(request, "staff/agenda/hold.html", {"form": form, "back": back}, status=status_of(request))


def _people(actor: Actor) -> list[Colleague]:
    """Colleagues of one’s centres, oneself first; the first who is ticked receives."""
    rows = Colleague.objects.visible_to(actor).working_in(actor.centres).filter(roles__overlap=SEATED)
    return sorted(rows, key=lambda c: (c.pk != actor.user_id, c.name))


def _centres(actor: Actor) -> list[Centre]:
    return list(Centre.objects.visible_to(actor).filter(pk__in=actor.centres).order_by("name"))


def _kinds(actor: Actor) -> dict[int, MeetingKind]:
    """Kinds for several people, for who books."""
    if not actor.has(*BOOKS):
        return {}
    rows = MeetingKind.objects.visible_to(actor).filter(active=True, capacity__gt=1)
    return {k.pk: k for k in rows}


def _hold(
    actor: Actor, data: dict[str, Any], people: list[Colleague], centres: list[Centre], kinds: dict[int, MeetingKind],
    rooms: list[Room],
) -> Appointment:  # fmt: skip
    kind = kinds.get(data["kind"]) if data["kind"] else None
    centre = next(c for c in centres if c.pk == data["centre"])
    where = Where(
        instant(data["on"], data["starts"]), instant(data["on"], data["ends"]), centre.pk, data["mode"], data["room"]
    )
    return commands_hours.hold_time(
        actor=actor, centre=centre, where=where, colleagues=[c for c in people if c.pk in data["colleagues"]],
        label=data["label"], kind=kind, capacity=kind.capacity if kind else 1,
    )  # fmt: skip
