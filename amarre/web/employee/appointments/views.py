"""My appointments: to come and past, and each of them, with the pages that a link shows too (`web.meeting`).

Read by the URL configuration beside. Of what is past one reads when and with whom, no more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.appointments.models import Booking
from amarre.appointments.policy import BookingQuerySet
from amarre.appointments.queries import Sheet, sheets_of
from amarre.appointments.states import BookingState
from amarre.core.actor import Actor
from amarre.web.meeting import pages
from amarre.web.meeting.ways import Way
from amarre.web.ui.http import actor_of, note_read, page, visible_or_404

PAST_SHOWN = 20


class Mine(NamedTuple):
    """One of my appointments, and what I read of it."""

    booking: Booking
    sheet: Sheet


def _mine(actor: Actor) -> BookingQuerySet:
    return Booking.objects.visible_to(actor).select_related("appointment")


def _told(bookings: list[Booking]) -> list[Mine]:
    sheets = sheets_of(bookings)
    return [Mine(booking, sheets[booking.pk]) for booking in bookings if booking.pk in sheets]


def next_of(request: HttpRequest) -> Mine | None:
    """The next appointment, or the one that is still to be chosen; written down as read."""
    rows = _mine(actor_of(request))
    found = rows.to_come().order_by("appointment__starts_at").first()
    found = found or rows.filter(state=BookingState.INVITED, expires_at__gt=timezone.now()).order_by("pk").first()
    if found is None:
        return None
    note_read(request, "appointment.read", found)
    return next(iter(_told([found])), None)


def appointment_list(request: HttpRequest) -> HttpResponse:
    """To choose, to come, past."""
    rows, now = _mine(actor_of(request)), timezone.now()
    note_read(request, "appointment.list", own=True)
    dated = rows.filter(state=BookingState.BOOKED)
    past = dated.filter(appointment__ends_at__lte=now).order_by("-appointment__starts_at")
    context = {
        "to_choose": _told(list(rows.filter(state=BookingState.INVITED, expires_at__gt=now).order_by("pk"))),
        "to_come": _told(list(dated.filter(appointment__ends_at__gt=now).order_by("appointment__starts_at"))),
        "past": _told(list(past[:PAST_SHOWN])),
    }
    return page(request, "employee/appointments/list.html", context)


def _open(request: HttpRequest, pk: int, shows: Callable[..., HttpResponse], *more: int) -> HttpResponse:
    """The page of one of my appointments."""
    booking = visible_or_404(_mine(actor_of(request)), pk=pk)
    note_read(request, "appointment.read", booking)
    way = Way("employee", pk, "employee/layout.html", reverse("employee:appointment_list"))
    return shows(request, way, booking, *more)


def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, or the dates to choose from."""
    return _open(request, pk, pages.show)


def slots(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates."""
    return _open(request, pk, pages.slots)


def check(request: HttpRequest, pk: int, starts: int) -> HttpResponse:
    """One slot, read again, then taken."""
    return _open(request, pk, pages.check, starts)


def group(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """A place among several people."""
    return _open(request, pk, pages.group, meeting)


def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """It is noted."""
    return _open(request, pk, pages.kept)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, then called off."""
    return _open(request, pk, pages.cancel)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je viens », « je ne peux pas »."""
    return _open(request, pk, pages.reply)


@require_POST
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """On the waiting list, or off it."""
    return _open(request, pk, pages.wait)


def offer(request: HttpRequest, pk: int, offered: int) -> HttpResponse:
    """A place that was freed."""
    return _open(request, pk, pages.offer, offered)


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for one's calendar."""
    return _open(request, pk, pages.file)
