"""Putting somebody's place into an agenda, and taking it out: the inside of the commands, never called by a door.

PostgreSQL refuses two ranges that overlap; here its refusal becomes a sentence. Bookings of one worker wait for each
other, so that a crowd gets one place and plain refusals, not deadlocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from amarre.appointments.models import Appointment, Booking, Seat
from amarre.appointments.states import AppointmentState, BookingState
from amarre.core import jobs
from amarre.core.commands import Refused
from amarre.core.notices import Kind, announce
from amarre.core.notices_words import Says

OFFER = "appointments.offer"
GUESTS = "appointments.tell_guests"
GONE = "Ce créneau vient d’être pris. Choisissez-en un autre."
TAKEN = {
    "appointments_seat_once": GONE,
    "appointments_place_once": GONE,
    "appointments_room_once": "La salle est prise à cette heure. Choisissez une autre salle, ou une autre heure.",
    "appointments_person_once": "Il y a déjà un rendez-vous avec cette personne à cette heure.",
}
OWN = {
    "appointments_room_once": GONE,
    "appointments_person_once": "Vous avez déjà un rendez-vous à cette heure. Choisissez-en une autre.",
}
"""The same, said to the person."""
KEPT_AFTER = timedelta(days=1)
"""A link works until the day after the appointment."""


@dataclass(frozen=True, slots=True)
class Where:
    """When and where: instants, minutes of travel before and after."""

    starts_at: datetime
    ends_at: datetime
    centre_id: int
    mode: str
    room_id: int | None = None
    travel: int = 0
    establishment_id: int | None = None
    video_url: str = ""

    def __post_init__(self) -> None:
        # In UTC: an hour added to a local time is an hour of the wall's clock, which is not one on two nights a year.
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(UTC))

    @property
    def meeting(self) -> DateTimeTZRange:
        """The meeting itself."""
        return DateTimeTZRange(self.starts_at, self.ends_at, "[)")

    @property
    def taken(self) -> DateTimeTZRange:
        """The time that it takes from a worker."""
        around = timedelta(minutes=self.travel)
        return DateTimeTZRange(self.starts_at - around, self.ends_at + around, "[)")


@contextmanager
def one_at_a_time(*worker_ids: int, own: bool = False) -> Iterator[None]:
    """Whoever books with these workers waits for the other; what overlaps is refused in words. `own`: by the person."""
    with connection.cursor() as cursor:
        for worker_id in sorted(set(worker_ids)):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"agenda:{worker_id}"])
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name not in TAKEN:
            raise
        raise Refused((TAKEN | OWN if own else TAKEN)[name]) from None


def new_meeting(where: Where, **more: object) -> Appointment:
    """A meeting, planned."""
    meeting = Appointment(
        centre_id=where.centre_id, mode=where.mode, room_id=where.room_id, travel=where.travel,
        establishment_id=where.establishment_id, video_url=where.video_url, starts_at=where.starts_at,
        ends_at=where.ends_at, span=where.meeting, changed_at=timezone.now(), **more,
    )  # fmt: skip
    meeting.save()
    return meeting


def seat(meeting: Appointment, where: Where, user_id: int, *, host: bool = True) -> Seat:
    """Somebody of the service is there."""
    row = Seat(appointment=meeting, user_id=user_id, centre_id=where.centre_id, host=host, span=where.taken)
    row.save()
    return row


def give_place(booking: Booking, meeting_id: int, where: Where, place: int = 1) -> None:
    """The booking has its date."""
    booking.appointment_id, booking.place, booking.mode = meeting_id, place, where.mode
    booking.span = where.meeting
    booking.state, booking.ended_by, booking.reply, booking.replied_at = BookingState.BOOKED, "", "", None
    booking.sequence += 1
    booking.expires_at = where.ends_at + KEPT_AFTER
    booking.save(
        update_fields=["appointment", "place", "mode", "span", "state", "ended_by", "reply", "replied_at", "sequence",
                       "expires_at"]
    )  # fmt: skip
    jobs.enqueue(GUESTS, booking_id=booking.pk)


def shift(meeting: Appointment, where: Where) -> None:
    """The same meeting at another time or place: its seats follow."""
    freed(meeting)
    meeting.centre_id, meeting.mode, meeting.room_id = where.centre_id, where.mode, where.room_id
    meeting.starts_at, meeting.ends_at, meeting.span = where.starts_at, where.ends_at, where.meeting
    meeting.state, meeting.changed_at = AppointmentState.PLANNED, timezone.now()
    meeting.sequence += 1
    meeting.save(
        update_fields=["centre", "mode", "room", "starts_at", "ends_at", "span", "state", "changed_at", "sequence"]
    )
    for row in Seat.objects.filter(appointment_id=meeting.pk).order_by("pk"):
        row.span, row.held, row.centre_id = where.taken, True, where.centre_id
        row.save(update_fields=["span", "held", "centre"])


def call_off(meeting: Appointment) -> None:
    """The meeting does not take place; the time is given back."""
    freed(meeting)
    meeting.state, meeting.changed_at = AppointmentState.CANCELLED, timezone.now()
    meeting.sequence += 1
    meeting.save(update_fields=["state", "changed_at", "sequence"])
    for row in Seat.objects.filter(appointment_id=meeting.pk, held=True).order_by("pk"):
        row.held = False
        row.save(update_fields=["held"])


def leave(booking: Booking, by: str) -> None:
    """The booking's place is given back; a meeting that was for one is called off."""
    meeting = booking.appointment
    booking.state, booking.ended_by, booking.place = BookingState.CANCELLED, by, None
    booking.sequence += 1
    booking.earlier_since = None
    booking.save(update_fields=["state", "ended_by", "place", "sequence", "earlier_since"])
    jobs.enqueue(GUESTS, booking_id=booking.pk)
    if meeting is not None and meeting.capacity == 1:
        call_off(meeting)
    elif meeting is not None:
        freed(meeting)


def freed(meeting: Appointment) -> None:
    """What frees up is offered to who waits, once this is committed."""
    if meeting.is_planned and meeting.starts_at > timezone.now() and meeting.kind_id is not None:
        jobs.enqueue(
            OFFER, appointment_id=meeting.pk, starts=int(meeting.starts_at.timestamp()),
            ends=int(meeting.ends_at.timestamp()),
        )  # fmt: skip


def tell(booking: Booking, says: Says) -> None:
    """Say it to the person; once for each change."""
    announce(Kind.APPOINTMENT, booking.pk, key=f"{says.value}:{booking.sequence}", says=says)
