"""What the person does, in their space or with their link, without an account: chooses, moves, cancels, answers, waits.

Read by the doors `public` and `employee`. Must not know who else is met, nor why.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from amarre.appointments import placing, policy, queries
from amarre.appointments.commands import current
from amarre.appointments.models import Appointment, Booking, Offer
from amarre.appointments.placing import GONE, Where, one_at_a_time, tell
from amarre.appointments.slots import Slot
from amarre.appointments.states import BookingState, By, OfferState, Reply
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.notices_words import Says

TOO_LATE = "Il est trop tard pour changer ce rendez-vous ici. Appelez le secrétariat."


def _hold(actor: Actor, booking: Booking) -> Booking:
    found = current(actor, booking)
    if found.appointment is not None and found.appointment.starts_at <= timezone.now():
        raise Refused(TOO_LATE)
    return found


def _give_back(meeting: Appointment | None) -> None:
    """The time that one had, when one takes another."""
    if meeting is not None and meeting.capacity == 1:
        placing.call_off(meeting)
    elif meeting is not None:
        placing.freed(meeting)


def _take(actor: Actor, booking: Booking, where: Where) -> None:
    """A time of one's own: the meeting that one had is shifted, or one is made."""
    meeting = booking.appointment if booking.is_booked else None
    if meeting is not None and meeting.capacity == 1:
        placing.shift(meeting, where)
    else:
        _give_back(meeting)
        meeting = placing.new_meeting(where, kind_id=booking.kind_id, capacity=1, made_through=booking)
        placing.seat(meeting, where, booking.worker_id)
    placing.give_place(booking, meeting.pk, where)


def _where(booking: Booking, starts_at: datetime) -> Where:
    """The slot as it is free now. Raises `Refused` when it is not, or not any more."""
    sheet = queries.sheet_of(booking)
    slot = next((s for s in queries.choices_for(booking, sheet) if s.starts == starts_at), None)
    return _taking(booking, sheet, slot)


def _taking(booking: Booking, sheet: queries.Sheet, slot: Slot | None) -> Where:
    if slot is None or not sheet.by_person:
        raise Refused(GONE)
    return Where(slot.starts, slot.ends, slot.centre_id, booking.mode, slot.room_id)


@command("appointment.choose", allowed=policy.may_answer_for)
def choose(*, actor: Actor, booking: Booking, starts_at: datetime) -> Booking:
    """The person takes a slot, the first time or instead of the one that they had."""
    with one_at_a_time(booking.worker_id, own=True):
        found = _hold(actor, booking)
        had = found.is_booked
        _take(actor, found, _where(found, starts_at))
    tell(found, Says.MOVED if had else Says.BOOKED)
    return found


@command("appointment.join_group", allowed=policy.may_answer_for)
def join_group(*, actor: Actor, booking: Booking, meeting_id: int) -> Booking:
    """The person takes a place in a meeting of several."""
    with one_at_a_time(booking.worker_id, own=True):
        found = _hold(actor, booking)
        had = found.is_booked
        groups = queries.groups_for(found, queries.sheet_of(found))
        group = next((g for g in groups if g.id == meeting_id), None)
        place = queries.free_place(meeting_id) if group else None
        if group is None or place is None:
            raise Refused(GONE)
        _give_back(found.appointment if had else None)
        placing.give_place(found, group.id, Where(group.starts, group.ends, found.centre_id, group.mode), place)
    tell(found, Says.MOVED if had else Says.BOOKED)
    return found


@command("appointment.give_up", allowed=policy.may_answer_for)
def give_up(*, actor: Actor, booking: Booking) -> Booking:
    """The person cancels; nothing is asked, and nobody is told more than that."""
    with one_at_a_time(booking.worker_id, own=True):
        found = _hold(actor, booking)
        had = found.is_booked
        placing.leave(found, By.PERSON)
        Offer.objects.visible_to(actor).filter(booking=found, state=OfferState.OPEN).update(state=OfferState.DECLINED)
    if had:
        tell(found, Says.CANCELLED)
    return found


@command("appointment.reply", allowed=policy.may_answer_for)
def reply(*, actor: Actor, booking: Booking, answer: str) -> Booking:
    """« Je viens », or « je ne peux pas »: the second frees nothing, the page offers to move or cancel."""
    found = _hold(actor, booking)
    if answer not in Reply.values or not found.is_booked:
        raise Refused("Choisissez une réponse.")
    found.reply, found.replied_at = answer, timezone.now()
    found.save(update_fields=["reply", "replied_at"])
    return found


@command("appointment.wait", allowed=policy.may_answer_for)
def wait_for_earlier(*, actor: Actor, booking: Booking, waits: bool) -> Booking:
    """On the waiting list for what frees up, or off it."""
    found = _hold(actor, booking)
    found.earlier_since = (found.earlier_since or timezone.now()) if waits else None
    found.save(update_fields=["earlier_since"])
    return found


@command("appointment.take_offer", allowed=policy.may_answer_for)
def take_offer(*, actor: Actor, booking: Booking, offer: Offer) -> Booking:
    """The place that was kept for the person."""
    with one_at_a_time(booking.worker_id, own=True):
        found = _hold(actor, booking)
        rows = Offer.objects.visible_to(actor).select_for_update()
        held = rows.get(pk=offer.pk)
        if held.booking_id != found.pk or held.state != OfferState.OPEN or held.until <= timezone.now():
            raise Refused(GONE)
        had = found.is_booked
        sheet = queries.sheet_of(found)
        _take(actor, found, _taking(found, sheet, queries.offered_slot(found, sheet, held.starts_at)))
        held.state = OfferState.TAKEN
        held.save(update_fields=["state"])
        found.earlier_since = None
        found.save(update_fields=["earlier_since"])
    tell(found, Says.MOVED if had else Says.BOOKED)
    return found


@command("appointment.decline_offer", allowed=policy.may_answer_for)
def decline_offer(*, actor: Actor, booking: Booking, offer: Offer) -> Offer:
    """Not this time: it goes to the next, and one stays on the list."""
    held = Offer.objects.visible_to(actor).select_for_update().get(pk=offer.pk)
    if held.booking_id != booking.pk or held.state != OfferState.OPEN:
        raise Refused("Cette place n’est plus proposée.")
    held.state = OfferState.DECLINED
    held.save(update_fields=["state"])
    return held


def can_change(booking: Booking) -> bool:
    """Whether the person may still move or cancel by themselves."""
    meeting = booking.appointment
    return booking.state != BookingState.CANCELLED and (meeting is None or meeting.starts_at > timezone.now())
