"""Hours: kinds of meeting, rooms, permanences and their changes, time off; meetings that are nobody's place.

Read by the doors and by the rooms above (a collective action takes its team's time here). Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from amarre.accounts.models import Colleague, Posting
from amarre.appointments import placing, policy
from amarre.appointments.models import (
    Appointment,
    MeetingKind,
    Permanence,
    PermanenceChange,
    Room,
    Seat,
    TimeOff,
)
from amarre.appointments.placing import Where, one_at_a_time
from amarre.appointments.states import MODES, BookingState, Who
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.organisations.models import Centre


@command("meeting_kind.save", allowed=policy.may_keep_settings)
def save_kind(*, actor: Actor, kind: MeetingKind) -> MeetingKind:
    """A kind of meeting, new or changed; meetings that are booked stay as they are."""
    if not kind.modes or any(mode not in {m.value for m in MODES} for mode in kind.modes):
        raise Refused("Dites comment on se voit : au bureau, par téléphone…")
    if any(who not in Who.values for who in kind.bookable_by):
        raise Refused("Dites qui réserve ce rendez-vous.")
    if kind.is_group and Who.WORKER not in kind.bookable_by:
        raise Refused("Un rendez-vous à plusieurs est ouvert par l’assistant(e) de service social.")
    kind.save()
    return kind


@command("room.save", allowed=policy.may_keep_settings)
def save_room(*, actor: Actor, room: Room) -> Room:
    """A room, new or changed."""
    room.save()
    return room


def _check_hours(starts: time, ends: time) -> None:
    if ends <= starts:
        raise Refused("La fin est avant le début. Corrigez les heures.")


@command("permanence.open", allowed=policy.may_keep_hours)
def open_permanence(
    *, actor: Actor, worker: Colleague, centre: Centre, weekday: int, starts: time, ends: time, since: date,
    modes: Sequence[str], every: int = 1, until: date | None = None, room: Room | None = None,
    kinds: Sequence[MeetingKind] = (),
) -> Permanence:  # fmt: skip
    """Hours at which somebody receives. `weekday` 0 is Monday; `since` = `until` opens one day."""
    _check_hours(starts, ends)
    if until is not None and until < since:
        raise Refused("La dernière date est avant la première.")
    if not modes:
        raise Refused("Dites comment on se voit : au bureau, par téléphone…")
    if room is not None and room.centre_id != centre.pk:
        raise Refused("Cette salle n’est pas dans ce centre.")
    if not Posting.objects.filter(user_id=worker.pk, centre=centre).exists():
        raise Refused(f"{worker.name} ne travaille pas à {centre.name}.")
    row = Permanence(
        worker=worker, centre=centre, room=room, weekday=weekday, starts=starts, ends=ends, every=every, since=since,
        until=until, modes=[*modes], kinds=[k.pk for k in kinds],
    )  # fmt: skip
    row.save()
    return row


def may_keep_permanence(actor: Actor, permanence: Permanence) -> bool:
    """As the hours of whose they are."""
    return policy.may_keep_hours(actor, permanence.worker)


@command("permanence.end", allowed=may_keep_permanence)
def end_permanence(*, actor: Actor, permanence: Permanence, until: date) -> Permanence:
    """These hours stop after a day; what is booked later stays, and is shown to be moved."""
    permanence.until = max(until, permanence.since)
    permanence.save(update_fields=["until"])
    return permanence


@command("permanence.change", allowed=may_keep_permanence)
def change_day(
    *, actor: Actor, permanence: Permanence, on: date, starts: time | None = None, ends: time | None = None
) -> PermanenceChange:
    """One day with other hours, or without any."""
    if (starts is None) != (ends is None):
        raise Refused("Donnez les deux heures, ou aucune si la permanence n’a pas lieu.")
    if starts is not None and ends is not None:
        _check_hours(starts, ends)
    if on.weekday() != permanence.weekday:
        raise Refused("Cette permanence ne tombe pas ce jour-là.")
    rows = PermanenceChange.objects.visible_to(actor).filter(permanence=permanence, on=on)
    row = rows.first() or PermanenceChange(permanence=permanence, on=on)
    row.starts, row.ends = starts, ends
    row.save(update_fields=["starts", "ends"] if rows.exists() else None)
    return row


@command("time_off.take", allowed=policy.may_keep_hours)
def take_time_off(*, actor: Actor, worker: Colleague, starts_at: datetime, ends_at: datetime) -> TimeOff:
    """Somebody is not there: nothing more is booked; what is, is shown to be moved. Why is not asked."""
    if ends_at <= starts_at:
        raise Refused("La fin est avant le début. Corrigez les dates.")
    row = TimeOff(worker=worker, starts_at=starts_at, ends_at=ends_at)
    row.save()
    return row


def may_keep_time_off(actor: Actor, time_off: TimeOff) -> bool:
    """As the hours of whose it is."""
    return policy.may_keep_hours(actor, time_off.worker)


@command("time_off.give_back", allowed=may_keep_time_off)
def give_time_off_back(*, actor: Actor, time_off: TimeOff) -> None:
    """They are there after all."""
    time_off.delete()


@command("agenda.hold", allowed=policy.may_hold_time)
def hold_time(
    *, actor: Actor, centre: Centre, where: Where, colleagues: Sequence[Colleague], label: str = "",
    kind: MeetingKind | None = None, capacity: int = 1,
) -> Appointment:  # fmt: skip
    """Time that colleagues give to something that is nobody's appointment: a visit, a session; or to a group slot."""
    if not colleagues:
        raise Refused("Dites qui y est.")
    if where.ends_at <= where.starts_at:
        raise Refused("La fin est avant le début. Corrigez les heures.")
    if where.starts_at <= timezone.now():
        raise Refused("Cette heure est passée. Choisissez une heure à venir.")
    with one_at_a_time(*(c.pk for c in colleagues)):
        meeting = placing.new_meeting(
            where, kind=kind, label=label.strip()[:80], capacity=capacity, made_by_id=actor.account_id
        )
        for rank, colleague in enumerate(colleagues):
            placing.seat(meeting, where, colleague.pk, host=rank == 0)
    return meeting


@command("agenda.release", allowed=policy.may_run)
def release_time(*, actor: Actor, appointment: Appointment) -> Appointment:
    """That time is given back; refused while somebody has a place in it."""
    if appointment.bookings.filter(state=BookingState.BOOKED).exists():
        raise Refused("Des personnes y ont une place. Annulez d’abord leurs rendez-vous : elles en seront prévenues.")
    if appointment.is_planned:
        placing.call_off(appointment)
    return appointment


@command("agenda.join", allowed=policy.may_run)
def add_colleague(*, actor: Actor, appointment: Appointment, colleague: Colleague) -> Seat:
    """Somebody more of the service is there: a physician, an ergonomist, a colleague."""
    if not appointment.is_planned or appointment.ends_at <= timezone.now():
        raise Refused("Ce rendez-vous n’a pas lieu, ou il est passé.")
    where = Where(
        appointment.starts_at, appointment.ends_at, appointment.centre_id, appointment.mode, travel=appointment.travel
    )
    with one_at_a_time(colleague.pk):
        return placing.seat(appointment, where, colleague.pk, host=False)
