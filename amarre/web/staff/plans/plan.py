"""The plan on one page; its needs, its rhythm, its reviews.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.organisations.queries import choices, labels
from amarre.plans import commands, commands_goals, queries
from amarre.plans.models import Need
from amarre.plans.states import ReviewKind
from amarre.sharing.queries import asked_of_others
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.forms import NeedForm, ReviewForm, RhythmForm
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Needs, goals, actions, versions and reviews: what was built together, on one page."""
    at = here(request, pk)
    whole = queries.whole(at.actor, at.plan) if at.plan else None
    by = queries.hand_over_by(at.actor, at.plan, whole.versions) if at.plan and whole else None
    context = at.head(
        "plan", whole=whole, hand_over_by=by, late=by is not None and by < timezone.localdate(),
        problems=labels(at.actor, "problem")["problem"],
        asked=asked_of_others(at.actor, at.plan) if at.plan else [],
    )  # fmt: skip
    return page(request, "staff/plans/plan.html", context)


def _back(at: Here) -> str:
    return reverse("staff:plan", args=[at.case.pk])


def need_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a need down."""
    at = here_to_write(request, pk)
    form = NeedForm(choices(at.actor, "problem")["problem"], request.POST or None)
    if carry_out(request, form, lambda d: commands_goals.add_need(actor=at.actor, plan=at.begun(), **d)):
        return done(request, _back(at), "Besoin noté.")
    return _form(request, at, form, "Noter un besoin", "Noter le besoin")


def need(request: HttpRequest, pk: int, need_pk: int) -> HttpResponse:
    """Correct a need, or take it away."""
    at = here_to_write(request, pk)
    row = visible_or_404(Need.objects.visible_to(at.actor).filter(plan__case_id=at.case.pk), pk=need_pk)
    initial = {"title": row.title, "problem": row.problem}
    form = NeedForm(choices(at.actor, "problem")["problem"], request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Need:
        remove = "remove" in request.POST
        return commands_goals.edit_need(actor=at.actor, plan=at.begun(), need=row, remove=remove, **data)

    if carry_out(request, form, act):
        return done(request, _back(at), "C’est enregistré.")
    return _form(request, at, form, "Corriger un besoin", "Enregistrer", removable=True)


def rhythm(request: HttpRequest, pk: int) -> HttpResponse:
    """How often one meets, perhaps closer for a time."""
    at = here_to_write(request, pk)
    initial = {}
    if at.plan:
        initial = {
            "weeks": at.plan.rhythm_weeks,
            "until": at.plan.rhythm_until,
            "reason_words": at.plan.rhythm_reason,
            "review_on": at.plan.review_on,
        }
    form = RhythmForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda d: commands.agree_rhythm(actor=at.actor, plan=at.begun(), **d)):
        return done(request, _back(at), "Rythme enregistré.")
    return _form(request, at, form, "Rythme et prochain point", "Enregistrer")


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a review, or the balance at the end."""
    at = here_to_write(request, pk)
    desk = drafts.open_desk(request, at.actor, f"plan-review:{at.case.pk}")
    initial = {"kind": ReviewKind.BALANCE if request.GET.get("bilan") else ReviewKind.PERIODIC}
    form = ReviewForm(request.POST or desk.initial(), initial=initial)
    if carry_out(request, form, lambda d: commands.hold_review(actor=at.actor, plan=at.begun(), **d), desk=desk):
        return done(request, _back(at), "C’est noté.")
    whole = queries.whole(at.actor, at.plan) if at.plan else None
    context = at.head("plan", form=form, desk=desk, whole=whole)
    return page(request, "staff/plans/review.html", context, status=status_of(request))


def _form(request: HttpRequest, at: Here, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    context = at.head("plan", form=form, title=title, button=button, back=_back(at), **more)
    return page(request, "staff/plans/form.html", context, status=status_of(request))
