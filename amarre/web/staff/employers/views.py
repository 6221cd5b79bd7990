"""Contacts of an establishment: list, invitation, confirmation, end.

Read by the URL configuration beside. Social workers, secretaries and coordinators keep them.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.commands_contacts import confirm_contact, end_contact, invite_contact, resend_invitation
from amarre.organisations.models import Contact, Establishment
from amarre.organisations.policy_contacts import may_keep_contacts
from amarre.web.staff.employers.forms import ConfirmForm, InviteForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link

ENDED, WAITING, CONFIRMED = Badge("accès fini"), Badge("à confirmer", "rope"), Badge("confirmé", "green")


def contact_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks for a workplace."""
    actor, place = _place(request, pk)
    rows = Contact.objects.visible_to(actor).filter(establishment=place).order_by("-ended_on", "name", "pk")
    context = {
        "place": place,
        "lines": [(contact, state_of(contact)) for contact in rows],
        "crumbs": [*_crumbs(place)[:2], Link("Contacts")],
    }
    return page(request, "staff/employers/contacts.html", context)


def contact_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody, for this workplace alone."""
    actor, place = _place(request, pk)
    form = InviteForm(request.POST or None)
    made = carry_out(request, form, lambda data: invite_contact(actor=actor, establishment=place, **data))
    if made is not None:
        sentence = f"L’invitation de {made.name} est partie. Rien ne lui est montré avant votre confirmation."
        return done(request, reverse("staff:contact", args=[made.pk]), sentence)
    context = {"form": form, "place": place, "crumbs": [*_crumbs(place), Link("Inviter")]}
    return page(request, "staff/employers/invite.html", context, status=status_of(request))


def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact; a POST confirms who they are."""
    actor, row = _contact(request, pk)
    form = ConfirmForm(request.POST or None)
    if carry_out(request, form, lambda data: confirm_contact(actor=actor, contact=row, **data)):
        return done(request, _url(row), f"{row.name} est confirmé(e). L’espace employeur s’ouvre.")
    place = row.establishment
    context = {
        "row": row,
        "form": form,
        "badges": [state_of(row)],
        "crumbs": [*_crumbs(place), Link(row.name)],
        "identity": f"{row.get_kind_display()} · {place}",
    }
    return page(request, "staff/employers/contact.html", context, status=status_of(request))


@require_POST
def contact_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for seven days."""
    actor, row = _contact(request, pk)
    try:
        resend_invitation(actor=actor, contact=row)
    except Refused as refusal:
        return done(request, _url(row), str(refusal))
    return done(request, _url(row), "Un nouveau lien est parti, si un mot de passe reste à choisir.")


@require_POST
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The door closes at their next page."""
    actor, row = _contact(request, pk)
    try:
        end_contact(actor=actor, contact=row)
    except Refused as refusal:
        return done(request, _url(row), str(refusal))
    return done(request, reverse("staff:contact_list", args=[row.establishment_id]), f"L’accès de {row.name} est fini.")


def state_of(contact: Contact) -> Badge:
    """Where an access stands."""
    if not contact.is_open:
        return ENDED
    return CONFIRMED if contact.confirmed_at else WAITING


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_keep_contacts(actor):
        raise PermissionDenied("not a keeper of contacts")
    return actor


def _place(request: HttpRequest, pk: int) -> tuple[Actor, Establishment]:
    actor = _keeper(request)
    rows = Establishment.objects.visible_to(actor).select_related("company")
    return actor, visible_or_404(rows, pk=pk)


def _contact(request: HttpRequest, pk: int) -> tuple[Actor, Contact]:
    actor = _keeper(request)
    rows = Contact.objects.visible_to(actor).select_related("establishment__company", "invited_by", "confirmed_by")
    return actor, visible_or_404(rows, pk=pk)


def _url(contact: Contact) -> str:
    return reverse("staff:contact", args=[contact.pk])


def _crumbs(place: Establishment) -> list[Link]:
    return [
        Link("Entreprises", reverse("staff:company_list")),
        Link(place.company.name, reverse("staff:company", args=[place.company_id])),
        Link("Contacts", reverse("staff:contact_list", args=[place.pk])),
    ]
