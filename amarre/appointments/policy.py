"""Who sees a meeting, and who may do what about it.

Read by `appointments.models`, its commands and the doors. The same rules stand a second time in `walls.sql`.
Logistics: secretaries and social workers of the centre, those who are seated, the person (or who holds their link).
Why: the case's members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.accounts.models import Posting
from amarre.cases.policy import in_my_cases, is_member
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague
    from amarre.appointments.models import (
        Appointment,
        Booking,
        Feed,
        Guest,
        Matter,
        MeetingKind,
        Offer,
        Permanence,
        PermanenceChange,
        Room,
        Seat,
        TimeOff,
        Visit,
    )
    from amarre.cases.models import Case
    from amarre.organisations.models import Centre

BOOKS = ("social_worker", "secretary")
SEES_HOURS = ("social_worker", "secretary", "coordinator")


def _staff(actor: Actor, *roles: str) -> bool:
    return actor.door == Door.STAFF and actor.has(*roles)


def is_worker(actor: Actor) -> bool:
    """A social worker, who has an agenda of their own."""
    return _staff(actor, "social_worker")


def may_keep_settings(actor: Actor) -> bool:
    """Kinds and rooms are the service's: its administrator keeps them, a coordinator too."""
    return _staff(actor, "service_admin", "coordinator")


def may_keep_hours(actor: Actor, worker: Colleague) -> bool:
    """Each keeps their own hours; the secretary and the coordinator those of anybody in their centres."""
    if actor.door != Door.STAFF or not actor.roles:
        return False
    if worker.pk == actor.user_id:
        return True
    there = Posting.objects.filter(user_id=worker.pk, centre_id__in=actor.centres)
    return _staff(actor, "secretary", "coordinator") and there.exists()


def may_book(actor: Actor, centre: Centre, case: Case | None = None) -> bool:
    """A secretary or a social worker books in the centres where they work; from a case, its members."""
    if case is not None:
        return is_member(actor, case.pk)
    return _staff(actor, *BOOKS) and centre.pk in actor.centres


def may_change(actor: Actor, booking: Booking) -> bool:
    """Whoever books in the centre moves and cancels; so does the one who meets the person."""
    return _staff(actor, *BOOKS) and (booking.centre_id in actor.centres or booking.worker_id == actor.user_id)


def may_answer_for(actor: Actor, booking: Booking) -> bool:
    """The person in their space, or who holds the link: chooses, moves, cancels, answers."""
    if actor.door == Door.PERSON:
        return booking.person_id is not None and booking.person_id == actor.person_id
    return actor.door == Door.PUBLIC and bool(actor.token) and booking.digest == actor.token


def may_run(actor: Actor, appointment: Appointment) -> bool:
    """A meeting without anybody's place in it: whoever books in the centre, or who made it."""
    return (_staff(actor, *BOOKS) and appointment.centre_id in actor.centres) or (
        actor.door == Door.STAFF and bool(actor.roles) and appointment.made_by_id == actor.user_id
    )


def may_settle(actor: Actor, booking: Booking, case: Case) -> bool:
    """What became of it is said in the case, by a member."""
    return is_member(actor, case.pk)


def may_hold_time(actor: Actor) -> bool:
    """Whoever has an agenda puts time aside in it."""
    return _staff(actor, "social_worker", "secretary", "coordinator", "health_team")


def is_machine(actor: Actor) -> bool:
    """What the clock does."""
    return actor.door == Door.MACHINE


def is_seated(actor: Actor, appointment: Appointment) -> bool:
    """One of those who are there."""
    return actor.door == Door.STAFF and bool(actor.roles) and my_seats(actor).filter(pk=appointment.pk).exists()


def may_prepare_visit(actor: Actor, appointment: Appointment) -> bool:
    """The sheet of a visit is prepared by those who go."""
    return is_seated(actor, appointment)


def may_check(actor: Actor, visit: Visit) -> bool:
    """Arrival and departure are said by those who went."""
    return actor.door == Door.STAFF and bool(actor.roles) and my_seats(actor).filter(pk=visit.appointment_id).exists()


def may_take_alarm(actor: Actor, visit: Visit) -> bool:
    """Who was told, or a coordinator of the centre once the alarm was raised, says that they see to it."""
    return actor.user_id == visit.told_id or (
        _staff(actor, "coordinator") and visit.raised_at is not None and visit.centre_id in actor.centres
    )


def may_have_feed(actor: Actor) -> bool:
    """Whoever has an agenda may have it in their calendar."""
    return may_hold_time(actor)


def my_seats(actor: Actor) -> QuerySet[Appointment]:
    """The meetings at which the actor is seated."""
    from amarre.appointments.models import Appointment, Seat

    seats = Seat.objects.filter(user_id=actor.user_id).order_by()
    return Appointment.objects.filter(one_of("pk", seats.values("appointment_id")))


def _here(actor: Actor) -> Q:
    return Q(centre_id__in=actor.centres) if actor.has(*BOOKS) else Q(pk__in=[])


def _seated(actor: Actor, column: str) -> Q:
    from amarre.appointments.models import Seat

    if not actor.roles:
        return Q(pk__in=[])
    return one_of(column, Seat.objects.filter(user_id=actor.user_id).order_by().values("appointment_id"))


def _own_bookings(actor: Actor) -> Q:
    """The bookings of a person, or of who holds a link that still works."""
    if actor.door == Door.PERSON and actor.person_id is not None:
        return Q(person_id=actor.person_id)
    if actor.door == Door.PUBLIC and actor.token:
        return Q(digest=actor.token, expires_at__gt=timezone.now())
    return Q(pk__in=[])


class MeetingKindQuerySet(WalledQuerySet["MeetingKind"]):
    """Kinds: the staff."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.door == Door.STAFF else self.none()


class RoomQuerySet(WalledQuerySet["Room"]):
    """Rooms: the staff."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.door == Door.STAFF else self.none()


def _hours(actor: Actor) -> bool:
    return _staff(actor, *SEES_HOURS)


class PermanenceQuerySet(WalledQuerySet["Permanence"]):
    """Hours: those who book or share out, and one's own."""

    def visible_to(self, actor: Actor) -> Self:
        return self if _hours(actor) else self.none()


class PermanenceChangeQuerySet(WalledQuerySet["PermanenceChange"]):
    """Changes: as the hours."""

    def visible_to(self, actor: Actor) -> Self:
        return self if _hours(actor) else self.none()


class TimeOffQuerySet(WalledQuerySet["TimeOff"]):
    """Time off: those who book or share out, and one's own."""

    def visible_to(self, actor: Actor) -> Self:
        if _hours(actor):
            return self
        return self.filter(worker_id=actor.user_id) if _staff(actor, "health_team") else self.none()


class AppointmentQuerySet(WalledQuerySet["Appointment"]):
    """Meetings: who books in the centre, who is seated, whose place it is."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF:
            return self.filter(_here(actor) | _seated(actor, "pk"))
        from amarre.appointments.models import Booking

        own = Booking.objects.filter(_own_bookings(actor)).order_by()
        return self.filter(one_of("pk", own.values("appointment_id")))


class SeatQuerySet(WalledQuerySet["Seat"]):
    """Seats: as the meeting."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF:
            return self.filter(_here(actor) | _seated(actor, "appointment_id"))
        from amarre.appointments.models import Booking

        own = Booking.objects.filter(_own_bookings(actor)).order_by()
        return self.filter(one_of("appointment_id", own.values("appointment_id")))


class BookingQuerySet(WalledQuerySet["Booking"]):
    """Places: who books in the centre, who meets the person, the case's members, the person."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.appointments.models import Matter

        if actor.door != Door.STAFF:
            return self.filter(_own_bookings(actor))
        mine = _here(actor) | _seated(actor, "appointment_id")
        if is_worker(actor):
            matters = Matter.objects.filter(in_my_cases(actor)).order_by()
            mine |= Q(worker_id=actor.user_id) | one_of("pk", matters.values("booking_id"))
        return self.filter(mine)

    def to_come(self) -> Self:
        """Those with a date that has not passed."""
        from amarre.appointments.states import BookingState

        return self.filter(state=BookingState.BOOKED, appointment__ends_at__gt=timezone.now())


def _inside(actor: Actor, column: str = "case_id") -> Q:
    return in_my_cases(actor, column) if is_worker(actor) else Q(pk__in=[])


class MatterQuerySet(WalledQuerySet["Matter"]):
    """Why: the case's members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor))


class GuestQuerySet(WalledQuerySet["Guest"]):
    """Who else is asked to come: the case's members."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_inside(actor, "matter__case_id"))


class OfferQuerySet(WalledQuerySet["Offer"]):
    """Offers: who books in the centre, and to whom it was made."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF:
            return self.filter(_here(actor))
        from amarre.appointments.models import Booking

        own = Booking.objects.filter(_own_bookings(actor)).order_by()
        return self.filter(one_of("booking_id", own.values("pk")))


class VisitQuerySet(WalledQuerySet["Visit"]):
    """Sheets of visits: those who go, who was told, and the centre's coordinators once nobody came back."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door != Door.STAFF or not actor.roles:
            return self.none()
        mine = Q(told_id=actor.user_id) | _seated(actor, "appointment_id")
        if actor.has("coordinator"):
            mine |= Q(raised_at__isnull=False, out_at=None, centre_id__in=actor.centres)
        return self.filter(mine)


class FeedQuerySet(WalledQuerySet["Feed"]):
    """Feeds: one's own."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(user_id=actor.user_id) if actor.door == Door.STAFF and actor.roles else self.none()
