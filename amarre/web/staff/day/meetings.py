"""The meetings of « Ma journée »: today's, and those to conclude.

Read by the views beside. Visits from which nobody came back are told by `visits.bar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from amarre.appointments import queries
from amarre.appointments.models import Appointment, Booking
from amarre.core.actor import Actor
from amarre.web.staff.agenda.links import settle_url

HAVE_AGENDA = ("social_worker", "secretary", "coordinator", "health_team")


@dataclass(frozen=True, slots=True)
class Today:
    """One meeting of today."""

    starts: datetime
    who: str
    title: str
    where: str
    minutes: int
    url: str


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One that has passed, of which nobody said what became."""

    who: str
    title: str
    at: datetime
    url: str


def today_of(actor: Actor, today: date) -> list[Today]:
    """The meetings at which the actor sits today."""
    if not actor.has(*HAVE_AGENDA):
        return []
    return [_line(row) for row in queries.agenda(actor, today, today, actor.account_id)]


def _line(row: Appointment) -> Today:
    many = row.capacity > 1 and len(row.places) > 1
    who = f"{len(row.places)} personnes" if many else ", ".join(b.called for b in row.places)
    where = row.room.name if row.room else str(row.establishment or "")
    words = " · ".join(filter(None, (row.get_mode_display(), where)))
    return Today(
        timezone.localtime(row.starts_at), who, row.title, words, row.minutes,
        reverse("staff:agenda_meeting", args=[row.pk]),
    )  # fmt: skip


def to_settle(actor: Actor) -> list[ToSettle]:
    """The actor's past meetings that wait for a word, the oldest first."""
    if not actor.has("social_worker"):
        return []
    return [_settle(b) for b in queries.unsettled(actor)]


def _settle(booking: Booking) -> ToSettle:
    at = booking.appointment.starts_at if booking.appointment else booking.made_at
    return ToSettle(booking.called, str(booking.kind), timezone.localtime(at), settle_url(booking.pk))
