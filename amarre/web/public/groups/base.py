"""What the pages of this family share: whom to call, the page of a link that opens nothing, a file for one's calendar.

Read by the views beside. Must not know who holds a code.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from amarre.collective.queries_public import Meeting
from amarre.collective.states import LANGUAGES
from amarre.core.actor import Actor
from amarre.core.calendars import Event, feed
from amarre.core.ledger import Line, write
from amarre.organisations.models import Centre
from amarre.web.public.appointment.entrance import discreet
from amarre.web.public.limits import held_off
from amarre.web.public.words import default_centre
from amarre.web.ui.dates import NBSP, long_day
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, page, status_of
from amarre.web.ui.scope import trace_of


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, centre_id: int | None = None
) -> HttpResponse:
    """A page of this family: somebody to call, no cache, no index, an address that goes no further."""
    status = 429 if held_off(request) else status_of(request) if "form" in context else 200
    meeting = context.get("meeting")
    day = long_day(meeting.day).replace(NBSP, " ") if meeting else ""  # cut between words on a narrow telephone
    said = {**whom_to_call(actor_of(request), centre_id), "day": day, **context}
    return discreet(page(request, template, said, status=status))


def whom_to_call(actor: Actor, centre_id: int | None) -> dict[str, Any]:
    """The centre of the action, or the service's first one."""
    rows = Centre.objects.visible_to(actor).filter(active=True).exclude(phone="")
    centre = rows.filter(pk=centre_id).first() if centre_id else None
    return {"centre_phone": centre.phone, "centre_hours": centre.hours} if centre else default_centre(actor)


def opens_nothing(request: HttpRequest, template: str = "public/groups/closed.html") -> HttpResponse:
    """The same page for what is unknown and what was destroyed, with a line in the journal."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    actor = actor_of(request)
    write(actor, Line(verb=f"page.{name}", outcome="missing", trace=trace_of(request)))
    return discreet(page(request, template, default_centre(actor), status=404))


def calendar(event: Event) -> HttpResponse:
    """When and where, in a file; what is spoken of stays out of a calendar that others may read."""
    content = feed([event], event.title)
    return discreet(attachment(content, "reunion.ics", "text/calendar; charset=utf-8"))


def languages(meeting: Meeting) -> list[str]:
    """In French words; nothing when it is French alone."""
    if meeting.languages == ("fr",):
        return []
    return [words for code, words in LANGUAGES if code in meeting.languages]
