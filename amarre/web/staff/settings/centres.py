"""Centres, and where each one answers.

Read by the URL configuration beside. The service admin's pages; everybody else is refused.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations import commands_settings as commands
from amarre.organisations.models import Centre, Commune
from amarre.organisations.policy import may_administer
from amarre.web.staff.settings import forms as f
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link

_FIELDS = ("name", "phone", "hours", "address", "postcode", "city", "active")


def centre_list(request: HttpRequest) -> HttpResponse:
    """Every centre, open or closed."""
    actor = _admin(request)
    rows = Centre.objects.visible_to(actor).annotate(areas=Count("communes")).order_by("-active", "name")
    context = {"rows": rows, "crumbs": _crumbs("Centres")}
    return page(request, "staff/settings/centres.html", context)


def centre_new(request: HttpRequest) -> HttpResponse:
    """Open a centre."""
    actor = _admin(request)
    form = f.NewCentreForm(request.POST or None)
    centre = carry_out(request, form, lambda data: commands.create_centre(actor=actor, **data))
    if centre is not None:
        return done(request, reverse("staff:centre", args=[centre.pk]), "Le centre est ouvert. Dites où il répond.")
    context = {"form": form, "title": "Nouveau centre", "verb": "Ouvrir le centre", "crumbs": _crumbs("Nouveau centre")}
    return page(request, "staff/settings/form.html", context, status=status_of(request))


def centre_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One centre and its area; add a commune or the beginning of a postcode."""
    actor = _admin(request)
    centre = visible_or_404(Centre.objects.visible_to(actor), pk=pk)
    form = f.AreaForm(request.POST or None)
    if carry_out(request, form, lambda data: commands.add_commune(actor=actor, centre=centre, **data)):
        return done(request, reverse("staff:centre", args=[centre.pk]), "Le secteur est ajouté.")
    badges = [Badge("ouvert", "green") if centre.active else Badge("fermé", "rope")]
    if centre.is_default:
        badges.append(Badge("reçoit ce qui n’a pas de centre", "sea"))
    context = {
        "centre": centre,
        "areas": Commune.objects.visible_to(actor).filter(centre=centre),
        "form": form,
        "badges": badges,
        "crumbs": _crumbs(centre.name),
    }
    return page(request, "staff/settings/centre.html", context, status=status_of(request))


def centre_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a centre, or close it."""
    actor = _admin(request)
    centre = visible_or_404(Centre.objects.visible_to(actor), pk=pk)
    title = f"Modifier {centre.name}"
    form = f.CentreForm(request.POST or None, initial={name: getattr(centre, name) for name in _FIELDS})
    if carry_out(request, form, lambda data: commands.edit_centre(actor=actor, centre=centre, **data)):
        return done(request, reverse("staff:centre", args=[centre.pk]), "C’est enregistré.")
    context = {"form": form, "title": title, "verb": "Enregistrer", "crumbs": _crumbs("Modifier")}
    return page(request, "staff/settings/form.html", context, status=status_of(request))


@require_POST
def centre_default(request: HttpRequest, pk: int) -> HttpResponse:
    """This centre receives whatever has no centre."""
    actor = _admin(request)
    centre = visible_or_404(Centre.objects.visible_to(actor), pk=pk)
    try:
        commands.make_default(actor=actor, centre=centre)
    except Refused as refusal:
        return done(request, reverse("staff:centre", args=[pk]), str(refusal))
    return done(request, reverse("staff:centre", args=[pk]), f"{centre.name} reçoit ce qui n’a pas de centre.")


@require_POST
def commune_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The centre answers there no more."""
    actor = _admin(request)
    commune = visible_or_404(Commune.objects.visible_to(actor), pk=pk)
    back = reverse("staff:centre", args=[commune.centre_id])
    commands.remove_commune(actor=actor, commune=commune)
    return done(request, back, "Le secteur est retiré.")


def _admin(request: HttpRequest) -> Actor:
    """The service admin; 403 for anybody else."""
    actor = actor_of(request)
    if not may_administer(actor):
        raise PermissionDenied
    return actor


def _crumbs(here: str) -> list[Link]:
    first = [Link("Réglages", reverse("staff:settings"))]
    if here != "Centres":
        first.append(Link("Centres", reverse("staff:centre_list")))
    return [*first, Link(here)]
