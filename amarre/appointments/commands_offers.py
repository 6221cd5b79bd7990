"""What frees up is offered to who waits, one after the other: done by the machine, once a cancellation is committed.

Read by `appointments.tasks`. Must not know anybody's name: it reads keys and times.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from amarre.appointments import policy
from amarre.appointments.models import Booking, Offer, Seat
from amarre.appointments.placing import tell
from amarre.appointments.states import OFFER_LASTS, BookingState, OfferState, Who
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.notices_words import Says

LEAVES = timedelta(hours=2)
_READ = ("id", "kind_id", "worker_id", "centre_id", "mode", "state", "sequence", "appointment_id", "person_id",
         "solicitation_id", "quiet")  # fmt: skip


def _waiting(worker_id: int, starts_at: datetime, ends_at: datetime) -> Booking | None:
    """Who has waited longest, whose meeting fits, and whose own date is later; whoever was offered it is not again."""
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    asked = Offer.objects.filter(worker_id=worker_id, starts_at=starts_at).values("booking_id")
    rows = (
        Booking.objects.filter(worker_id=worker_id, earlier_since__isnull=False, expires_at__gt=timezone.now())
        .filter(kind__minutes__lte=minutes, kind__capacity=1, kind__bookable_by__contains=[Who.PERSON])
        .filter(Q(state=BookingState.INVITED) | Q(state=BookingState.BOOKED, appointment__starts_at__gt=starts_at))
        .filter(Q(choose_until=None) | Q(choose_until__gte=timezone.localdate(starts_at)))
        .exclude(pk__in=asked)
    )
    return rows.order_by("earlier_since", "id").only(*_READ).first()


def next_in_line(worker_id: int, starts_at: datetime, ends_at: datetime) -> Booking | None:
    """Whom a place that was freed is for, if it is still free, in time to be offered, and offered to nobody."""
    if _until(starts_at) <= timezone.now() or _is_taken(worker_id, starts_at, ends_at):
        return None
    return _waiting(worker_id, starts_at, ends_at)


def _until(starts_at: datetime) -> datetime:
    return min(timezone.now() + OFFER_LASTS, starts_at - LEAVES)


def _is_taken(worker_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    seats = Seat.objects.filter(
        user_id=worker_id, held=True, appointment__starts_at__lt=ends_at, appointment__ends_at__gt=starts_at
    )
    going = Offer.objects.filter(worker_id=worker_id, starts_at=starts_at, state=OfferState.OPEN)
    return seats.exists() or going.exists()


@command("appointment.offer", allowed=policy.is_machine)
def offer_place(*, actor: Actor, booking: Booking, centre_id: int, starts_at: datetime, ends_at: datetime) -> Offer:
    """Keep the place a few hours for one person, and tell them."""
    if _until(starts_at) <= timezone.now() or _is_taken(booking.worker_id, starts_at, ends_at):
        raise Refused("Cette place n’est plus libre.")
    offer = Offer(
        booking_id=booking.pk, worker_id=booking.worker_id, centre_id=centre_id, starts_at=starts_at, ends_at=ends_at,
        until=_until(starts_at),
    )  # fmt: skip
    offer.save()
    tell(booking, Says.FREED)
    return offer


@command("appointment.expire_offer", allowed=policy.is_machine)
def expire_offer(*, actor: Actor, offer: Offer) -> Offer:
    """No answer in time: the place goes on."""
    if offer.state != OfferState.OPEN or offer.until > timezone.now():
        raise Refused("Cette place est encore proposée.")
    offer.state = OfferState.EXPIRED
    offer.save(update_fields=["state"])
    return offer
