"""A worker's calendar feed: opened, and closed in one click.

Read by the staff's door. The secret is told once; the database keeps its digest.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.appointments import links, policy
from amarre.appointments.models import Feed
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command


def _close(actor: Actor) -> int:
    return Feed.objects.visible_to(actor).filter(revoked_at=None).update(revoked_at=timezone.now())


@command("feed.open", allowed=policy.may_have_feed)
def open_feed(*, actor: Actor, secret: str) -> Feed:
    """A feed at the address of that secret (`links.fresh_feed`); the one before stops working."""
    _close(actor)
    feed = Feed(user_id=actor.account_id, digest=links.digest(secret), made_at=timezone.now())
    feed.save()
    return feed


@command("feed.revoke", allowed=policy.may_have_feed)
def revoke_feed(*, actor: Actor) -> int:
    """The address answers nothing any more."""
    if not (closed := _close(actor)):
        raise Refused("Il n’y a pas de flux ouvert.")
    return closed
