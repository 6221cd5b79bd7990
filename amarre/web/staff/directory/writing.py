"""Local entries, what a place offers, and whom one knows there: the forms and the acts.

Read by the URL configuration beside. What came from a file is not edited here: the next import would undo it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.directory import commands
from amarre.directory.models import PartnerContact, Service, Structure
from amarre.directory.policy import may_edit_structure, may_invite, may_write
from amarre.web.staff.directory import forms as f
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_STRUCTURE = (
    "name", "kind", "address", "postcode", "city", "phone", "email", "website", "opening_hours", "description",
)  # fmt: skip
_SERVICE = ("name", "description", "themes", "publics", "cost", "cost_words", "conditions", "ask_words")
_CONTACT = ("name", "function", "email", "phone", "regular")


def structure_new(request: HttpRequest) -> HttpResponse:
    """Write down a place that no file knows."""
    actor = _writer(request)
    form = f.StructureForm(actor, request.POST or None)
    made = carry_out(request, form, lambda data: commands.create_structure(actor=actor, **data))
    if made is not None:
        sentence = f"{made.name} est dans l’annuaire. Dites maintenant ce qu’on y trouve."
        return done(request, _sheet(made.pk), sentence)
    crumbs = [Link("Annuaire", reverse("staff:directory")), Link("Ajouter une structure")]
    return _form(request, form, "Ajouter une structure", "Le nom et le type suffisent.", crumbs)


def structure_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a local entry; saving says that it is so today."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    if not may_edit_structure(actor, row):
        raise PermissionDenied
    form = f.StructureForm(actor, request.POST or None, initial=_initial(row, _STRUCTURE))
    if carry_out(request, form, lambda data: commands.edit_structure(actor=actor, structure=row, **data)):
        return done(request, _sheet(pk), "C’est enregistré, à la date d’aujourd’hui.")
    identity = "Enregistrer dit que c’est exact aujourd’hui, même sans rien changer."
    return _form(request, form, f"Modifier {row.name}", identity, _crumbs(row, "Modifier"))


@require_POST
def structure_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    act = commands.withdraw_structure
    return _act(request, row, pk, "Cette structure n’est plus proposée.", lambda: act(actor=actor, structure=row))


@require_POST
def structure_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """It is offered again."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    act = commands.restore_structure
    return _act(request, row, pk, "Cette structure est de nouveau proposée.", lambda: act(actor=actor, structure=row))


def service_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a place offers."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    _writer(request)
    form = f.ServiceForm(request.POST or None)
    if carry_out(request, form, lambda data: commands.add_service(actor=actor, structure=row, **data)):
        return done(request, _sheet(pk), "Le service est dans l’annuaire.")
    return _form(request, form, "Ajouter un service", row.name, _crumbs(row, "Ajouter un service"))


def service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a service that was written here."""
    actor = actor_of(request)
    row = visible_or_404(Service.objects.visible_to(actor).select_related("structure"), pk=pk)
    _writer(request)
    initial = _initial(row, _SERVICE) | {"withdrawn": row.withdrawn_on is not None}
    form = f.EditServiceForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda data: commands.edit_service(actor=actor, service=row, **data)):
        return done(request, _sheet(row.structure_id), "C’est enregistré, à la date d’aujourd’hui.")
    return _form(
        request, form, "Modifier le service", row.structure.name, _crumbs(row.structure, "Modifier le service")
    )


def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whom one knows there."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    _writer(request)
    form = f.ContactForm(request.POST or None)
    if carry_out(request, form, lambda data: commands.add_contact(actor=actor, structure=row, **data)):
        return done(request, _sheet(pk), "Le contact est enregistré.")
    return _form(request, form, "Ajouter un contact", row.name, _crumbs(row, "Ajouter un contact"))


def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a contact."""
    actor = actor_of(request)
    row = _contact(actor, pk)
    _writer(request)
    form = f.ContactForm(request.POST or None, initial=_initial(row, _CONTACT))
    if carry_out(request, form, lambda data: commands.edit_contact(actor=actor, contact=row, **data)):
        return done(request, _sheet(row.structure_id), "C’est enregistré.")
    return _form(
        request, form, f"Modifier {row.name}", row.structure.name, _crumbs(row.structure, "Modifier le contact")
    )


@require_POST
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Their address was verified with them."""
    actor = actor_of(request)
    row = _contact(actor, pk)
    act = commands.confirm_contact
    return _act(request, row, row.structure_id, "Adresse vérifiée.", lambda: act(actor=actor, contact=row))


@require_POST
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """They are no longer there."""
    actor = actor_of(request)
    row = _contact(actor, pk)
    act = commands.end_contact
    return _act(
        request, row, row.structure_id, f"{row.name} n’est plus contact.", lambda: act(actor=actor, contact=row)
    )


@require_POST
def contact_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """An account for a regular partner."""
    actor = actor_of(request)
    row = _contact(actor, pk)
    if not may_invite(actor):
        raise PermissionDenied
    sentence = f"Le lien vient de partir à {row.email}."
    act = commands.invite_contact
    return _act(request, row, row.structure_id, sentence, lambda: act(actor=actor, contact=row))


def _act(
    request: HttpRequest, row: Structure | PartnerContact, structure: int, sentence: str, act: Callable[[], object]
) -> HttpResponse:
    """One act that asks nothing; what the trade refuses is said on a page of its own."""
    form = Form(request.POST)
    if carry_out(request, form, lambda _: act()) is not None:
        return done(request, _sheet(structure), sentence)
    place = row if isinstance(row, Structure) else row.structure
    return _form(request, form, str(row), place.name, _crumbs(place, "Refusé"), refused=True)


def _form(
    request: HttpRequest, form: BaseForm, title: str, identity: str, crumbs: list[Link], *, refused: bool = False
) -> HttpResponse:
    context = {"form": form, "title": title, "identity": identity, "crumbs": crumbs, "refused": refused}
    return page(request, "staff/directory/form.html", context, status=status_of(request))


def _contact(actor: Actor, pk: int) -> PartnerContact:
    return visible_or_404(PartnerContact.objects.visible_to(actor).select_related("structure"), pk=pk)


def _initial(row: Structure | Service | PartnerContact, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _writer(request: HttpRequest) -> Actor:
    """The actor, who keeps the directory; 403 for anybody else."""
    actor = actor_of(request)
    if not may_write(actor):
        raise PermissionDenied
    return actor


def _sheet(pk: int) -> str:
    return reverse("staff:directory_structure", args=[pk])


def _crumbs(row: Structure, here: str) -> list[Link]:
    return [Link("Annuaire", reverse("staff:directory")), Link(row.name, _sheet(row.pk)), Link(here)]
