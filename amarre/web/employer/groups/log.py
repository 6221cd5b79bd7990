"""« Conditions de travail : ce qu’on essaie » — the workplace's own log, read by its contacts. Nobody is named.

Read by the URL configuration beside. A working condition belongs to a post, never to somebody.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.collective.models import Action, Improvement
from amarre.web.employer.mine import confirmed
from amarre.web.ui.http import note_read, page, visible_or_404
from amarre.web.ui.parts import Tone

_MOST = 100
TONES: dict[str, Tone] = {"idea": "neutral", "trial": "sea", "kept": "green", "dropped": "neutral"}


def improvement_list(request: HttpRequest) -> HttpResponse:
    """What goes on, then what was concluded."""
    actor, _ = confirmed(request)
    rows = Improvement.objects.visible_to(actor).defer("observation", "idea", "indicators", "result")
    rows = rows.select_related("company", "establishment__company")
    going, over = [*rows.going_on()[:_MOST]], [*rows.exclude(ended_on=None).order_by("-ended_on")[:_MOST]]
    note_read(request, "improvement.list", count=len(going) + len(over), own=True)
    context = {"going": [(row, TONES[row.state]) for row in going], "over": [(row, TONES[row.state]) for row in over]}
    return page(request, "employer/groups/log.html", context)


def improvement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was observed, the idea, the trial, what it gave."""
    actor, _ = confirmed(request)
    rows = Improvement.objects.visible_to(actor).select_related("company", "establishment__company")
    row = visible_or_404(rows, pk=pk)
    note_read(request, "improvement.read", row, own=True)
    wanted = [row.action_id] if row.action_id else []
    actions = Action.objects.visible_to(actor).filter(pk__in=wanted).only("pk", "title")
    context = {"row": row, "tone": TONES[row.state], "action": actions.order_by("pk").first()}
    return page(request, "employer/groups/improvement.html", context)
