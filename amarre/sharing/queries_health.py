"""Reads of the health team: what was sent to somebody, « suivi en cours », questions, sheets.

Read by the staff's door. Who sees which rows is said by `visible_to`, and by functions of the database for what may be
known without its row. Must not know HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Case, Count, Func, IntegerField, QuerySet, Subquery, Value, When

from amarre.accounts.models import Colleague
from amarre.core.actor import Actor, Door
from amarre.organisations.models import Centre
from amarre.sharing.models import Question, Transmission

_SEALED = ("subject", "content", "party", "purpose_words")


def followed(actor: Actor) -> frozenset[int]:
    """The people of whom the actor may know that they are accompanied: nothing more, and nothing of anybody else."""
    if actor.door != Door.STAFF or not actor.has("health_team"):
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("select followed_for_me()")
        return frozenset(cursor.fetchone()[0])


def inbox(actor: Actor) -> QuerySet[Transmission]:
    """What was sent to the actor and may still be read: unread first, then the newest; without a sealed word."""
    rows = Transmission.objects.visible_to(actor).received_by(actor).select_related("sent_by", "unit")
    unread_first = Case(When(read_at=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    return rows.defer(*_SEALED).order_by(unread_first, "-sent_at")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for somebody: transmissions received, those of them that nobody has opened, questions."""

    received: int
    unread: int
    questions: int


def waiting(actor: Actor) -> Waiting:
    """What every page of the staff counts, in one statement."""
    mail = Transmission.objects.visible_to(actor).received_by(actor)
    asked = Question.objects.visible_to(actor).waiting_for(actor)
    me = Colleague.objects.visible_to(actor).filter(pk=actor.account_id)
    counts = me.values_list(_counts(mail, "pk", "read_at"), _counts(asked, "pk")).first() or (None, None)
    received, read = counts[0] or (0, 0)
    return Waiting(received, received - read, (counts[1] or [0])[0])


def _counts(rows: QuerySet[Any], *columns: str) -> Subquery:
    """How many rows hold something in each column, looked through once; nothing at all where there is no row."""
    numbers = Func(*map(Count, columns), template="ARRAY[%(expressions)s]", output_field=ArrayField(IntegerField()))
    return Subquery(rows.order_by().annotate(all=Value(1)).values("all").annotate(n=numbers).values("n"))


def questions(actor: Actor) -> tuple[list[Question], list[Question]]:
    """Those that wait for the actor, the oldest first; then the others, the newest first. Without their words."""
    rows = Question.objects.visible_to(actor).select_related("asked_by", "to", "centre", "answered_by")
    rows = rows.defer("text", "answer")
    waiting = list(rows.waiting_for(actor).order_by("asked_at")[:100])
    return waiting, list(rows.exclude(pk__in=[q.pk for q in waiting])[:100])


def askable(actor: Actor) -> tuple[list[Colleague], list[Centre]]:
    """Whom the actor may ask: colleagues of the other profession, and the social service of a centre."""
    wanted = [r for mine, r in (("health_team", "social_worker"), ("social_worker", "health_team")) if actor.has(mine)]
    rows = Colleague.objects.visible_to(actor).filter(is_active=True, roles__overlap=wanted)
    centres = Centre.objects.visible_to(actor).filter(active=True)
    return list(rows.exclude(pk=actor.account_id)), list(centres) if actor.has("health_team") else []
