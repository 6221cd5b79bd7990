"""Booking, inviting, moving, cancelling: what the service does. What the person does is in `commands_link`.

Read by the doors and by the rooms above. Must not know HTTP, nor why people meet: the reason goes to `Matter`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from amarre.accounts.models import Colleague, Posting
from amarre.appointments import links, placing, policy, queries
from amarre.appointments.models import Booking, Matter, MeetingKind, Offer, Room, TimeOff
from amarre.appointments.placing import Where, one_at_a_time, tell
from amarre.appointments.slots import PARIS
from amarre.appointments.states import LINK_LASTS, OUTSIDE, BookingState, By, OfferState, Who
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id
from amarre.core.notices_words import Says
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre, Establishment
from amarre.people.models import Person


def _who(actor: Actor) -> Who:
    return Who.WORKER if policy.is_worker(actor) else Who.SECRETARY


def check_kind(actor: Actor, kind: MeetingKind, mode: str) -> None:
    """Whether the actor may book this kind of meeting in this way. Raises `Refused`."""
    if not kind.active or _who(actor) not in kind.bookable_by:
        raise Refused("Ce rendez-vous n’est pas de ceux que vous réservez. Choisissez-en un autre dans la liste.")
    if mode not in kind.modes:
        raise Refused("Ce rendez-vous ne se tient pas ainsi. Choisissez une autre façon de se voir.")


def check_worker(worker: Colleague, centre: Centre) -> None:
    """Whether they receive in that centre. Raises `Refused`."""
    posted = Posting.objects.filter(user_id=worker.pk, centre=centre).exists()
    if not worker.is_active or "social_worker" not in worker.roles or not posted:
        raise Refused(f"{worker.name} ne reçoit pas à {centre.name}. Choisissez quelqu’un d’autre, ou un autre centre.")


def check_room(room: Room | None, centre_id: int) -> None:
    """A room is of the centre where one meets. Raises `Refused`."""
    if room is not None and room.centre_id != centre_id:
        raise Refused("Cette salle n’est pas dans ce centre. Choisissez une autre salle.")


def check_there(worker_id: int, where: Where) -> None:
    """Nobody is met while they are away, nor before now. Raises `Refused`."""
    if where.starts_at <= timezone.now():
        raise Refused("Cette heure est passée. Choisissez une heure à venir.")
    off = TimeOff.objects.filter(worker_id=worker_id, starts_at__lt=where.ends_at, ends_at__gt=where.starts_at)
    if off.exists():
        raise Refused("La personne qui reçoit est absente à cette heure. Choisissez un autre moment.")


def find_slot(actor: Actor, worker: Colleague, where: Where, kind: MeetingKind, leaving: int | None = None) -> Where:
    """Within the hours of the worker the room comes with them; a worker books outside them too, not a secretary."""
    day = where.starts_at.astimezone(PARIS).date()
    minutes = int((where.ends_at - where.starts_at).total_seconds() // 60)
    slots = queries.free_slots(worker.pk, minutes, day, day, travel=where.travel, kind_id=kind.pk, leaving=leaving)
    same = next((s for s in slots if s.starts == where.starts_at and where.mode in s.modes), None)
    if same is None:
        if _who(actor) == Who.SECRETARY:
            raise Refused("Cette heure n’est pas libre dans les permanences. Choisissez un créneau proposé.")
        return where
    return where if where.room_id or same.centre_id != where.centre_id else replace(where, room_id=same.room_id)


def _new_booking(actor: Actor, kind: MeetingKind, worker: Colleague, centre: Centre, **more: object) -> Booking:
    key, now = new_id(), timezone.now()
    return Booking(
        id=key, kind=kind, worker=worker, centre=centre, digest=links.digest(links.secret_of(key)),
        made_by_id=actor.account_id, made_at=now, expires_at=now + LINK_LASTS, **more,
    )  # fmt: skip


def _whom(case: Case | None, person: Person | None, solicitation: Solicitation | None, name: str) -> dict[str, object]:
    """Whom we meet, said once: the case's person, a person, or who asked."""
    if case is not None and case.person_id is not None:
        return {"person": case.person, "name": ""}
    if solicitation is not None:
        return {"person": solicitation.person, "solicitation": solicitation, "name": solicitation.person_name[:160]}
    if person is None and not name.strip() and case is None:
        raise Refused("Dites avec qui est le rendez-vous.")
    return {"person": person, "name": name.strip()[:160]}


def _remember(booking: Booking, case: Case | None, reason: str) -> None:
    if case is not None:
        Matter(booking=booking, case=case, reason=reason.strip() or None).save()


@command("appointment.book", allowed=policy.may_book)
def book(
    *, actor: Actor, centre: Centre, kind: MeetingKind, worker: Colleague, starts_at: datetime, mode: str,
    case: Case | None = None, person: Person | None = None, solicitation: Solicitation | None = None, name: str = "",
    reason: str = "", quiet: bool = False, minutes: int | None = None, room: Room | None = None,
    establishment: Establishment | None = None, video_url: str = "", colleagues: Sequence[Colleague] = (),
) -> Booking:  # fmt: skip
    """A date with somebody: agenda, case, reminders and feed follow. `minutes` other than the kind's, if any."""
    check_kind(actor, kind, mode)
    check_worker(worker, centre)
    check_room(room, centre.pk)
    lasts = timedelta(minutes=minutes or kind.minutes)
    where = Where(
        starts_at, starts_at.astimezone(UTC) + lasts, centre.pk, mode, room.pk if room else None,
        kind.travel if mode in OUTSIDE else 0, establishment.pk if establishment else None, video_url.strip(),
    )  # fmt: skip
    with one_at_a_time(worker.pk, *(c.pk for c in colleagues)):
        check_there(worker.pk, where)
        where = find_slot(actor, worker, where, kind)
        booking = _new_booking(
            actor, kind, worker, centre, mode=mode, quiet=quiet, **_whom(case, person, solicitation, name)
        )
        booking.save()
        _remember(booking, case, reason)
        meeting = placing.new_meeting(where, kind=kind, capacity=1, made_by_id=actor.account_id)
        placing.seat(meeting, where, worker.pk)
        for colleague in colleagues:
            placing.seat(meeting, where, colleague.pk, host=False)
        placing.give_place(booking, meeting.pk, where)
    tell(booking, Says.BOOKED)
    return booking


@command("appointment.invite", allowed=policy.may_book)
def invite(
    *, actor: Actor, centre: Centre, kind: MeetingKind, worker: Colleague, mode: str, case: Case | None = None,
    person: Person | None = None, solicitation: Solicitation | None = None, name: str = "", reason: str = "",
    quiet: bool = False, choose_until: date | None = None,
) -> Booking:  # fmt: skip
    """The person chooses: a link leaves for what they confirmed, and may be handed to them on paper."""
    check_kind(actor, kind, mode)
    check_worker(worker, centre)
    if Who.PERSON not in kind.bookable_by:
        raise Refused("Ce rendez-vous n’est pas de ceux que les personnes choisissent elles-mêmes.")
    if choose_until is not None and choose_until < timezone.localdate():
        raise Refused("La date limite est passée. Choisissez une date à venir.")
    booking = _new_booking(
        actor, kind, worker, centre, mode=mode, quiet=quiet, choose_until=choose_until,
        **_whom(case, person, solicitation, name),
    )  # fmt: skip
    booking.save()
    _remember(booking, case, reason)
    tell(booking, Says.INVITED)
    return booking


def current(actor: Actor, booking: Booking) -> Booking:
    """The booking, read again and kept until the end. Raises `Refused` once it was cancelled."""
    rows = Booking.objects.visible_to(actor).select_for_update(of=("self",)).select_related("appointment")
    found = rows.get(pk=booking.pk)
    if found.state == BookingState.CANCELLED:
        raise Refused("Ce rendez-vous a été annulé.")
    if found.appointment is not None and found.appointment.ends_at <= timezone.now():
        raise Refused("Ce rendez-vous est passé\u00a0: il ne change plus.")
    return found


@command("appointment.move", allowed=policy.may_change)
def move(
    *, actor: Actor, booking: Booking, starts_at: datetime, mode: str = "", minutes: int | None = None,
    room: Room | None = None,
) -> Booking:  # fmt: skip
    """The same appointment at another time; the person is told."""
    with one_at_a_time(booking.worker_id):
        found = current(actor, booking)
        meeting = found.appointment
        if meeting is None or meeting.capacity > 1:
            raise Refused("Ce rendez-vous n’a pas encore d’heure à lui. Annulez-le et prenez-en un autre.")
        mode = mode or meeting.mode
        check_kind(actor, found.kind, mode)
        check_room(room, meeting.centre_id)
        ends_at = starts_at.astimezone(UTC) + timedelta(minutes=minutes or meeting.minutes)
        where = Where(starts_at, ends_at, meeting.centre_id, mode, room.pk if room else None, meeting.travel)
        check_there(found.worker_id, where)
        where = find_slot(actor, found.worker, where, found.kind, leaving=found.pk)
        placing.shift(meeting, where)
        placing.give_place(found, meeting.pk, where)
    tell(found, Says.MOVED)
    return found


@command("appointment.cancel", allowed=policy.may_change)
def cancel(*, actor: Actor, booking: Booking) -> Booking:
    """Called off by the service; the person is told, whoever waits is offered the place."""
    with one_at_a_time(booking.worker_id):
        found = current(actor, booking)
        had_date = found.is_booked
        placing.leave(found, By.SERVICE)
        Offer.objects.visible_to(actor).filter(booking=found, state=OfferState.OPEN).update(state=OfferState.EXPIRED)
    if had_date:
        tell(found, Says.CANCELLED)
    return found


@command("appointment.quieten", allowed=policy.may_change)
def set_quiet(*, actor: Actor, booking: Booking, quiet: bool) -> Booking:
    """« Ne pas notifier »: nothing more is sent about this appointment, or again."""
    found = current(actor, booking)
    found.quiet = quiet
    found.save(update_fields=["quiet"])
    return found


@command("appointment.remind_again", allowed=policy.may_change)
def send_link_again(*, actor: Actor, booking: Booking) -> Booking:
    """The person lost the message: the same one again, at most once a day."""
    found = current(actor, booking)
    tell(found, Says.BOOKED if found.is_booked else Says.INVITED)
    return found
