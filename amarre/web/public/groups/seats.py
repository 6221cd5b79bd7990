"""One's place, by its own link: where it stands, the link of a remote meeting, and the way to give it up.

Read by the URL configuration beside. Must not know the name under which it was taken.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.commands_sessions import give_up_seat
from amarre.collective.queries_public import OPEN, SeatPage, seat_page
from amarre.web.public.forms import SendForm
from amarre.web.public.groups.base import calendar, languages, opens_nothing, shown
from amarre.web.ui.http import actor_of, carry_out, done, note_read


def _found(request: HttpRequest, secret: str) -> SeatPage | None:
    found = seat_page(secret)
    if found is not None:
        note_read(request, "seat.read")
    return found


def seat(request: HttpRequest, secret: str) -> HttpResponse:
    """Taken or waiting; the session called off or past."""
    found = _found(request, secret)
    if found is None:
        return opens_nothing(request, "public/groups/no_place.html")
    context = {
        "found": found, "meeting": found.meeting, "open": found.meeting.standing == OPEN,
        "languages": languages(found.meeting), "file_url": reverse("public:groups_seat_file", args=[secret]),
        "give_up_url": reverse("public:groups_give_up", args=[secret]),
    }  # fmt: skip
    return shown(request, "public/groups/seat.html", context, centre_id=found.meeting.centre_id)


def give_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Asked once more, then given up."""
    found = _found(request, secret)
    if found is None:
        return opens_nothing(request, "public/groups/no_place.html")
    actor = actor_of(request)
    form = SendForm(request.POST if request.method == "POST" else None, actor=actor)

    def act(_: object) -> bool:
        give_up_seat(actor=actor, secret=secret)
        return True

    if carry_out(request, form, act):
        return done(request, reverse("public:groups_given_up", args=[found.code]))
    context = {"found": found, "meeting": found.meeting, "form": form,
               "seat_url": reverse("public:groups_seat", args=[secret])}  # fmt: skip
    return shown(request, "public/groups/give_up.html", context, centre_id=found.meeting.centre_id)


def file(request: HttpRequest, secret: str) -> HttpResponse:
    """For one's calendar, once the place is taken."""
    found = _found(request, secret)
    if found is None or not found.taken or found.meeting.standing != OPEN:
        return opens_nothing(request, "public/groups/no_place.html")
    return calendar(found.event())
