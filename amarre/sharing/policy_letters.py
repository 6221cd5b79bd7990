"""Who sees letters and their templates, and who makes them. The same rules stand a second time in `walls_letters.sql`.

Read by `models_letters`, the commands of letters and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from amarre.cases.policy import in_my_cases, is_member
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet
from amarre.sharing.policy import may_send

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.sharing.models_letters import Letter, LetterFile, LetterTemplate
    from amarre.sharing.models_transmissions import Transmission


def may_keep_templates(actor: Actor) -> bool:
    """Templates are the service's own settings."""
    return actor.door == Door.STAFF and actor.has("service_admin", "coordinator")


def may_carry(actor: Actor, transmission: Transmission) -> bool:
    """A letter takes something out of the house: it is made by those who may send."""
    return may_send(actor, transmission)


def may_write_to_person(actor: Actor, case: Case) -> bool:
    """Every member writes to the person, and certifies that they came."""
    return is_member(actor, case.pk)


class LetterTemplateQuerySet(WalledQuerySet["LetterTemplate"]):
    """What the house's letters look like is no secret inside the service."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()


class LetterQuerySet(WalledQuerySet["Letter"]):
    """The members; the person, those to them and those that carry what they agreed to."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF and actor.has("social_worker"):
            return self.filter(in_my_cases(actor))
        if actor.door == Door.PERSON and actor.person_id is not None:
            return self.filter(about_id=actor.person_id)
        return self.none()


class LetterFileQuerySet(WalledQuerySet["LetterFile"]):
    """Whoever sees the letter."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.sharing.models_letters import Letter

        return self.filter(letter__in=Letter.objects.visible_to(actor))
