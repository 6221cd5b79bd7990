"""Who sees and does what with questions between colleagues and with fact sheets.

Read by `sharing.models_health`, its commands and the doors. The same rules stand a second time in `walls_health.sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet
from amarre.organisations.models import Contact
from amarre.sharing.states_health import Audience

if TYPE_CHECKING:
    from amarre.sharing.models_health import FactSheet, Question

TALKERS = ("health_team", "social_worker")
_WRITERS = ("social_worker", "coordinator")


def may_talk(actor: Actor) -> bool:
    """The health team and the social workers ask each other."""
    return actor.door == Door.STAFF and actor.has(*TALKERS)


def may_answer_question(actor: Actor, question: Question) -> bool:
    """Whoever was asked, and not whoever asked."""
    if not may_talk(actor) or question.asked_by_id == actor.user_id:
        return False
    here = actor.has("social_worker") and question.centre_id in actor.centres
    return question.to_id == actor.user_id or (question.centre_id is not None and here)


def may_write_sheets(actor: Actor) -> bool:
    """Sheets are written by the social service."""
    return actor.door == Door.STAFF and actor.has(*_WRITERS)


def _asked(actor: Actor) -> Q:
    asked = Q(to_id=actor.user_id)
    return asked | Q(centre_id__in=actor.centres) if actor.has("social_worker") else asked


class QuestionQuerySet(WalledQuerySet["Question"]):
    """Whoever asked, and whoever was asked: one colleague, or the social workers of a centre."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(Q(asked_by_id=actor.user_id) | _asked(actor)) if may_talk(actor) else self.none()

    def waiting_for(self, actor: Actor) -> Self:
        """Those that the actor may answer."""
        return self.filter(_asked(actor), answered_at=None).exclude(asked_by_id=actor.user_id)


class FactSheetQuerySet(WalledQuerySet["FactSheet"]):
    """Whoever writes sheets reads all; the others, those published for them; a confirmed contact, the employers'."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER and Contact.objects.visible_to(actor).exists():
            return self.filter(audience=Audience.EMPLOYERS, published_on__isnull=False)
        if actor.door != Door.STAFF or not actor.roles:
            return self.none()
        if may_write_sheets(actor):
            return self.all()
        mine = [Audience.STAFF, Audience.EMPLOYERS]
        if actor.has("health_team"):
            mine.append(Audience.HEALTH_TEAM)
        return self.filter(audience__in=mine, published_on__isnull=False)
