"""My plan, on a telephone, one thing per page: what we agreed, what I want, what I do.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amarre.plans import commands, commands_goals, paper, queries
from amarre.plans.models import Action, Goal, Version
from amarre.plans.states import GoalState, Owner, Side, VersionState
from amarre.sharing.queries import asked_of_others
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.employee.plan import forms
from amarre.web.ui import drafts
from amarre.web.ui.files import attachment
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def plan(request: HttpRequest) -> HttpResponse:
    """The whole plan, in plain words."""
    actor, mine = my_plan(request)
    asked = asked_of_others(actor, mine)
    context = {"plan": mine, "whole": queries.whole(actor, mine), "asked": asked, "worker": worker_of(request, mine)}
    return page(request, "employee/plan/plan.html", context)


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what is proposed, and say yes or no; once answered, it can be read again."""
    actor, mine = my_plan(request)
    row = visible_or_404(Version.objects.visible_to(actor).select_related("plan"), pk=pk)
    sheet = paper.Sheet.from_json(row.content)
    waiting = row.state == VersionState.PROPOSED
    desk = drafts.open_desk(request, actor, f"version:{row.pk}")
    form = forms.AnswerForm(request.POST or desk.initial()) if waiting else None
    if form and carry_out(request, form, lambda d: commands.answer_version(actor=actor, version=row, **d), desk=desk):
        return done(request, reverse("employee:plan"), _("Votre réponse est enregistrée. Merci."))
    context = {"version": row, "sheet": sheet, "form": form, "desk": desk, "worker": worker_of(request, mine)}
    return page(request, "employee/plan/version.html", context, status=status_of(request))


def version_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper (PDF); `?grand=1` in large letters."""
    actor, _mine = my_plan(request)
    row = visible_or_404(Version.objects.visible_to(actor).select_related("plan"), pk=pk)
    content = paper.plan_pdf(paper.Sheet.from_json(row.content), large=bool(request.GET.get("grand")))
    return attachment(content, "mon-projet.pdf", "application/pdf")


def goal_new(request: HttpRequest) -> HttpResponse:
    """Propose a goal."""
    actor, mine = my_plan(request)
    desk = drafts.open_desk(request, actor, f"my-goal:{mine.pk}")
    form = forms.GoalForm(request.POST or desk.initial())
    if carry_out(
        request, form, lambda d: commands_goals.propose_goal(actor=actor, plan=mine, owner=Owner.PERSON, **d), desk=desk
    ):
        return done(request, reverse("employee:plan"), _("C’est proposé. On en parle ensemble."))
    return page(request, "employee/plan/goal_new.html", {"form": form, "desk": desk}, status=status_of(request))


def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """One goal: what was said of it, and what I say."""
    actor, mine = my_plan(request)
    row = visible_or_404(Goal.objects.visible_to(actor).of(mine), pk=pk)
    desk = drafts.open_desk(request, actor, f"my-comment:{row.pk}")
    form = forms.CommentForm(request.POST or desk.initial())
    if carry_out(
        request, form, lambda d: commands_goals.comment_goal(actor=actor, plan=mine, goal=row, **d), desk=desk
    ):
        return done(request, reverse("employee:goal", args=[row.pk]), _("C’est noté."))
    followed = next(g for g in queries.whole(actor, mine).goals if g.goal.pk == row.pk)
    context = {"followed": followed, "goal": row, "form": form, "desk": desk, "worker": worker_of(request, mine)}
    return page(request, "employee/plan/goal.html", context, status=status_of(request))


def goal_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How it goes, for me."""
    actor, mine = my_plan(request)
    row = visible_or_404(Goal.objects.visible_to(actor).of(mine).filter(state=GoalState.UNDER_WAY), pk=pk)
    form = forms.ProgressForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_goals.say_progress(actor=actor, plan=mine, goal=row, **d)):
        return done(request, reverse("employee:goal", args=[row.pk]), _("C’est noté."))
    return page(request, "employee/plan/progress.html", {"form": form, "goal": row}, status=status_of(request))


def goal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal that was proposed to me, or not."""
    actor, mine = my_plan(request)
    rows = Goal.objects.visible_to(actor).of(mine).filter(proposed_by=Side.WORKER, state=GoalState.PROPOSED)
    row = visible_or_404(rows.select_related("plan"), pk=pk)
    form = forms.AnswerForm(request.POST or None)
    if carry_out(
        request,
        form,
        lambda d: commands_goals.answer_goal(actor=actor, goal=row, accepted=d["agreed"], words=d["words"]),
    ):
        return done(request, reverse("employee:plan"), _("Votre réponse est enregistrée. Merci."))
    return page(request, "employee/plan/goal_answer.html", {"form": form, "goal": row}, status=status_of(request))


def action_new(request: HttpRequest) -> HttpResponse:
    """Note something that I will do."""
    actor, mine = my_plan(request)
    form = forms.ActionForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_goals.add_action(actor=actor, plan=mine, owner=Owner.PERSON, **d)):
        return done(request, reverse("employee:plan"), _("C’est noté."))
    return page(request, "employee/plan/action_new.html", {"form": form}, status=status_of(request))


def action(request: HttpRequest, pk: int) -> HttpResponse:
    """I did my part, or could not."""
    actor, mine = my_plan(request)
    rows = Action.objects.visible_to(actor).of(mine).filter(owner__in=[Owner.PERSON, Owner.BOTH])
    row = visible_or_404(rows.select_related("plan"), pk=pk)
    form = forms.SettleForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_goals.settle_action(actor=actor, action=row, **d)):
        return done(request, reverse("employee:plan"), _("C’est noté. Merci."))
    return page(request, "employee/plan/action.html", {"form": form, "action": row}, status=status_of(request))
