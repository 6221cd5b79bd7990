"""What whoever holds a place is told: asked for inside the command that changes something, so both are or neither is.

Read by the commands and the jobs of the room. Must not know a name nor an address: how somebody is reached is found
when the message leaves (`tasks.reach_seat`), and says a moment and a link, never what is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone

from amarre.appointments.slots import instant
from amarre.collective.models import Seat, Session
from amarre.core.actor import Actor
from amarre.core.calendars import Event, identifier
from amarre.core.notices import Kind, announce
from amarre.core.notices_words import Says

EVENT_TITLE = "Réunion"
"""In a calendar that others may read, and in a message."""
Moment = tuple[date, time, time, str, str]


def tell(says: Says, seats: Iterable[int], number: int = 0, on: date | None = None) -> int:
    """Announce it to these places; how many were not told yet. `number` tells one such message from the next."""
    key = f"{says.value}:{number}" if number else says.value
    return sum(announce(Kind.GROUP_SEAT, seat, key=key, says=says, on=on) for seat in seats)


def moment_of(session: Session) -> Moment:
    """What of a session must not change unsaid."""
    return session.day, session.starts, session.ends, session.place, session.link


def places(actor: Actor, session: Session) -> list[int]:
    """The keys of all its places, of who waits too."""
    return [*Seat.objects.visible_to(actor).filter(session=session).values_list("pk", flat=True)]


def called_off(actor: Actor, session: Session) -> None:
    """Tell everybody, before the session is cancelled: from then on nobody of the service reads the list any more."""
    tell(Says.SEAT_OFF, places(actor, session))
    session.sequence, session.changed_at = session.sequence + 1, timezone.now()


def event_of(
    uid: str, day: date, starts: time, ends: time, *, sequence: int, changed: datetime, place: str = "", url: str = "",
    cancelled: bool = False,
) -> Event:  # fmt: skip
    """What a calendar keeps: when, and where if whoever asked for the file fetched it; never what is spoken of."""
    return Event(
        uid=identifier(uid), starts=instant(day, starts), ends=instant(day, ends), title=EVENT_TITLE,
        sequence=sequence, stamp=changed, place=place, url=url, cancelled=cancelled,
    )  # fmt: skip
