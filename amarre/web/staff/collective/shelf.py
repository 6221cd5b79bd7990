"""The catalogue of actions, and the service's own materials with their versions.

Read by the URL configuration beside. The whole staff reads; the coordinator and the service admin keep the catalogue,
social workers and the coordinator the materials.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.collective import commands_shelf as commands
from amarre.collective import policy
from amarre.collective.catalogue import THEMES
from amarre.collective.models import Material, MaterialFile, Offer
from amarre.collective.states import LANGUAGES
from amarre.core.actor import Actor
from amarre.web.staff.collective.base import crumbs, somebody, tabs, then
from amarre.web.staff.collective.shelf_forms import MaterialForm, OfferForm, RenewForm
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link


def catalogue(request: HttpRequest) -> HttpResponse:
    """What the service offers, by theme."""
    actor = actor_of(request)
    groups: dict[str, list[tuple[Offer, str]]] = {code: [] for code in THEMES}
    for row in Offer.objects.visible_to(actor):
        spoken = ", ".join(words for code, words in LANGUAGES if code in row.languages)
        groups.setdefault(row.theme, []).append((row, spoken))
    context = {
        "tabs": tabs("collective_catalogue"),
        "groups": [(THEMES.get(code), rows) for code, rows in groups.items() if rows],
        "may_keep": policy.may_keep_catalogue(actor),
    }
    return page(request, "staff/collective/catalogue.html", context)


def offer_new(request: HttpRequest) -> HttpResponse:
    """One more line, of the service's own."""
    actor = somebody(request, policy.may_keep_catalogue)
    form = OfferForm(request.POST or None)
    del form.fields["active"]  # a new line is offered
    made = carry_out(request, form, lambda data: commands.add_offer(actor=actor, **data))
    if made is not None:
        return done(request, reverse("staff:collective_catalogue"), f"«\u202f{made.title}\u202f» est au catalogue.")
    return _offer_page(request, form, "Ajouter au catalogue", "Une action que votre service propose.")


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a line, or offer it no more."""
    actor = somebody(request, policy.may_keep_catalogue)
    row = visible_or_404(Offer.objects.visible_to(actor), pk=pk)
    form = OfferForm(request.POST or None, initial=OfferForm.of(row))
    if carry_out(request, form, lambda data: commands.edit_offer(actor=actor, offer=row, **data)):
        return done(request, reverse("staff:collective_catalogue"), "Le catalogue est à jour.")
    return _offer_page(request, form, row.title, "Les actions déjà demandées gardent ce qui leur a été dit.")


def _offer_page(request: HttpRequest, form: OfferForm, title: str, identity: str) -> HttpResponse:
    way = crumbs(Link("Catalogue", reverse("staff:collective_catalogue")), Link(title))
    context = {"form": form, "title": title, "identity": identity, "verb": "Enregistrer", "crumbs": way, "open": True}
    return page(request, "staff/collective/form.html", context, status=status_of(request))


def materials(request: HttpRequest) -> HttpResponse:
    """Posters, slides, leaflets: the newest version of each; sending one more."""
    actor = actor_of(request)
    may = policy.may_run(actor)
    if request.method == "POST":
        somebody(request, policy.may_run)
    form = MaterialForm(request.POST or None, request.FILES or None) if may else None

    def act(data: dict[str, Any]) -> Material:
        sent = data.pop("file")
        return commands.add_material(actor=actor, name=sent.name, content=sent.read(), **data)

    made = carry_out(request, form, act) if form is not None else None
    if made is not None:
        return done(request, reverse("staff:collective_materials"), "Le support est gardé.")
    rows = Material.objects.visible_to(actor).filter(withdrawn_on=None).current().select_related("added_by")
    context = {
        "tabs": tabs("collective_materials"),
        "rows": sorted(((row, _theme(row)) for row in rows), key=lambda pair: pair[0].title),
        "form": form,
    }
    return page(request, "staff/collective/materials.html", context, status=status_of(request))


def _theme(row: Material) -> str:
    return THEMES[row.theme].label if row.theme in THEMES else "tous les thèmes"


def _material(actor: Actor, pk: int) -> Material:
    return visible_or_404(Material.objects.visible_to(actor).select_related("added_by"), pk=pk)


def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material with its versions; a POST adds one."""
    actor = actor_of(request)
    row = _material(actor, pk)
    may = policy.may_run(actor) and row.withdrawn_on is None
    if request.method == "POST":
        somebody(request, policy.may_run)
    form = RenewForm(request.POST or None, request.FILES or None) if may else None

    def act(data: dict[str, Any]) -> Material:
        sent = data["file"]
        return commands.renew_material(actor=actor, material=row, name=sent.name, content=sent.read())

    made = carry_out(request, form, act) if form is not None else None
    if made is not None:
        return done(request, reverse("staff:collective_material", args=[made.pk]), "La nouvelle version est gardée.")
    versions = Material.objects.visible_to(actor).filter(series=row.series).select_related("added_by")
    context = {
        "row": row,
        "theme": _theme(row),
        "versions": versions.order_by("-version"),
        "form": form,
        "crumbs": crumbs(Link("Supports", reverse("staff:collective_materials")), Link(row.title)),
    }
    return page(request, "staff/collective/material.html", context, status=status_of(request))


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a version."""
    actor = actor_of(request)
    row = _material(actor, pk)
    kept = visible_or_404(MaterialFile.objects.visible_to(actor), material=row)
    note_read(request, "material.read", row, own=True)
    return attachment(kept.body, row.file_name, row.kind)


@require_POST
def material_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose it no more."""
    actor = somebody(request, policy.may_run)
    row = _material(actor, pk)
    return then(
        request, reverse("staff:collective_materials"), lambda: commands.withdraw_material(actor=actor, material=row),
        "Ce support n’est plus proposé.",
    )  # fmt: skip
