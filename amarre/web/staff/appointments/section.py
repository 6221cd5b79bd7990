"""The appointments of a case, as its page shows them: to come, waiting for the person's choice, past.

Read by the page of the case.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from amarre.appointments import queries
from amarre.appointments.models import Booking
from amarre.appointments.states import BookingState
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.web.ui.parts import Tone

_CONCLUDED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """One appointment: where it stands, as words; whether it waits to be concluded."""

    row: Booking
    words: str
    tone: Tone
    act: bool = False
    to_come: bool = False


def meetings_of(actor: Actor, case: Case) -> list[Meeting]:
    """The next first, then who must choose, then what is to be concluded, then the last ones; one statement."""
    found: dict[str, list[Meeting]] = {"next": [], "invited": [], "settle": [], "past": []}
    now = timezone.now()
    for row in queries.of_case(actor, case):
        place, meeting = _stands(row, now.timestamp())
        if place:
            found[place].append(meeting)
    return [*reversed(found["next"]), *found["invited"], *found["settle"], *found["past"][:_CONCLUDED_SHOWN]]


def _stands(row: Booking, now: float) -> tuple[str, Meeting]:
    meeting = row.appointment
    matter = getattr(row, "matter", None)
    if row.state == BookingState.INVITED and row.expires_at.timestamp() > now:
        return "invited", Meeting(row, "la personne doit choisir", "rope")
    if row.state == BookingState.CANCELLED or meeting is None:
        return "", Meeting(row, "", "neutral")
    if meeting.ends_at.timestamp() > now and not (matter and matter.outcome):
        begun = meeting.starts_at.timestamp() <= now
        return "next", Meeting(row, "en ce moment" if begun else "à venir", "sea", act=begun, to_come=True)
    if matter is not None and matter.outcome:
        return "past", Meeting(row, matter.get_outcome_display().lower(), "neutral")
    return "settle", Meeting(row, "à conclure", "rope", act=True)
