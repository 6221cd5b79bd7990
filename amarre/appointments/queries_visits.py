"""Visits as those who go, who was told, and the coordinators read them; and how late somebody is.

Read by the staff's door. Who was told may not see the meeting: who is out comes of a function.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from amarre.appointments.models import Appointment, Booking, Matter, Visit
from amarre.appointments.queries import seated_visits
from amarre.appointments.states import OUTSIDE, AppointmentState, BookingState
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.people.models import Person

GRACE = timedelta(minutes=10)
"""How late one may be before anybody is told."""
KEPT = timedelta(days=1)
"""How long a visit that is over stays on the page."""


@dataclass(frozen=True, slots=True)
class Out:
    """A visit, and who goes; `mine`: the reader is one of them."""

    sheet: Visit
    appointment_id: int
    starts: datetime
    ends: datetime
    mode: str
    mine: bool
    people: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether they said that they left."""
        return self.sheet.out_at is not None

    @property
    def overdue(self) -> bool:
        """Whether somebody is to be looked for."""
        return not self.over and self.sheet.back_at + GRACE < timezone.now()

    @property
    def under_way(self) -> bool:
        """Whether they arrived, or ought to have."""
        return not self.over and (self.sheet.in_at is not None or self.starts <= timezone.now())

    @property
    def who(self) -> str:
        """Their names."""
        return ", ".join(self.people)


def visits(actor: Actor) -> list[Out]:
    """The visits that the actor goes on, was told of, or looks for; the soonest back first, those over for a day."""
    seated = seated_visits()
    rows = Visit.objects.visible_to(actor).filter(pk__in={r[0] for r in seated})
    found: list[Out] = []
    for visit in rows.select_related("told", "taken_by").order_by("back_at", "pk"):
        who = [r for r in seated if r[0] == visit.pk]
        _, meeting, _, _, starts, ends, mode = who[0]
        mine = any(r[2] == actor.user_id for r in who)
        out = Out(visit, meeting, starts, ends, mode, mine, [r[3] for r in who])
        if visit.out_at is None or visit.out_at > timezone.now() - KEPT:
            found.append(out)
    return found


def one(actor: Actor, appointment_id: int) -> Out | None:
    """The visit of a meeting, whenever it was."""
    visit = Visit.objects.visible_to(actor).filter(appointment_id=appointment_id)
    row = visit.select_related("told", "taken_by").first()
    if row is None:
        return None
    who = [r for r in seated_visits() if r[0] == row.pk]
    if not who:
        return None
    _, _, _, _, starts, ends, mode = who[0]
    return Out(
        row, appointment_id, starts, ends, mode, any(w[2] == actor.user_id for w in who), [w[3] for w in who]
    )  # fmt: skip


def to_prepare(actor: Actor) -> list[Appointment]:
    """The actor's coming meetings outside that have no sheet yet."""
    mine = Appointment.objects.visible_to(actor).filter(
        state=AppointmentState.PLANNED, mode__in=OUTSIDE, ends_at__gt=timezone.now(),
        seats__user_id=actor.user_id, seats__held=True,
    )  # fmt: skip
    ready = Visit.objects.visible_to(actor).values("appointment_id")
    return list(mine.exclude(pk__in=ready).select_related("kind", "establishment__company").order_by("starts_at"))


@dataclass(frozen=True, slots=True)
class Visited:
    """Whom one visits, and their case: known to its members alone."""

    case: Case
    person: Person | None


def visited(actor: Actor, appointment_id: int) -> Visited | None:
    """The case that one goes for, or that the reader has of the person who is visited."""
    places = Booking.objects.visible_to(actor).filter(appointment_id=appointment_id, state=BookingState.BOOKED)
    booking = places.select_related("person").first()
    if booking is None:
        return None
    cases = Case.objects.visible_to(actor)
    matters = Matter.objects.visible_to(actor).filter(booking=booking).order_by()
    case = cases.filter(pk__in=matters.values("case_id")).first()
    if case is None and booking.person_id is not None:
        case = cases.filter(person_id=booking.person_id).order_by("-pk").first()
    return Visited(case, booking.person) if case is not None else None


def known_address(meeting: Appointment, whom: Visited | None) -> str:
    """Where one goes, as the files already know it: the establishment's address, or the person's."""
    place, name = meeting.establishment, ""
    if place is not None:
        name = place.sign or place.company.name
    person = whom.person if whom is not None and place is None else None
    at = place or person
    if at is None or not (at.address or at.city):
        return ""
    town = f"{at.postcode} {at.city}".strip()
    return "\n".join(line for line in (name, at.address, town) if line)


def last_sheet(actor: Actor) -> Visit | None:
    """The actor's last sheet: whom they told, and their own number."""
    mine = Visit.objects.visible_to(actor).filter(appointment__seats__user_id=actor.user_id)
    return mine.order_by("-pk").first()
