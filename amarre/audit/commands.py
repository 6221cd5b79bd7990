"""Writing the journal (what commands are written into), and the requests about one's data.

Read by `core.ledger`, through the port, and by the doors. Must not know what a line is about.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from amarre.audit import policy, watch
from amarre.audit.models import Alarm, AlarmKind, AlarmState, DataRequest, DataRequestKind, Entry
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.days import months_after
from amarre.core.ledger import Line
from amarre.core.scope import afterwards
from amarre.core.watch import Suspended, alarm


def write_line(actor: Actor, line: Line) -> None:
    """Append one line in the current transaction; a reading outside one's own work is counted by the same statement.

    Raises `Suspended` when the account has read too much: the attempt is then kept as refused.
    """
    entry = Entry(
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
    if not watch.watches(actor, line):
        Entry.objects.bulk_create([entry])
        return
    verdict = watch.append(actor, line, entry)
    if verdict in watch.RAISED:
        alarm()
    elif verdict == watch.STOPPED and line.outcome == "read":
        refused = replace(line, outcome="refused")
        afterwards(lambda: write_line(actor, refused))
        raise Suspended


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
        due_on=months_after(timezone.localdate(now), 1),  # GDPR, article 12 § 3
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


def _current(actor: Actor, alarm: Alarm) -> Alarm:
    return Alarm.objects.visible_to(actor).select_for_update().get(pk=alarm.pk)


@command("alarm.see", allowed=policy.may_answer_alarm)
def see_alarm(*, actor: Actor, alarm: Alarm) -> Alarm:
    """Say that an alert was looked into."""
    current = _current(actor, alarm)
    if current.is_stop:
        raise Refused("Un arrêt se lève, avec un motif.")
    if current.state != AlarmState.OPEN:
        raise Refused("Cette alerte a déjà été examinée.")
    current.state, current.seen_at, current.seen_by = AlarmState.SEEN, timezone.now(), actor.account_id
    current.save(update_fields=["state", "seen_at", "seen_by"])
    return current


@command("alarm.lift", allowed=policy.may_answer_alarm)
def lift_stop(*, actor: Actor, alarm: Alarm, words: str) -> Alarm:
    """Let the account read again, and say why; its hour is counted afresh from now, and its alerts are looked into."""
    current = _current(actor, alarm)
    if not current.holds:
        raise Refused("Cet arrêt est déjà levé.")
    if len(words.strip()) < 20:
        raise Refused("Dites en une phrase ce que vous avez vérifié, et auprès de qui.")
    current.state, current.lifted_at, current.lifted_by = AlarmState.LIFTED, timezone.now(), actor.account_id
    current.reason = words.strip()
    current.save(update_fields=["state", "lifted_at", "lifted_by", "reason"])
    alerts = Alarm.objects.visible_to(actor).filter(
        user_id=current.user_id, kind=AlarmKind.ALERT, state=AlarmState.OPEN
    )
    alerts.update(state=AlarmState.SEEN, seen_at=current.lifted_at, seen_by=current.lifted_by)
    return current
