"""Every write of the directory but the import of a file: local entries, what they offer, whom one knows there.

Read by the staff door. Nothing is deleted: what is over is withdrawn, or ended. Must not know HTTP, nor any case.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.utils import timezone

from amarre.accounts.commands import invite_user
from amarre.accounts.models import Kind
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id
from amarre.directory import policy
from amarre.directory.models import LOCAL, PartnerContact, Service, Structure
from amarre.organisations.identifiers import BadValue, clean_postcode


@command("structure.create", allowed=policy.may_write)
def create_structure(
    *,
    actor: Actor,
    name: str,
    kind: str,
    address: str = "",
    postcode: str = "",
    city: str = "",
    phone: str = "",
    email: str = "",
    website: str = "",
    opening_hours: str = "",
    description: str = "",
) -> Structure:
    """Write down a place that no file knows. It is known under this same name once per commune."""
    structure = Structure(source=LOCAL, source_id=str(new_id()))
    _describe(structure, name, postcode, kind=kind, address=address, city=city, phone=phone, email=email,
              website=website, opening_hours=opening_hours, description=description)  # fmt: skip
    twins = Structure.objects.visible_to(actor).filter(
        source=LOCAL, withdrawn_on=None, search=structure.search, postcode=structure.postcode
    )
    if twins.exists():
        raise Refused(f"«\u202f{structure.name}\u202f» est déjà dans l’annuaire à cet endroit.")
    structure.save()
    return structure


@command("structure.edit", allowed=policy.may_edit_structure)
def edit_structure(
    *,
    actor: Actor,
    structure: Structure,
    name: str,
    kind: str,
    address: str = "",
    postcode: str = "",
    city: str = "",
    phone: str = "",
    email: str = "",
    website: str = "",
    opening_hours: str = "",
    description: str = "",
) -> Structure:
    """Correct a local entry; saving it says that it is so today."""
    _describe(structure, name, postcode, kind=kind, address=address, city=city, phone=phone, email=email,
              website=website, opening_hours=opening_hours, description=description)  # fmt: skip
    structure.save()
    return structure


@command("structure.withdraw", allowed=policy.may_edit_structure)
def withdraw_structure(*, actor: Actor, structure: Structure) -> Structure:
    """It is offered no more; what was written about it stays."""
    if structure.withdrawn_on:
        raise Refused("Cette structure est déjà retirée.")
    structure.withdrawn_on = timezone.localdate()
    structure.save(update_fields=["withdrawn_on"])
    return structure


@command("structure.restore", allowed=policy.may_edit_structure)
def restore_structure(*, actor: Actor, structure: Structure) -> Structure:
    """It is offered again."""
    if not structure.withdrawn_on:
        raise Refused("Cette structure est déjà proposée.")
    structure.withdrawn_on = None
    structure.updated_on = timezone.localdate()
    structure.save(update_fields=["withdrawn_on", "updated_on"])
    return structure


@command("service.add", allowed=policy.may_write)
def add_service(
    *,
    actor: Actor,
    structure: Structure,
    name: str,
    description: str = "",
    themes: Collection[str] = (),
    publics: Collection[str] = (),
    cost: str = "",
    cost_words: str = "",
    conditions: str = "",
    ask_words: str = "",
) -> Service:
    """Say what a place offers, even one that came from a file: an import changes only what it brought."""
    service = Service(structure=structure, source=LOCAL, source_id=str(new_id()))
    return _offer(service, name, description=description, themes=sorted(themes), publics=sorted(publics), cost=cost,
                  cost_words=cost_words, conditions=conditions, ask_words=ask_words)  # fmt: skip


@command("service.edit", allowed=policy.may_write)
def edit_service(
    *,
    actor: Actor,
    service: Service,
    name: str,
    description: str = "",
    themes: Collection[str] = (),
    publics: Collection[str] = (),
    cost: str = "",
    cost_words: str = "",
    conditions: str = "",
    ask_words: str = "",
    withdrawn: bool = False,
) -> Service:
    """Correct what was written here, or say that it is over; what came from a file is corrected at its source."""
    if service.source != LOCAL:
        raise Refused("Ce service vient d’un fichier\u00a0: il se corrige chez qui le publie.")
    service.withdrawn_on = (service.withdrawn_on or timezone.localdate()) if withdrawn else None
    return _offer(service, name, description=description, themes=sorted(themes), publics=sorted(publics), cost=cost,
                  cost_words=cost_words, conditions=conditions, ask_words=ask_words)  # fmt: skip


@command("partner.add", allowed=policy.may_write)
def add_contact(
    *,
    actor: Actor,
    structure: Structure,
    name: str,
    function: str = "",
    email: str = "",
    phone: str = "",
    regular: bool = False,
) -> PartnerContact:
    """Write down whom one knows there."""
    contact = PartnerContact(structure=structure)
    _present(contact, name, function, email, phone, regular)
    contact.save()
    return contact


@command("partner.edit", allowed=policy.may_write)
def edit_contact(
    *,
    actor: Actor,
    contact: PartnerContact,
    name: str,
    function: str = "",
    email: str = "",
    phone: str = "",
    regular: bool = False,
) -> PartnerContact:
    """Correct a contact; another address is to be verified again."""
    _still_there(contact)
    if contact.user_id and email.strip().lower() != contact.email:
        raise Refused("Cette adresse ouvre son compte\u00a0: terminez ce contact, puis ajoutez-le avec la nouvelle.")
    if email.strip().lower() != contact.email:
        contact.confirmed_at = None
    _present(contact, name, function, email, phone, regular)
    contact.save(update_fields=["name", "function", "email", "phone", "regular", "confirmed_at"])
    return contact


@command("partner.confirm", allowed=policy.may_write)
def confirm_contact(*, actor: Actor, contact: PartnerContact) -> PartnerContact:
    """Somebody asked them, by another way, whether this address is theirs."""
    _still_there(contact)
    if not contact.email:
        raise Refused("Ce contact n’a pas d’adresse électronique à vérifier.")
    contact.confirmed_at = timezone.now()
    contact.save(update_fields=["confirmed_at"])
    return contact


@command("partner.end", allowed=policy.may_write)
def end_contact(*, actor: Actor, contact: PartnerContact) -> PartnerContact:
    """They are no longer there: from now on their account opens nothing of this structure."""
    _still_there(contact)
    contact.ended_on = timezone.localdate()
    contact.save(update_fields=["ended_on"])
    return contact


@command("partner.invite", allowed=policy.may_invite)
def invite_contact(*, actor: Actor, contact: PartnerContact) -> PartnerContact:
    """Make an account for a regular partner whose address was verified, and send its link."""
    _still_there(contact)
    if not contact.regular:
        raise Refused("Seul un partenaire régulier a un compte. Les autres reçoivent un lien, à chaque orientation.")
    if not contact.confirmed_at:
        raise Refused("Vérifiez d’abord cette adresse avec la personne, de vive voix.")
    if contact.user_id:
        raise Refused("Ce contact a déjà un compte.")
    user = invite_user(actor=actor, email=contact.email, name=contact.name, user_roles=(), kind=Kind.PARTNER)
    with connection.cursor() as cursor:
        cursor.execute("select tie_partner_account(%s, %s)", [contact.pk, user.pk])
    contact.refresh_from_db(fields=["user", "invited_at", "invited_by"])
    return contact


def _describe(structure: Structure, name: str, postcode: str, **said: str) -> None:
    try:
        structure.postcode = clean_postcode(postcode)
    except BadValue as bad:
        raise Refused(str(bad)) from bad
    structure.name = _said(name, "le nom")
    for field, text in said.items():
        setattr(structure, field, text.strip())
    structure.updated_on = timezone.localdate()
    structure.refresh()


def _offer(service: Service, name: str, **said: Any) -> Service:
    service.name = _said(name, "le nom du service")
    for field, value in said.items():
        setattr(service, field, value.strip() if isinstance(value, str) else value)
    service.updated_on = timezone.localdate()
    service.refresh()
    service.save()
    return service


def _present(contact: PartnerContact, name: str, function: str, email: str, phone: str, regular: bool) -> None:
    contact.name = _said(name, "le nom")
    contact.function, contact.phone, contact.regular = function.strip(), phone.strip(), regular
    contact.email = email.strip().lower()
    if regular and not contact.email:
        raise Refused("Un partenaire régulier a une adresse électronique.")


def _still_there(contact: PartnerContact) -> None:
    if contact.ended_on:
        raise Refused("Cette personne n’est plus là. Ajoutez la nouvelle.")


def _said(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Refused(f"Il manque {what}.")
    return said
