"""What is looked at and tried at work: observed, an idea, a trial, kept or not; the log that the company reads too.

Read by the URL configuration beside. The whole staff reads; social workers, coordinators and the health team write.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective import commands_shelf as commands
from amarre.collective import policy
from amarre.collective.models import Action, Improvement
from amarre.collective.states import TrialState
from amarre.core.actor import Actor
from amarre.organisations.models import Establishment
from amarre.organisations.queries import search_companies
from amarre.web.staff.collective.base import PASSED, crumbs, somebody, tabs
from amarre.web.staff.collective.shelf_forms import ConcludeForm, ImprovementForm, TryForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link, Tone

_PLACES, _MOST = 20, 100
_TONES: dict[str, Tone] = {"idea": "rope", "trial": "sea", "kept": "green", "dropped": "neutral"}


def _badge(row: Improvement) -> Badge:
    return Badge(row.get_state_display(), _TONES[row.state])


def log(request: HttpRequest) -> HttpResponse:
    """What goes on, then what was concluded."""
    actor = actor_of(request)
    rows = Improvement.objects.visible_to(actor).defer("observation", "idea", "indicators", "result")
    rows = rows.select_related("company", "establishment__company")
    going, over = [*rows.going_on()[:_MOST]], [*rows.exclude(ended_on=None).order_by("-ended_on")[:_MOST]]
    note_read(request, "improvement.list", count=len(going) + len(over), own=True)
    context = {
        "tabs": tabs("collective_log"),
        "going": [(row, _badge(row)) for row in going],
        "over": [(row, _badge(row)) for row in over],
        "may": policy.may_improve(actor),
    }
    return page(request, "staff/collective/log.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """What was observed: first where, then what."""
    actor = somebody(request, policy.may_improve)
    way = crumbs(Link("Travail\u00a0: essais", reverse("staff:collective_log")), Link("Noter"))
    words, chosen = request.GET.get("q", "").strip(), request.GET.get("lieu", "")
    places = Establishment.objects.visible_to(actor).filter(active=True).select_related("company")
    if not chosen.isdecimal():
        context: dict[str, Any] = {"crumbs": way, "words": words}
        if words:
            known = search_companies(actor, words, centre_id=None)
            context["places"] = [*places.filter(company__in=[*known[:_PLACES]])[:_PLACES]]
        return page(request, "staff/collective/where.html", context, status=status_of(request))
    place = visible_or_404(places, pk=int(chosen))
    source = _source(actor, request.GET.get("action", ""), place)
    desk = drafts.open_desk(request, actor, f"improvement-new:{place.pk}")
    form = ImprovementForm(request.POST or desk.initial())

    def act(data: dict[str, Any]) -> Improvement:
        return commands.open_improvement(actor=actor, company=place.company, establishment=place, action=source, **data)

    made = carry_out(request, form, act, desk=desk)
    if made is not None:
        return done(request, reverse("staff:collective_improvement", args=[made.pk]), "C’est noté au journal.")
    context = {"form": form, "desk": desk, "place": place, "crumbs": way, "title": "Noter ce qui a été observé"}
    return page(request, "staff/collective/new.html", context, status=status_of(request))


def _source(actor: Actor, chosen: str, place: Establishment) -> Action | None:
    """The action of that company during which it was observed, if one comes from it."""
    rows = Action.objects.visible_to(actor).filter(company=place.company_id)
    return rows.filter(pk=int(chosen)).first() if chosen.isdecimal() else None


def improvement(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the log; a POST begins its trial, or concludes it."""
    actor = actor_of(request)
    rows = Improvement.objects.visible_to(actor).select_related(
        "company", "establishment__company", "action", "opened_by"
    )
    row = visible_or_404(rows, pk=pk)
    if request.method == "POST":
        somebody(request, policy.may_improve)
    note_read(request, "improvement.read", row, own=True)
    here = reverse("staff:collective_improvement", args=[row.pk])
    form, desk = None, None
    opened = request.POST.get("state", row.state)
    trying = opened == TrialState.IDEA
    if policy.may_improve(actor) and opened in (TrialState.IDEA, TrialState.TRIAL):
        desk = drafts.open_desk(request, actor, f"improvement-{opened}:{row.pk}")
        data = request.POST or desk.initial()
        form = TryForm(data, initial={"idea": row.idea}) if trying else ConcludeForm(data)
        if opened != row.state:
            form.add_error(None, PASSED)
        act = commands.try_improvement if trying else commands.conclude_improvement
        if carry_out(request, form, lambda said: act(actor=actor, improvement=row, **said), desk=desk):
            return done(request, here, "L’essai est fixé." if trying else "Le résultat est noté.")
    context = {
        "row": row,
        "form": form,
        "desk": desk,
        "opened": opened,
        "badges": [_badge(row)],
        "crumbs": crumbs(Link("Travail\u00a0: essais", reverse("staff:collective_log")), Link(row.title)),
    }
    return page(request, "staff/collective/improvement.html", context, status=status_of(request))
