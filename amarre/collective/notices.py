"""Who of a workplace is told that something of an action awaits them: « un message vous attend », and no more.

Read by the commands, inside their transaction. Contacts of the establishment who have an account, employer and works
council alike, once a day for each step of an action; before the agreement, whoever asked alone. Must not know how
anybody is reached (`organisations.tasks`).
"""

from __future__ import annotations

from amarre.collective.models import Action
from amarre.core.actor import Actor
from amarre.core.notices import Kind, announce
from amarre.organisations.models import Contact


def tell_workplace(actor: Actor, action: Action, step: str) -> None:
    """The contacts of the establishment, or of every one when the action is for the whole company."""
    rows = Contact.objects.visible_to(actor).filter(
        user__isnull=False, confirmed_at__isnull=False, ended_on=None, establishment__active=True
    )
    if action.establishment_id is not None:
        rows = rows.filter(establishment=action.establishment_id)
    else:
        rows = rows.filter(establishment__company=action.company_id)
    for key in rows.order_by("pk").values_list("pk", flat=True):
        announce(Kind.CONTACT, key, key=f"action_{step}:{action.pk}")


def tell_asker(action: Action, step: str) -> None:
    """Whoever asked at the employer's door, if somebody did."""
    if action.contact_id is not None:
        announce(Kind.CONTACT, action.contact_id, key=f"action_{step}:{action.pk}")
