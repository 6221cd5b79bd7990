"""`/agenda/<secret>.ics`: when a worker meets, for their own calendar. Neutral titles; no name, no place, no reason.

Audience: a calendar client that holds the secret address. What a meeting is about is read after signing in, at the URL
of each event. Nothing is written in the journal: a worker's calendar asks for the worker's own hours, every hour, and
names nobody; opening and closing the address are written there. `docs/guide/agenda.md` says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from amarre.appointments import links
from amarre.appointments.queries import FeedEvent, feed_events
from amarre.core import calendars
from amarre.core.actor import Actor, Door
from amarre.core.scope import acting_as
from amarre.web.ui.errors import reference_of
from amarre.web.ui.limits import Limit, admitted

NAME = "Agenda"
MEETS, HELD = "Rendez-vous", "Occupé"
APPOINTMENT = "/pro/agenda/{pk}/"
"""The page of an appointment, at a door that this one does not know."""
SETTLED = timedelta(minutes=1)
"""`Last-Modified` counts in seconds: what changed just now may change again within the same one, so it is not said."""
LIMIT = Limit("feed", per_address=900, per_passage=900, seconds=600)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The feed, or 304; 404 for an address that was revoked, whose account is closed, or that never was."""
    if not admitted(request, LIMIT):
        return HttpResponse(status=429, headers={"Retry-After": str(LIMIT.seconds), "Cache-Control": "no-store"})
    actor = Actor(door=Door.PUBLIC, token=links.digest(secret), request_id=reference_of(request))
    with acting_as(actor):
        owner, events = feed_events()
    if owner is None:
        raise Http404
    content = calendars.feed([_event(e) for e in events], NAME)
    etag, changed = f'"{hashlib.sha256(content).hexdigest()[:32]}"', _changed(events)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="agenda.ics"'
    answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag
    if changed is not None:
        answer["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed, answer) or answer


def _changed(events: Sequence[FeedEvent]) -> int | None:
    last = max((e.changed for e in events), default=None)
    return int(last.timestamp()) if last is not None and timezone.now() - last > SETTLED else None


def _event(row: FeedEvent) -> calendars.Event:
    site = settings.AMARRE_BASE_URL
    return calendars.Event(
        uid=f"agenda-{row.id}@{site.split('://')[-1].split('/')[0].split(':')[0]}",
        starts=row.starts, ends=row.ends, title=HELD if row.held else MEETS, sequence=row.sequence, stamp=row.changed,
        cancelled=row.cancelled, url=site + APPOINTMENT.format(pk=row.id),
    )  # fmt: skip
