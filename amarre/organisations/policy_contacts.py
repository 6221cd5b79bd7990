"""Who sees and keeps the contacts of employers, and the advice that they ask for.

Read by `organisations.models_contacts`, its commands and the doors. The same rules stand in `walls_contacts.sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet
from amarre.organisations.states import COLLECTIVE_THEMES, AdviceState, ContactKind

if TYPE_CHECKING:
    from amarre.organisations.models_contacts import Advice, Contact

_KEEPERS = ("social_worker", "secretary", "coordinator")


def may_keep_contacts(actor: Actor) -> bool:
    """Contacts are invited, confirmed and ended by the people who answer employers."""
    return actor.door == Door.STAFF and actor.has(*_KEEPERS)


def may_answer_advice(actor: Actor) -> bool:
    """Advice is given by social workers and the coordinator; the secretary does not read it."""
    return actor.door == Door.STAFF and actor.has("social_worker", "coordinator")


def may_handle_advice(actor: Actor, advice: Advice) -> bool:
    """Those of the establishment's centre."""
    return may_answer_advice(actor) and advice.centre_id in actor.centres


def is_mine(actor: Actor, contact: Contact) -> bool:
    """Whether somebody at the employer's door is this contact, confirmed and not ended."""
    mine = actor.door == Door.EMPLOYER and actor.user_id is not None and contact.user_id == actor.user_id
    return mine and contact.confirmed_at is not None and contact.ended_on is None


def may_ask_advice(actor: Actor, contact: Contact, theme: str) -> bool:
    """A contact, in their own name; an elected member on what is collective alone."""
    return is_mine(actor, contact) and (not contact.is_council or theme in COLLECTIVE_THEMES)


def may_close_advice(actor: Actor, advice: Advice) -> bool:
    """Whoever asked says that they have read."""
    return is_mine(actor, advice.asked_by)


class ContactQuerySet(WalledQuerySet["Contact"]):
    """The staff who keeps companies sees all; a contact their own rows, once confirmed and until ended."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER and actor.user_id is not None:
            return self.filter(user_id=actor.user_id, confirmed_at__isnull=False, ended_on=None)
        return self.all() if may_keep_contacts(actor) else self.none()

    def asking_for_somebody(self) -> Self:
        """Those who may ask for help for somebody."""
        return self.exclude(kind=ContactKind.WORKS_COUNCIL)


class AdviceQuerySet(WalledQuerySet["Advice"]):
    """Whoever asked; social workers and coordinators of the centre. Not the other contacts of the establishment."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER and actor.user_id is not None:
            return self.filter(
                asked_by__user_id=actor.user_id, asked_by__confirmed_at__isnull=False, asked_by__ended_on=None
            )
        return self.filter(centre_id__in=actor.centres) if may_answer_advice(actor) else self.none()

    def waiting(self) -> Self:
        """What nobody has answered yet."""
        return self.filter(state__in=(AdviceState.ASKED, AdviceState.TAKEN))
