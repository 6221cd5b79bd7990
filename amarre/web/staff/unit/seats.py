"""Settings: the units, and who sits in them.

Read by the URL configuration beside. The service admin and the coordinator.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Centre
from amarre.sharing import commands_meetings as commands
from amarre.sharing import queries_meetings as queries
from amarre.sharing.models import Unit, UnitMember
from amarre.sharing.policy import may_keep_units
from amarre.web.staff.unit.forms import SeatForm, UnitEditForm, UnitForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_keep_units(actor):
        raise PermissionDenied
    return actor


def _crumbs(here: str = "") -> list[Link]:
    last = [Link("Cellules PDP", reverse("staff:settings_units") if here else "")]
    return [Link("Réglages", reverse("staff:settings")), *last, *([Link(here)] if here else [])]


def _centres(actor: Actor) -> list[Centre]:
    return list(Centre.objects.visible_to(actor).filter(active=True).order_by("name"))


def _chosen(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    return data | {"centre": Centre.objects.visible_to(actor).filter(pk=data["centre"] or 0).first()}


def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit, open or closed."""
    actor = _keeper(request)
    rows = Unit.objects.visible_to(actor).select_related("centre").order_by("-active", "name")
    return page(request, "staff/unit/units.html", {"rows": rows, "crumbs": _crumbs()})


def unit_new(request: HttpRequest) -> HttpResponse:
    """A unit begins."""
    actor = _keeper(request)
    form = UnitForm(_centres(actor), request.POST or None)
    made = carry_out(request, form, lambda d: commands.create_unit(actor=actor, **_chosen(actor, d)))
    if made is not None:
        return done(request, reverse("staff:settings_unit", args=[made.pk]), "La cellule existe. Dites qui y siège.")
    context = {
        "form": form, "title": "Nouvelle cellule", "button": "Créer la cellule", "crumbs": _crumbs("Nouvelle"),
        "back": reverse("staff:settings_units"),
    }  # fmt: skip
    return page(request, "staff/unit/form.html", context, status=status_of(request))


def unit_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sits there; a POST lets somebody in."""
    actor = _keeper(request)
    unit = visible_or_404(Unit.objects.visible_to(actor).select_related("centre"), pk=pk)
    people = {c.pk: c for c in queries.may_sit(actor, unit)}
    form = SeatForm(list(people.values()), request.POST or None)
    if carry_out(request, form, lambda d: commands.join_unit(actor=actor, unit=unit, user=people[d["user"]])):
        return done(request, reverse("staff:settings_unit", args=[pk]), "C’est fait\u00a0: la cellule lui est ouverte.")
    context = {
        "unit": unit, "seats": queries.current_members(actor, unit), "form": form, "crumbs": _crumbs(unit.name),
        "badges": [Badge("en activité", "green") if unit.active else Badge("fermée", "rope")],
    }  # fmt: skip
    return page(request, "staff/unit/seats.html", context, status=status_of(request))


def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it, or close it."""
    actor = _keeper(request)
    unit = visible_or_404(Unit.objects.visible_to(actor), pk=pk)
    initial = {"name": unit.name, "centre": unit.centre_id, "active": unit.active}
    form = UnitEditForm(_centres(actor), request.POST or None, initial=initial)
    if carry_out(request, form, lambda d: commands.edit_unit(actor=actor, unit=unit, **_chosen(actor, d))):
        return done(request, reverse("staff:settings_unit", args=[pk]), "C’est enregistré.")
    context = {
        "form": form, "title": f"Modifier {unit.name}", "button": "Enregistrer", "crumbs": _crumbs("Modifier"),
        "back": reverse("staff:settings_unit", args=[pk]),
    }  # fmt: skip
    return page(request, "staff/unit/form.html", context, status=status_of(request))


@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody sits there no more, from now on."""
    actor = _keeper(request)
    seat = visible_or_404(UnitMember.objects.visible_to(actor).select_related("user"), pk=pk)
    back = reverse("staff:settings_unit", args=[seat.unit_id])
    try:
        commands.leave_unit(actor=actor, seat=seat)
    except Refused as refusal:
        return done(request, back, str(refusal))
    return done(request, back, f"{seat.user.name} ne lit plus rien de cette cellule.")
