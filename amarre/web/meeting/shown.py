"""What the pages of an appointment show: the dates to choose from, day by day, and where things stand.

Read by the pages beside and by the list in the space. Pure reading: nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone

from amarre.appointments import queries
from amarre.appointments.commands_link import can_change
from amarre.appointments.models import Booking, Offer
from amarre.appointments.queries import Sheet
from amarre.appointments.slots import PARIS
from amarre.appointments.states import BookingState, OfferState
from amarre.core.actor import Actor
from amarre.organisations.models import Centre
from amarre.web.meeting.ways import Way

DAYS_SHOWN = 5


class Time(NamedTuple):
    """One time to choose: when, its address, the centre if there are several, places left in a group."""

    starts: datetime
    url: str
    centre: str = ""
    places: int = 0


class Day(NamedTuple):
    """A day and its times."""

    on: date
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Choice:
    """A page of days; the numbers of the page before and of the one after, when there are any."""

    days: Sequence[Day]
    earlier: int = 0
    later: int = 0


def choice(actor: Actor, way: Way, booking: Booking, sheet: Sheet, number: int) -> Choice:
    """The days of one page; a page that is not there is the first."""
    times = _groups(way, booking, sheet) if sheet.capacity > 1 else _slots(actor, way, booking, sheet)
    days = [Day(on, list(rows)) for on, rows in groupby(times, key=lambda time: time.starts.date())]
    pages = max(1, -(-len(days) // DAYS_SHOWN))
    number = number if 1 <= number <= pages else 1
    first = (number - 1) * DAYS_SHOWN
    return Choice(days[first : first + DAYS_SHOWN], number - 1, number + 1 if number < pages else 0)


def _slots(actor: Actor, way: Way, booking: Booking, sheet: Sheet) -> list[Time]:
    if not sheet.by_person:
        return []
    own = booking.appointment.starts_at if booking.appointment is not None and booking.is_booked else None
    found = [slot for slot in queries.choices_for(booking, sheet) if slot.starts != own]
    names = _centres(actor, {slot.centre_id for slot in found})
    return [Time(s.starts, way.url("check", int(s.starts.timestamp())), names.get(s.centre_id, "")) for s in found]


def _centres(actor: Actor, keys: set[int]) -> dict[int, str]:
    """Their names, said only when there are several."""
    if len(keys) < 2:
        return {}
    return {centre.pk: centre.name for centre in Centre.objects.visible_to(actor).filter(pk__in=keys)}


def _groups(way: Way, booking: Booking, sheet: Sheet) -> list[Time]:
    own = booking.appointment_id if booking.is_booked else None
    found = queries.groups_for(booking, sheet)
    return [Time(g.starts, way.url("group", g.id), places=g.places) for g in found if g.id != own]


def open_offer(actor: Actor, booking: Booking, **wanted: int) -> Offer | None:
    """The place that is kept for them now, if any; one that is later than the date they have is no help."""
    now, meeting = timezone.now(), booking.appointment
    rows = Offer.objects.visible_to(actor).filter(booking=booking, state=OfferState.OPEN)
    if meeting is not None and booking.is_booked:
        rows = rows.filter(starts_at__lt=meeting.starts_at)
    return rows.filter(until__gt=now, starts_at__gt=now, **wanted).order_by("starts_at").first()


def stage(booking: Booking) -> str:
    """« invited », « booked », « under_way » (too late to change), « past », « cancelled »."""
    meeting = booking.appointment
    if booking.state == BookingState.CANCELLED:
        return "cancelled"
    if meeting is None:
        return "invited"
    if meeting.ends_at <= timezone.now():
        return "past"
    return "booked" if can_change(booking) else "under_way"


def local(at: datetime) -> datetime:
    """On the clocks of France."""
    return at.astimezone(PARIS)
