"""The person's own plan, found once for each page, once it is written down that it was opened.

Read by the views of this door.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from amarre.core.actor import Actor
from amarre.plans.models import Plan
from amarre.plans.queries import MyWorker, my_plans, my_worker
from amarre.web.ui.http import actor_of, note_read


def my_plan(request: HttpRequest, verb: str = "plan.read") -> tuple[Actor, Plan]:
    """The newest plan of the person; 404 for somebody who has none."""
    actor = actor_of(request)
    found = my_plans(actor)
    if not found:
        raise Http404
    note_read(request, verb, found[0])
    return actor, found[0]


def worker_of(request: HttpRequest, plan: Plan) -> MyWorker | None:
    """Who accompanies the person; the frame of the page reads it there."""
    worker = my_worker(plan.pk)
    request.META["AMARRE_WORKER"] = worker
    return worker
