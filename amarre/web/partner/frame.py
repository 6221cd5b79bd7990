"""What surrounds every page of this door: who is signed in, if somebody is.

Read by the settings (context processor) and the templates of the door.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from amarre.core.actor import Actor, Door


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing elsewhere than at this door."""
    actor = request.META.get("AMARRE_ACTOR")
    if not isinstance(actor, Actor) or actor.door != Door.PARTNER:
        return {}
    return {"who": actor.name}
