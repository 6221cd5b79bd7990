"""How an orientation follows its transmission: when it leaves, when the partner opens it, when they answer.

Called by the commands of transmissions, inside their transaction. Does nothing for another kind of transmission.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import reminders
from amarre.sharing.models_orientations import Orientation
from amarre.sharing.models_transmissions import Transmission
from amarre.sharing.states import AnswerKind, Kind, PartyKind
from amarre.sharing.states_orientations import OrientationState, RefusalReason

S = OrientationState
_MAY_BECOME: dict[str, frozenset[str]] = {
    AnswerKind.ACCEPTED: frozenset({S.SEEN, S.REFUSED}),
    AnswerKind.REFUSED: frozenset({S.SEEN, S.ACCEPTED}),
    AnswerKind.STARTED: frozenset({S.ACCEPTED}),
    AnswerKind.ENDED: frozenset({S.ACCEPTED, S.STARTED}),
}


def check_recipient(kind: str, party_kind: str) -> None:
    """An orientation goes to a partner, or to somebody outside who is known by their words."""
    if kind == Kind.ORIENTATION and party_kind not in (PartyKind.PARTNER, PartyKind.OTHER):
        raise Refused("Une orientation s’adresse à un partenaire.")


def asks_for_words(transmission_kind: str, kind: str, reason: str) -> bool:
    """Whether an answer goes with words: a refused orientation may do with a reason of the list."""
    if kind == AnswerKind.REFUSED and transmission_kind == Kind.ORIENTATION:
        return reason == RefusalReason.OTHER
    return kind in (AnswerKind.WORDS, AnswerKind.REFUSED, AnswerKind.DISCUSS)


def left(transmission: Transmission) -> None:
    """It has just left: it waits for the partner."""
    if transmission.kind != Kind.ORIENTATION or transmission.sent_at is None:
        return
    partner = transmission.partner
    today = timezone.localdate(transmission.sent_at)
    Orientation(
        transmission=transmission,
        structure_id=partner.structure_id if partner else None,
        sent_at=transmission.sent_at,
        next_reminder_on=reminders.next_on(today, 0, today),
    ).save()


def opened(actor: Actor, transmission: Transmission) -> None:
    """The partner has opened it."""
    if (row := _of(actor, transmission)) and row.state == S.SENT:
        row.state, row.seen_at = S.SEEN, transmission.read_at
        row.save(update_fields=["state", "seen_at"])


def answered(actor: Actor, transmission: Transmission, kind: str, reason: str, at: datetime) -> None:
    """The partner has answered; a reason from the list goes with a refusal. No reminder leaves any more."""
    row = _of(actor, transmission)
    if row is None or kind not in _MAY_BECOME:
        return
    if row.state not in _MAY_BECOME[kind]:
        raise Refused(f"Cette orientation est déjà «\u202f{row.get_state_display().lower()}\u202f».")
    if kind == AnswerKind.REFUSED and reason not in RefusalReason.values:
        raise Refused("Choisissez une raison dans la liste.")
    row.state, row.refusal = kind, reason if kind == AnswerKind.REFUSED else ""
    row.answered_at, row.next_reminder_on = row.answered_at or at, None
    row.started_at = at if kind == AnswerKind.STARTED else row.started_at
    row.ended_at = at if kind == AnswerKind.ENDED else row.ended_at
    row.save(update_fields=["state", "refusal", "answered_at", "started_at", "ended_at", "next_reminder_on"])


def _of(actor: Actor, transmission: Transmission) -> Orientation | None:
    if transmission.kind != Kind.ORIENTATION:
        return None
    rows = Orientation.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.filter(transmission=transmission).first()
