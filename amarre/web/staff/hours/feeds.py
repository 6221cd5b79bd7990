"""My calendar feed: open it (its address is shown once), put it in a calendar, close it.

Read by the URL configuration beside. Must not know what the feed holds: the machine's door makes it.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.appointments import commands_feeds, links, policy
from amarre.appointments.models import Feed
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.web.ui.http import actor_of, done, page
from amarre.web.ui.parts import Link


def _owner(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_have_feed(actor):
        raise PermissionDenied("has no agenda")
    return actor


def feed(request: HttpRequest) -> HttpResponse:
    """Whether a feed is open; a POST opens one and shows its address, this once."""
    actor = _owner(request)
    context: dict[str, object] = {"crumbs": [Link("Flux d’agenda")]}
    if request.method == "POST":
        secret = links.fresh_feed()
        commands_feeds.open_feed(actor=actor, secret=secret)
        address = settings.AMARRE_BASE_URL + reverse("api:feed", args=[secret])
        context |= {"address": address, "webcal": f"webcal://{address.split('://')[-1]}"}
    context["open"] = Feed.objects.visible_to(actor).filter(revoked_at=None).first()
    return page(request, "staff/hours/feed.html", context)


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address answers nothing any more."""
    actor = _owner(request)
    try:
        commands_feeds.revoke_feed(actor=actor)
    except Refused as refusal:
        return done(request, reverse("staff:agenda-feed"), str(refusal))
    return done(request, reverse("staff:agenda-feed"), "Le flux est fermé. Son adresse ne répond plus.")
