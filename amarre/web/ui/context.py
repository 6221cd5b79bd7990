"""What every page's frame needs: who, where, which way.

Read by the templates of every door. Must not know walled content: numbers shown here come from the door.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from amarre.core.actor import Actor
from amarre.web.ui.speech import languages


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor of the scope, the idle limit, and the languages of a page that speaks several."""
    actor = request.META.get("AMARRE_ACTOR")
    return {
        "actor": actor if isinstance(actor, Actor) else None,
        "idle_seconds": settings.AMARRE_IDLE_SECONDS,
        "demo": settings.AMARRE_ENV == "demo",
        **languages(request),
    }
