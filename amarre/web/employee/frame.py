"""What surrounds every page of the space: whom to call. The languages are `web.ui.speech`’s.

Read by the settings (context processor) and the templates of the space. Runs inside the page's scope.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from amarre.core.actor import Actor, Door
from amarre.plans.queries import my_plans, my_worker, shared_with_me


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing elsewhere than in the space."""
    if not request.path_info.startswith("/espace/"):
        return {}
    found: dict[str, Any] = {}
    actor = request.META.get("AMARRE_ACTOR")
    if isinstance(actor, Actor) and actor.door == Door.PERSON:
        worker = request.META.get("AMARRE_WORKER", False)
        if worker is False:
            worker = _worker(actor)
        if worker:
            found |= {"centre_phone": worker.phone, "centre_hours": worker.hours, "worker": worker}
    return found


def _worker(actor: Actor) -> Any:
    plans = my_plans(actor)
    if plans:
        return my_worker(plans[0].pk)
    shared = shared_with_me(actor)
    return my_worker(shared[0].plan_id) if shared else None
