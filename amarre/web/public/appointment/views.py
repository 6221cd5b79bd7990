"""The pages of an appointment, for whoever holds its link: no account, no name, no reason.

Read by the URL configuration beside. The pages themselves are those of the space (`web.meeting`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amarre.appointments.models import Booking
from amarre.core.ledger import Line, write
from amarre.web.meeting import pages
from amarre.web.meeting.ways import Way
from amarre.web.public.appointment.entrance import discreet
from amarre.web.public.words import default_centre
from amarre.web.ui.http import actor_of, note_read, page
from amarre.web.ui.scope import trace_of


def _open(request: HttpRequest, secret: str, shows: Callable[..., HttpResponse], *more: int) -> HttpResponse:
    """The page of the one booking that the link opens; the same page when it opens nothing, or nothing any more."""
    actor = actor_of(request)
    booking = Booking.objects.visible_to(actor).select_related("appointment").first()
    if booking is None:
        return _closed(request)
    note_read(request, "appointment.read", booking)
    try:
        return discreet(shows(request, Way("rdv", secret, "public/appointment/layout.html"), booking, *more))
    except Http404:
        return _closed(request)


def _closed(request: HttpRequest) -> HttpResponse:
    name = request.resolver_match.url_name if request.resolver_match else ""
    actor = actor_of(request)
    write(actor, Line(verb=f"page.{name}", outcome="missing", trace=trace_of(request)))
    return discreet(page(request, "public/appointment/closed.html", default_centre(actor), status=404))


def appointment(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands, or the dates to choose from."""
    return _open(request, secret, pages.show)


def slots(request: HttpRequest, secret: str) -> HttpResponse:
    """The dates."""
    return _open(request, secret, pages.slots)


def check(request: HttpRequest, secret: str, starts: int) -> HttpResponse:
    """One slot, read again, then taken."""
    return _open(request, secret, pages.check, starts)


def group(request: HttpRequest, secret: str, meeting: int) -> HttpResponse:
    """A place among several people."""
    return _open(request, secret, pages.group, meeting)


def kept(request: HttpRequest, secret: str) -> HttpResponse:
    """It is noted."""
    return _open(request, secret, pages.kept)


def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    """Asked once more, then called off."""
    return _open(request, secret, pages.cancel)


@require_POST
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """« Je viens », « je ne peux pas »."""
    return _open(request, secret, pages.reply)


@require_POST
def wait(request: HttpRequest, secret: str) -> HttpResponse:
    """On the waiting list, or off it."""
    return _open(request, secret, pages.wait)


def offer(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """A place that was freed."""
    return _open(request, secret, pages.offer, pk)


def file(request: HttpRequest, secret: str) -> HttpResponse:
    """The file for one's calendar."""
    return _open(request, secret, pages.file)
