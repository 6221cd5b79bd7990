"""Goals and actions: proposed, reworded, followed from both sides, settled.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.plans import commands_goals, queries
from amarre.plans.commands_goals import GoalChanged
from amarre.plans.models import Action, Goal, Need
from amarre.plans.states import LIVE_GOALS, GoalState
from amarre.web.staff.plans import forms
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.ui import drafts
from amarre.web.ui.fields import say_version
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def _plan_url(at: Here) -> str:
    return reverse("staff:plan", args=[at.case.pk])


def _goal_url(at: Here, goal: Goal) -> str:
    return reverse("staff:plan_goal", args=[at.case.pk, goal.pk])


def _goal(at: Here, goal_pk: int) -> Goal:
    if at.plan is None:
        raise Http404
    return visible_or_404(Goal.objects.visible_to(at.actor).of(at.plan).select_related("plan", "need"), pk=goal_pk)


def _needs(at: Here) -> list[Need]:
    return list(Need.objects.visible_to(at.actor).of(at.plan)) if at.plan else []


def _chosen(at: Here, data: dict[str, Any]) -> dict[str, Any]:
    """The need by its key, as a row."""
    chosen = next((n for n in _needs(at) if n.pk == data["need"]), None)
    return {**data, "need": chosen}


def goal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal: chosen together, or proposed to the person."""
    at = here_to_write(request, pk)
    desk = drafts.open_desk(request, at.actor, f"plan-goal:{at.case.pk}")
    need = request.GET.get("besoin", "")
    initial = {"need": int(need) if need.isdecimal() else None}
    form = forms.GoalForm(_needs(at), request.POST or desk.initial(), initial=initial)
    if carry_out(
        request,
        form,
        lambda d: commands_goals.propose_goal(actor=at.actor, plan=at.begun(), **_chosen(at, d)),
        desk=desk,
    ):
        return done(request, _plan_url(at), "Objectif enregistré.")
    context = at.head("plan", form=form, desk=desk, title="Un objectif", button="Enregistrer", back=_plan_url(at))
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def goal(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """One goal, followed: how it goes for each, what was said, who does what."""
    at = here(request, pk)
    row = _goal(at, goal_pk)
    whole = queries.whole(at.actor, row.plan)
    followed = next(g for g in whole.goals if g.goal.pk == row.pk)
    context = at.head(
        "plan", goal=row, followed=followed, live=row.state in LIVE_GOALS, progress=forms.ProgressForm(prefix="p"),
        comment=forms.CommentForm(prefix="c"), close=forms.CloseGoalForm(prefix="f"),
    )  # fmt: skip
    return page(request, "staff/plans/goal.html", context)


def goal_edit(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """Reword it; what somebody else wrote meanwhile is shown beside."""
    at = here_to_write(request, pk)
    row = _goal(at, goal_pk)
    desk = drafts.open_desk(request, at.actor, f"plan-goal-edit:{row.pk}")
    form = forms.GoalEditForm(_needs(at), request.POST or desk.initial(), initial=forms.GoalEditForm.values(row))
    theirs: list[Goal] = []

    def act(data: dict[str, Any]) -> Goal:
        try:
            return commands_goals.edit_goal(actor=at.actor, goal=row, **_chosen(at, data))
        except GoalChanged as changed:
            theirs.append(changed.goal)
            say_version(form, changed.goal.version)
            raise

    if carry_out(request, form, act, desk=desk):
        return done(request, _goal_url(at, row), "Objectif corrigé.")
    context = at.head(
        "plan", form=form, desk=desk, title="Corriger l’objectif", button="Enregistrer", back=_goal_url(at, row),
        theirs=theirs[0] if theirs else None,
    )  # fmt: skip
    return page(request, "staff/plans/form.html", context, status=status_of(request))


@require_POST
def goal_say(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """How it goes today: the person's view and mine, apart."""
    at = here_to_write(request, pk)
    row = _goal(at, goal_pk)
    form = forms.ProgressForm(request.POST, prefix="p")

    def act(data: dict[str, Any]) -> Goal:
        for side, value in form.said():
            commands_goals.say_progress(
                actor=at.actor, plan=row.plan, goal=row, value=value, side=side, words=data["words"], on=data["on"]
            )
        return row

    if carry_out(request, form, act):
        return done(request, _goal_url(at, row), "C’est noté.")
    return _again(request, at, row, form, "Comment ça avance", "Noter")


@require_POST
def goal_comment(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """Say something of it; the person reads it."""
    at = here_to_write(request, pk)
    row = _goal(at, goal_pk)
    form = forms.CommentForm(request.POST, prefix="c")
    if carry_out(request, form, lambda d: commands_goals.comment_goal(actor=at.actor, plan=row.plan, goal=row, **d)):
        return done(request, _goal_url(at, row), "C’est noté.")
    return _again(request, at, row, form, "Commenter l’objectif", "Enregistrer")


@require_POST
def goal_close(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """Reached, in part, given up; or taken up again."""
    at = here_to_write(request, pk)
    row = _goal(at, goal_pk)
    if "again" in request.POST:
        return _then(request, at, row, lambda: commands_goals.close_goal(
            actor=at.actor, goal=row, state=GoalState.UNDER_WAY), "L’objectif reprend.")  # fmt: skip
    form = forms.CloseGoalForm(request.POST, prefix="f")
    if carry_out(request, form, lambda d: commands_goals.close_goal(actor=at.actor, goal=row, **d)):
        return done(request, _goal_url(at, row), "C’est noté.")
    return _again(request, at, row, form, "Ce que l’objectif est devenu", "Noter")


@require_POST
def goal_answer(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    """Take up what the person proposed, or not."""
    at = here_to_write(request, pk)
    row = _goal(at, goal_pk)
    accepted = "accept" in request.POST
    sentence = "Objectif retenu." if accepted else "C’est noté. Dites à la personne pourquoi."
    return _then(
        request, at, row, lambda: commands_goals.answer_goal(actor=at.actor, goal=row, accepted=accepted), sentence
    )


def _then(request: HttpRequest, at: Here, row: Goal, act: Any, sentence: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _goal_url(at, row), sentence)


def _again(request: HttpRequest, at: Here, row: Goal, form: Any, title: str, button: str) -> HttpResponse:
    context = at.head("plan", form=form, title=title, button=button, back=_goal_url(at, row))
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what, by when."""
    at = here_to_write(request, pk)
    goals = list(Goal.objects.visible_to(at.actor).of(at.plan).filter(state__in=LIVE_GOALS)) if at.plan else []
    asked = request.GET.get("objectif", "")
    initial = {"goal": int(asked) if asked.isdecimal() else None}
    form = forms.ActionForm(goals, request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Action:
        chosen = next((g for g in goals if g.pk == data["goal"]), None)
        return commands_goals.add_action(actor=at.actor, plan=at.begun(), **{**data, "goal": chosen})

    if carry_out(request, form, act):
        return done(request, _plan_url(at), "Action notée.")
    context = at.head("plan", form=form, title="Qui fait quoi", button="Noter l’action", back=_plan_url(at))
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def action(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    """Reword an action, and say what became of it."""
    at = here_to_write(request, pk)
    if at.plan is None:
        raise Http404
    row = visible_or_404(Action.objects.visible_to(at.actor).of(at.plan).select_related("plan"), pk=action_pk)
    names = ("what", "owner", "third", "due_on", "state", "why_not")
    form = forms.ActionEditForm(request.POST or None, initial={name: getattr(row, name) for name in names})

    def act(data: dict[str, Any]) -> Action:
        worded = {name: data[name] for name in ("what", "owner", "third", "due_on")}
        commands_goals.edit_action(actor=at.actor, plan=row.plan, action=row, **worded)
        if (data["state"], data["why_not"]) != (row.state, row.why_not or ""):
            commands_goals.settle_action(actor=at.actor, action=row, state=data["state"], why_not=data["why_not"])
        return row

    if carry_out(request, form, act):
        return done(request, _plan_url(at), "C’est enregistré.")
    ask = f"{reverse('staff:sharing_compose', args=[pk])}?action={row.pk}"
    context = at.head("plan", form=form, title="Une action", button="Enregistrer", back=_plan_url(at), ask=ask)
    return page(request, "staff/plans/form.html", context, status=status_of(request))


@require_POST
def action_done(request: HttpRequest, pk: int, action_pk: int) -> HttpResponse:
    """Done, in one press."""
    at = here_to_write(request, pk)
    if at.plan is None:
        raise Http404
    row = visible_or_404(Action.objects.visible_to(at.actor).of(at.plan).select_related("plan"), pk=action_pk)
    sentence = "Fait."
    try:
        commands_goals.settle_action(actor=at.actor, action=row, state="done")
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _plan_url(at), sentence)
