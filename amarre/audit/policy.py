"""Who reads the journal: the privacy officer; each person, a declared list of verbs about themselves.

Read by `audit.models` and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.audit.models import Alarm, DataRequest, Entry

# What a person reads of the journal about themselves: never a law exception, a worker's safety, a sealed note, nor
# what the privacy officer did. The same list stands in `walls.sql`.
TOLD_TO_THE_PERSON = (
    "case.open", "case.read", "case.close", "case.reopen", "case.hand_over", "case.change_lead", "member.name",
    "member.end", "person.read", "person.edit", "plan.read", "plan.freeze", "plan.answer", "plan.hand", "plan.review",
    "grid.read", "grid.finish", "goal.propose", "goal.close", "document.add", "document.read", "budget.read",
    "message.read", "procedure.read", "space.confirm", "space.close",
    "agreement.ask", "agreement.give", "agreement.decline", "agreement.withdraw", "transmission.send",
    "transmission.recall", "transmission.open", "transmission.answer", "transmission.read",
    "letter.make", "letter.make_for_person", "letter.certificate", "letter.read",
)  # fmt: skip


def may_read_journal(actor: Actor) -> bool:
    """The privacy officer reads the journal."""
    return actor.door == Door.STAFF and actor.has("privacy_officer")


def may_ask_for_data(actor: Actor) -> bool:
    """The person, about themselves."""
    return actor.door == Door.PERSON and actor.person_id is not None


def may_watch(actor: Actor) -> bool:
    """Alarms are read by the privacy officer; those of their centres, by coordinators."""
    return actor.door == Door.STAFF and actor.has("privacy_officer", "coordinator")


def may_answer_alarm(actor: Actor, alarm: Alarm) -> bool:
    """Whoever reads it, but never the account that it is about."""
    if alarm.user_id == actor.user_id or not may_watch(actor):
        return False
    return actor.has("privacy_officer") or not actor.centres.isdisjoint(alarm.centres)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lines of the journal: the privacy officer; and some verbs, for the person whom they are about."""

    def visible_to(self, actor: Actor) -> Self:
        if may_ask_for_data(actor):
            told = self.filter(person_id=actor.person_id, verb__in=TOLD_TO_THE_PERSON, outcome__in=["done", "read"])
            return told.filter(door=Door.STAFF)
        return self.all() if may_read_journal(actor) else self.none()


class DataRequestQuerySet(WalledQuerySet["DataRequest"]):
    """Requests about one's data: who made them, and the privacy officer."""

    def visible_to(self, actor: Actor) -> Self:
        if may_ask_for_data(actor):
            return self.filter(person_id=actor.person_id)
        return self.all() if may_read_journal(actor) else self.none()


class AlarmQuerySet(WalledQuerySet["Alarm"]):
    """Alarms: all for the privacy officer; for a coordinator, those of an account of their centres."""

    def visible_to(self, actor: Actor) -> Self:
        if may_read_journal(actor):
            return self.all()
        return self.filter(centres__overlap=sorted(actor.centres)) if may_watch(actor) else self.none()
