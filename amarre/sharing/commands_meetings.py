"""Every write of the unit: who sits in it, its meetings, its agenda, its decisions, the minutes that leave.

Read by the doors. An anonymous item takes no case and no person, so that neither its row nor its line in the ledger can
lead to one. Must not know HTTP.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from amarre.accounts.models import Colleague
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.organisations.models import Centre
from amarre.sharing import policy, policy_meetings
from amarre.sharing.anonymity import signs
from amarre.sharing.commands import prepare_transmission
from amarre.sharing.models import AgendaItem, Agreement, Decision, Meeting, Minutes, Participant, Transmission, Unit
from amarre.sharing.models import UnitMember as Seat
from amarre.sharing.policy_meetings import SITS
from amarre.sharing.queries_meetings import known_people
from amarre.sharing.states import Kind, TransmissionState
from amarre.sharing.states_meetings import MeetingState, Presence

NO_AGREEMENT = "Pas d’accord de la personne pour ce destinataire\u00a0: demandez-le d’abord. Rien ne part sans lui."
EARLIEST = timedelta(days=31)
"""A meeting is written down a month after it was held at the latest."""


def _check_name(actor: Actor, name: str, besides: int = 0) -> None:
    if Unit.objects.visible_to(actor).filter(name__iexact=name.strip()).exclude(pk=besides).exists():
        raise Refused("Une cellule porte déjà ce nom. Choisissez-en un autre.")


@command("unit.create", allowed=policy.may_keep_units)
def create_unit(*, actor: Actor, name: str, centre: Centre | None = None) -> Unit:
    """A *cellule PDP*, of one centre or of the whole service."""
    _check_name(actor, name)
    unit = Unit(name=name.strip(), centre=centre)
    unit.save()
    return unit


@command("unit.edit", allowed=policy.may_keep_units)
def edit_unit(*, actor: Actor, unit: Unit, name: str, centre: Centre | None = None, active: bool = True) -> Unit:
    """Correct a unit, or close it; closed, it receives nothing more."""
    _check_name(actor, name, unit.pk)
    unit.name, unit.centre, unit.active = name.strip(), centre, active
    unit.save(update_fields=["name", "centre", "active"])
    return unit


@command("unit.join", allowed=policy.may_keep_units)
def join_unit(*, actor: Actor, unit: Unit, user: Colleague) -> Seat:
    """Somebody sits in the unit from today on: they read what is put to it."""
    if not user.is_active or SITS.isdisjoint(user.roles):
        raise Refused("Siègent dans une cellule\u00a0: l’équipe de santé au travail et le service social.")
    if not unit.active:
        raise Refused("Cette cellule est fermée.")
    rows = Seat.objects.visible_to(actor).filter(unit=unit, user=user)
    if rows.filter(until=None).exists():
        raise Refused(f"{user.name} siège déjà dans cette cellule.")
    seat = Seat(unit=unit, user=user, since=timezone.localdate())
    seat.save()
    return seat


@command("unit.leave", allowed=policy.may_keep_units)
def leave_unit(*, actor: Actor, seat: Seat) -> Seat:
    """Somebody sits there no more: from this moment they read nothing of it, even if they came this morning."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if seat.until is not None and seat.until <= yesterday:
        raise Refused("Cette personne ne siège déjà plus.")
    seat.until, seat.since = yesterday, min(seat.since, yesterday)
    seat.save(update_fields=["until", "since"])
    return seat


def _check_day(on: date) -> None:
    if on < timezone.localdate() - EARLIEST:
        raise Refused("Cette date est passée depuis plus d’un mois. Vérifiez-la.")


@command("meeting.convene", allowed=policy_meetings.may_convene)
def convene_meeting(
    *, actor: Actor, unit: Unit, on: date, at: time | None = None, place: str = "", note: str = ""
) -> Meeting:
    """The unit meets."""
    _check_day(on)
    if not unit.active:
        raise Refused("Cette cellule est fermée.")
    meeting = Meeting(unit=unit, on=on, at=at, place=place.strip(), note=note.strip() or None)
    meeting.convened_by_id = actor.account_id
    meeting.save()
    return meeting


@command("meeting.edit", allowed=policy_meetings.may_hold)
def edit_meeting(
    *, actor: Actor, meeting: Meeting, on: date, at: time | None = None, place: str = "", note: str = ""
) -> Meeting:
    """Another day, another place."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("Cette réunion est annulée.")
    if on != meeting.on:
        _check_day(on)
    meeting.on, meeting.at, meeting.place, meeting.note = on, at, place.strip(), note.strip() or None
    meeting.save(update_fields=["on", "at", "place", "note"])
    return meeting


@command("meeting.settle", allowed=policy_meetings.may_hold)
def settle_meeting(*, actor: Actor, meeting: Meeting, state: str) -> Meeting:
    """It was held, or it is cancelled."""
    if state == MeetingState.PLANNED or meeting.state != MeetingState.PLANNED:
        raise Refused("Cette réunion est déjà tenue, ou annulée.")
    if state == MeetingState.HELD and meeting.on > timezone.localdate():
        raise Refused("Cette réunion n’a pas encore eu lieu.")
    meeting.state = state
    meeting.save(update_fields=["state"])
    return meeting


@command("meeting.attend", allowed=policy_meetings.may_hold)
def note_participants(
    *, actor: Actor, meeting: Meeting, present: Sequence[Colleague] = (), excused: Sequence[Colleague] = (),
    others: Sequence[str] = (),
) -> Meeting:  # fmt: skip
    """Who comes or came, who is excused, and who is there from outside; replaces what was noted."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("Cette réunion est annulée.")
    Participant.objects.visible_to(actor).filter(meeting=meeting).delete()
    rows = [Participant(meeting=meeting, user=u, presence=Presence.PRESENT) for u in present]
    rows += [Participant(meeting=meeting, user=u, presence=Presence.EXCUSED) for u in excused if u not in present]
    rows += [Participant(meeting=meeting, name=name.strip()) for name in others if name.strip()]
    Participant.objects.bulk_create(rows)
    return meeting


def _next_place(actor: Actor, meeting: Meeting) -> int:
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _check_open(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Refused("Cette réunion est tenue ou annulée\u00a0: son ordre du jour ne change plus.")


@command("item.put", allowed=policy_meetings.may_put)
def put_item(*, actor: Actor, meeting: Meeting, transmission: Transmission) -> AgendaItem:
    """Put on the agenda what was sent to this very unit, with an agreement."""
    _check_open(meeting)
    sent = Transmission.objects.visible_to(actor).filter(pk=transmission.pk, state=TransmissionState.SENT)
    if transmission.kind != Kind.ITEM or not sent.exists():
        raise Refused("Envoyez d’abord ce point à la cellule, avec un accord de la personne.")
    if transmission.unit_id != meeting.unit_id:
        raise Refused("Ce point est adressé à une autre cellule.")
    if AgendaItem.objects.visible_to(actor).filter(meeting=meeting, transmission=transmission).exists():
        raise Refused("Ce point est déjà à l’ordre du jour.")
    item = AgendaItem(meeting=meeting, transmission=transmission, position=_next_place(actor, meeting))
    item.put_by_id, item.put_at = actor.account_id, timezone.now()
    item.save()
    return item


def reread_as(words: str) -> str:
    """What the re-reading page shows, as a digest: putting an anonymous item asks for it."""
    return hashlib.sha256(words.strip().encode()).hexdigest()


@command("item.put_nameless", allowed=policy_meetings.may_put_nameless)
def put_nameless(*, actor: Actor, meeting: Meeting, words: str, reread: str) -> AgendaItem:
    """Put a question that names nobody, once its author has read it again (`reread` is `reread_as`).

    Refused when it holds what would give away somebody whom the author accompanies. Nothing ties it to a case.
    """
    _check_open(meeting)
    if not words.strip():
        raise Refused("Le texte est vide. Écrivez la question à poser à la cellule.")
    found = signs(words, known_people(actor))
    if found.plain:
        raise Refused(f"Ce texte permet de reconnaître quelqu’un\u00a0: {', '.join(found.plain)}. Enlevez-le.")
    if not constant_time_compare(reread, reread_as(words)):
        raise Refused("Ce texte a changé depuis que vous l’avez relu. Relisez-le.")
    item = AgendaItem(meeting=meeting, anonymous=words.strip(), position=_next_place(actor, meeting))
    item.put_by_id, item.put_at = actor.account_id, timezone.now()
    item.save()
    return item


@command("item.remove", allowed=policy_meetings.may_remove)
def remove_item(*, actor: Actor, item: AgendaItem) -> None:
    """Take an item off the agenda, before the meeting."""
    _check_open(item.meeting)
    if Decision.objects.visible_to(actor).filter(item=item).exists():
        raise Refused("Une décision a été notée sur ce point\u00a0: il reste.")
    item.delete()


@command("decision.write", allowed=policy_meetings.may_decide)
def write_decision(
    *, actor: Actor, item: AgendaItem, what: str, due_on: date, who: Colleague | None = None, who_words: str = ""
) -> Decision:
    """Who does what, by when; during the meeting or after it."""
    meeting, sent = item.meeting, item.transmission
    if meeting.state == MeetingState.CANCELLED or meeting.on > timezone.localdate():
        raise Refused("Une décision se note pendant la réunion, ou après.")
    if sent is not None and sent.read_at is None:
        raise Refused("Ce point n’a pas été ouvert par la cellule\u00a0: ouvrez-le, puis notez la décision.")
    if not what.strip():
        raise Refused("Écrivez ce qui est décidé.")
    if (who is None) == (not who_words.strip()):
        raise Refused("Dites qui s’en charge\u00a0: quelqu’un de la liste, ou quelqu’un d’autre, pas les deux.")
    row = Decision(item=item, what=what.strip(), who=who, who_words=who_words.strip() or None, due_on=due_on)
    row.written_at, row.written_by_id = timezone.now(), actor.account_id
    row.save()
    return row


@command("decision.settle", allowed=policy_meetings.may_settle)
def settle_decision(*, actor: Actor, decision: Decision) -> Decision:
    """It is done."""
    if decision.done_on is not None:
        raise Refused("C’est déjà noté comme fait.")
    decision.done_on = timezone.localdate()
    decision.save(update_fields=["done_on"])
    return decision


@command("minutes.prepare", allowed=policy_meetings.may_give_account)
def prepare_minutes(
    *, actor: Actor, item: AgendaItem, agreement: Agreement | None, subject: str, content: str
) -> Minutes:
    """Write to one recipient what was said of an item; it leaves only checked, and by an agreement of its own."""
    sent = item.transmission
    if sent is None:
        raise Refused("Ce point est anonyme\u00a0: il n’y a personne dont demander l’accord, et rien à transmettre.")
    if agreement is None:
        raise Refused(NO_AGREEMENT)
    draft = prepare_transmission(
        actor=actor, case=sent.case, agreement=agreement, subject=subject, content=content, kind=Kind.MINUTES
    )
    minutes = Minutes(item=item, transmission=draft)
    minutes.save()
    return minutes
