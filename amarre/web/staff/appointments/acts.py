"""The acts on one appointment that are one press: cancel, « ne pas notifier », send the link again.

Read by the URL configuration beside. One comes back to the page on which one pressed: the meeting's, or this one's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.appointments import commands
from amarre.appointments.models import Booking
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.web.staff.appointments.seeing import seen
from amarre.web.ui.http import actor_of, came_from, done


def _then(request: HttpRequest, pk: int, act: Callable[[Actor, Booking], object], sentence: str) -> HttpResponse:
    actor = actor_of(request)
    booking = seen(actor, pk)
    try:
        act(actor, booking)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, came_from(request) or reverse("staff:appointment", args=[booking.pk]), sentence)


@require_POST
def appointment_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Called off by the service."""
    return _then(request, pk, lambda a, b: commands.cancel(actor=a, booking=b), "Rendez-vous annulé.")


@require_POST
def appointment_quiet(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is sent about it, or again."""
    quiet = bool(request.POST.get("quiet"))
    sentence = "Rien ne partira plus pour ce rendez-vous." if quiet else "Les messages partiront à nouveau."
    return _then(request, pk, lambda a, b: commands.set_quiet(actor=a, booking=b, quiet=quiet), sentence)


@require_POST
def appointment_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same message once more, at most once a day."""
    return _then(
        request, pk, lambda a, b: commands.send_link_again(actor=a, booking=b),
        "Le message repart, s’il n’est pas déjà parti aujourd’hui.",
    )  # fmt: skip
