"""Writing the journal (what commands are written into), and the requests about one's data.

Read by `core.ledger`, through the port, and by the doors. Must not know what a line is about.
"""

from __future__ import annotations

import calendar
from datetime import date

from django.utils import timezone

from amarre.audit import policy
from amarre.audit.models import DataRequest, DataRequestKind, Entry
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ledger import Line


def write_line(actor: Actor, line: Line) -> None:
    """Append one line in the current transaction."""
    Entry.objects.bulk_create(
        [
            Entry(
                at=timezone.now(),
                actor=actor.key[:80] if actor.user_id is not None else str(actor.door),
                user_id=actor.user_id,
                door=str(actor.door),
                verb=line.verb,
                outcome=line.outcome,
                subject=line.subject,
                person_id=line.person_id,
                case_id=line.case_id,
                fields=list(line.fields),
                reason=line.reason,
                count=line.count,
                request_id=actor.request_id,
            )
        ]
    )


def _a_month_after(day: date) -> date:
    """GDPR, article 12 § 3: one month; the last day of a shorter month."""
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@command("data.ask", allowed=policy.may_ask_for_data)
def ask_for_data(*, actor: Actor, kind: str, name: str, words: str = "") -> DataRequest:
    """The person asks to see their data, or that something be corrected."""
    if kind == DataRequestKind.CORRECTION and not words.strip():
        raise Refused("Dites ce qu’il faut corriger, avec vos mots.")
    waiting = DataRequest.objects.visible_to(actor).filter(kind=kind, answered_at=None)
    if kind == DataRequestKind.ACCESS and waiting.exists():
        raise Refused("Vous l’avez déjà demandé. La réponse arrive ici.")
    now = timezone.now()
    request = DataRequest(
        person_id=actor.person_id or 0, name=name, kind=kind, words=words.strip(), asked_at=now,
        due_on=_a_month_after(timezone.localdate(now)),
    )  # fmt: skip
    request.save()
    return request


@command("data.answer", allowed=policy.may_read_journal)
def answer_about_data(*, actor: Actor, request: DataRequest, answer: str) -> DataRequest:
    """The privacy officer answers; the person reads it in their space."""
    current = DataRequest.objects.visible_to(actor).select_for_update().get(pk=request.pk)
    if current.answered_at is not None:
        raise Refused("Une réponse est déjà partie.")
    if not answer.strip():
        raise Refused("La réponse est vide. Écrivez au moins une phrase.")
    current.answer, current.answered_at, current.answered_by = answer.strip(), timezone.now(), actor.account_id
    current.save(update_fields=["answer", "answered_at", "answered_by"])
    return current
