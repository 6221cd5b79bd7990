"""What several pages of this door say: the numbers to call, the centre's telephone, a line of the check page.

Read by the families of this door. Must not know what somebody answered.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from amarre.core.actor import Actor
from amarre.organisations.models import Centre, CrisisNumber
from amarre.organisations.queries import crisis_numbers

FIRST = ("112", "3114", "3919", "114")


class Row(NamedTuple):
    """One line of the check page, and the page that changes it."""

    label: str
    value: str
    step: str
    text: str = ""


class Urgent(NamedTuple):
    """The few numbers that everybody must see, the others, and the day since which all of them are known good."""

    first: list[CrisisNumber]
    others: list[CrisisNumber]
    checked_on: date | None


def urgent(actor: Actor) -> Urgent:
    """The numbers to call now. Too long a list is not read: a few come first, the others one touch away."""
    numbers = crisis_numbers(actor)
    first = sorted((n for n in numbers if n.number in FIRST), key=lambda n: FIRST.index(n.number)) or numbers[:3]
    days = [number.checked_on for number in numbers]
    known = [day for day in days if day is not None]
    checked_on = min(known) if known and len(known) == len(days) else None
    return Urgent(first, [number for number in numbers if number not in first], checked_on)


def default_centre(actor: Actor) -> dict[str, Any]:
    """Whom to call while the right centre is not known yet."""
    centre = Centre.objects.visible_to(actor).filter(active=True).order_by("-is_default", "name").first()
    return {"centre_phone": centre.phone, "centre_hours": centre.hours} if centre else {}
