"""Settings of the agenda: kinds of meeting and rooms, with what each parameter does.

Read by the URL configuration beside. The service admin and the coordinator.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.appointments import commands_hours as commands
from amarre.appointments import policy
from amarre.appointments.models import MeetingKind, Room
from amarre.appointments.states import MODE_CHOICES, Who
from amarre.core.actor import Actor
from amarre.organisations.models import Centre
from amarre.web.staff.hours.forms import KindForm, RoomForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_FORM = "staff/settings/form.html"
_MODES, _WHO = dict(MODE_CHOICES), dict(Who.choices)


def _setter(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_keep_settings(actor):
        raise PermissionDenied("keeps no settings")
    return actor


def _crumbs(*more: Link) -> list[Link]:
    here = reverse("staff:settings_meetings") if more else ""
    return [Link("Réglages", reverse("staff:settings")), Link("Rendez-vous et salles", here), *more]


def meetings(request: HttpRequest) -> HttpResponse:
    """Every kind of meeting and every room."""
    actor = _setter(request)
    kinds = [
        {
            "row": k,
            "modes": ", ".join(_MODES[m].lower() for m in k.modes),
            "who": ", ".join(_WHO[w] for w in k.bookable_by),
        }
        for k in MeetingKind.objects.visible_to(actor).order_by("-active", "position", "label")
    ]
    found = Room.objects.visible_to(actor).select_related("centre").order_by("-active", "centre__name", "name")
    rooms = [{"row": r, "places": getattr(r, "seats", 0)} for r in found]
    context = {"kinds": kinds, "rooms": rooms, "crumbs": _crumbs()}
    return page(request, "staff/hours/settings.html", context)


def _keep(thing: Any, data: dict[str, Any]) -> Any:
    for name, value in data.items():
        setattr(thing, name, value)
    return thing


def _kind(request: HttpRequest, actor: Actor, row: MeetingKind, title: str, verb: str) -> HttpResponse:
    first = {name: getattr(row, name) for name in KindForm.base_fields}
    form = KindForm(request.POST or None, initial=first)
    if carry_out(request, form, lambda d: commands.save_kind(actor=actor, kind=_keep(row, d))):
        return done(
            request, reverse("staff:settings_meetings"), "C’est enregistré. Les rendez-vous déjà pris ne changent pas."
        )
    return _page(request, form, title, verb)


def _page(request: HttpRequest, form: BaseForm, title: str, verb: str) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, "crumbs": _crumbs(Link(title))}
    return page(request, _FORM, context, status=status_of(request))


def kind_new(request: HttpRequest) -> HttpResponse:
    """One more kind of meeting."""
    actor = _setter(request)
    return _kind(request, actor, MeetingKind(modes=[], bookable_by=[]), "Nouveau rendez-vous", "Ajouter ce rendez-vous")


def kind(request: HttpRequest, pk: int) -> HttpResponse:
    """A kind that exists."""
    actor = _setter(request)
    row = visible_or_404(MeetingKind.objects.visible_to(actor), pk=pk)
    return _kind(request, actor, row, f"Modifier «\u202f{row.label}\u202f»", "Enregistrer")


def _room(request: HttpRequest, actor: Actor, row: Room, title: str, verb: str) -> HttpResponse:
    centres = list(Centre.objects.visible_to(actor).filter(active=True))
    first = {name: getattr(row, name) for name in ("name", "access", "seats", "active")} | {"centre": row.centre_id}
    form = RoomForm(centres, request.POST or None, initial=first)

    def act(data: dict[str, Any]) -> Room:
        return commands.save_room(actor=actor, room=_keep(row, data | {"centre": form.centres[data["centre"]]}))

    if carry_out(request, form, act):
        return done(request, reverse("staff:settings_meetings"), "C’est enregistré.")
    return _page(request, form, title, verb)


def room_new(request: HttpRequest) -> HttpResponse:
    """One more room."""
    return _room(request, _setter(request), Room(), "Nouvelle salle", "Ajouter cette salle")


def room(request: HttpRequest, pk: int) -> HttpResponse:
    """A room that exists."""
    actor = _setter(request)
    row = visible_or_404(Room.objects.visible_to(actor), pk=pk)
    return _room(request, actor, row, f"Modifier «\u202f{row.name}\u202f»", "Enregistrer")
