"""What surrounds every page of this door: whom to call, and who is signed in.

Read by the settings (context processor) and the templates of the door. Runs inside the page's scope.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from amarre.core.actor import Actor, Door
from amarre.web.employer.mine import my_centre


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing elsewhere than at this door."""
    actor = request.META.get("AMARRE_ACTOR")
    if not isinstance(actor, Actor) or actor.door != Door.EMPLOYER:
        return {}
    centre = my_centre(request)
    here = {"centre_phone": centre.phone, "centre_hours": centre.hours} if centre else {}
    return {"who": actor.name, **here}
