"""Every write about contacts of employers: invited, confirmed by somebody of the service, ended.

Read by the staff door. The account is made by a definer function: this room stands below accounts. Must not know HTTP.
"""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from amarre.core import jobs, notices
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id
from amarre.organisations.models import Contact, Establishment
from amarre.organisations.policy_contacts import may_keep_contacts
from amarre.organisations.states import CheckedHow, ContactKind

_INVITATION = "accounts.send_invitation"


@command("contact.invite", allowed=may_keep_contacts)
def invite_contact(
    *, actor: Actor, establishment: Establishment, kind: str, name: str, email: str, function: str = "", phone: str = ""
) -> Contact:
    """Write down who speaks for an establishment, and send the link with which they choose a password.

    The answer is the same whatever the address opens already: it must not say that somebody has a space.
    """
    address = email.strip().lower()
    if not establishment.active:
        raise Refused("Cet établissement est fermé. Rouvrez-le d’abord.")
    if kind not in ContactKind.values:
        raise Refused("Dites ce que cette personne fait dans l’établissement.")
    known = Contact.objects.visible_to(actor).filter(establishment=establishment, email=address, ended_on=None)
    if known.exists():
        raise Refused("Cette adresse est déjà celle d’un contact de l’établissement.")
    contact = Contact(
        establishment=establishment, kind=kind, name=_said(name), function=function.strip(), email=address,
        phone=phone.strip(), invited_by_id=actor.account_id, invited_at=timezone.now(),
    )  # fmt: skip
    contact.user_id = _account(contact)
    contact.save()
    return contact


@command("contact.resend", allowed=may_keep_contacts)
def resend_invitation(*, actor: Actor, contact: Contact) -> Contact:
    """A new link for seven days, for somebody who has not chosen a password yet."""
    _require_open(contact)
    contact.user_id, contact.invited_at = _account(contact), timezone.now()
    contact.save(update_fields=["user_id", "invited_at"])
    return contact


@command("contact.confirm", allowed=may_keep_contacts)
def confirm_contact(*, actor: Actor, contact: Contact, checked_how: str) -> Contact:
    """Say how one made sure of who they are; nothing is shown to them before."""
    _require_open(contact)
    if contact.confirmed_at is not None:
        raise Refused("Ce contact est déjà confirmé.")
    if checked_how not in CheckedHow.values:
        raise Refused("Dites comment vous avez vérifié.")
    contact.confirmed_at, contact.confirmed_by_id = timezone.now(), actor.account_id
    contact.checked_how = checked_how
    contact.save(update_fields=["confirmed_at", "confirmed_by_id", "checked_how"])
    if contact.user_id is not None:
        notices.announce(notices.Kind.CONTACT, contact.pk, key="confirmed")
    return contact


@command("contact.end", allowed=may_keep_contacts)
def end_contact(*, actor: Actor, contact: Contact) -> Contact:
    """They speak for the establishment no more: the door closes at their next page."""
    _require_open(contact)
    contact.ended_on = timezone.localdate()
    contact.save(update_fields=["ended_on"])
    return contact


def _require_open(contact: Contact) -> None:
    if contact.ended_on is not None:
        raise Refused("Cet accès est déjà fini. Invitez la personne de nouveau.")


def _account(contact: Contact) -> int | None:
    """The account at the employer's door that this address opens, made if need be; None when it opens another door."""
    with connection.cursor() as cursor:
        cursor.execute("select open_employer_account(%s, %s, %s)", [new_id(), contact.email, contact.name])
        found = cursor.fetchone()[0]
    if found is None:
        return None
    jobs.enqueue(_INVITATION, user_id=found)
    return int(found)


def _said(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise Refused("Donnez le nom de cette personne.")
    return said
