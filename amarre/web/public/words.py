"""What several pages of this door say: the numbers to call, the centre's telephone, a line of the check page.

Read by the families of this door. Must not know what somebody answered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from amarre.core.actor import Actor
from amarre.organisations.models import Centre


class Row(NamedTuple):
    """One line of the check page, and the page that changes it."""

    label: str
    value: str
    step: str
    text: str = ""


def default_centre(actor: Actor) -> dict[str, Any]:
    """Whom to call while the right centre is not known yet."""
    centre = Centre.objects.visible_to(actor).filter(active=True).order_by("-is_default", "name").first()
    return {"centre_phone": centre.phone, "centre_hours": centre.hours} if centre else {}
