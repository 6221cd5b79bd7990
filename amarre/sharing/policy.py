"""Who may do what with agreements, transmissions and exceptions.

Read by the commands of the room and the doors. Who sees which rows is in `policy_rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amarre.cases.policy import ANSWERS, is_member, may_lead
from amarre.core.actor import Actor, Door

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.sharing.models_agreements import Agreement, LawException
    from amarre.sharing.models_transmissions import AccessLink, Answer, Transmission

SENDS = ANSWERS
"""Roles in a case that let something leave it: a trainee prepares, and never sends."""


def is_the_person(actor: Actor, agreement: Agreement) -> bool:
    """The person whose agreement it is, in their own space."""
    return actor.door == Door.PERSON and actor.person_id is not None and agreement.person_id == actor.person_id


def may_ask(actor: Actor, case: Case) -> bool:
    """A member asks for an agreement, or prepares a transmission."""
    return is_member(actor, case.pk)


def may_answer(actor: Actor, agreement: Agreement) -> bool:
    """The person says yes or no; a member writes down what was said or signed in front of them."""
    return is_the_person(actor, agreement) or is_member(actor, agreement.case_id)


def may_withdraw(actor: Actor, agreement: Agreement) -> bool:
    """The person takes back; a member does it on their word."""
    return may_answer(actor, agreement)


def may_prepare(actor: Actor, transmission: Transmission) -> bool:
    """A member corrects or throws away what has not left."""
    return is_member(actor, transmission.case_id)


def may_send(actor: Actor, transmission: Transmission) -> bool:
    """Those who answer for the case let something leave it."""
    return may_lead(actor, transmission.case)


def may_except(actor: Actor, case: Case) -> bool:
    """So is an exception of the law theirs to declare."""
    return may_lead(actor, case)


def may_review(actor: Actor, exception: LawException) -> bool:
    """Somebody else re-reads: a member, or a coordinator of the centre (who is not told why)."""
    if exception.declared_by_id == actor.user_id or actor.door != Door.STAFF:
        return False
    here = actor.has("coordinator") and exception.centre_id in actor.centres
    return here or is_member(actor, exception.case_id)


def may_receive(actor: Actor, transmission: Transmission) -> bool:
    """The named recipient, while it may be read."""
    return type(transmission).objects.visible_to(actor).received_by(actor).filter(pk=transmission.pk).exists()


def may_see_answer(actor: Actor, answer: Answer) -> bool:
    """A member of the case reads what came back."""
    return is_member(actor, answer.case_id)


def may_end_link(actor: Actor, link: AccessLink) -> bool:
    """Those who answer for the case close a link."""
    return may_lead(actor, link.transmission.case)


def may_use_link(actor: Actor, link: AccessLink) -> bool:
    """Whoever holds the link's secret."""
    held = actor.door == Door.PARTNER and actor.user_id is None and bool(actor.token)
    return held and actor.token in (link.digest, link.pass_digest)


def may_keep_units(actor: Actor) -> bool:
    """Units are the service's own settings."""
    return actor.door == Door.STAFF and actor.has("service_admin", "coordinator")
