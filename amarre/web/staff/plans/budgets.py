"""The household's budget at its dates: written, compared, printed for a commission.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.plans import commands_papers, paper
from amarre.plans.models import Budget
from amarre.plans.queries_papers import Counted, budgets
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.papers_forms import SUGGESTED, BudgetForm
from amarre.web.staff.plans.sheets import budget_sheet
from amarre.web.ui import drafts
from amarre.web.ui.files import attachment
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def _url(at: Here) -> str:
    return reverse("staff:plan_budgets", args=[at.case.pk])


def _chosen(request: HttpRequest, found: list[Counted]) -> list[Counted]:
    """Two dates: those that were asked for, else the first and the last."""
    asked = {int(key) for key in request.GET.getlist("date") if key.isdecimal()}
    chosen = [c for c in found if c.budget.pk in asked]
    return chosen[:2] if chosen else ([found[0], found[-1]] if len(found) > 1 else found)


def budget_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Two dates side by side, and every date that was written."""
    at = here(request, pk, "budget.read")
    found = budgets(at.actor, at.plan) if at.plan else []
    context = at.head("plan_budgets", found=found, columns=_chosen(request, found))
    return page(request, "staff/plans/budgets.html", context)


def budget_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper (PDF), for a commission."""
    at = here(request, pk, "budget.read")
    found = budgets(at.actor, at.plan) if at.plan else []
    if not found:
        raise Http404
    content = paper.budget_pdf(budget_sheet(at, _chosen(request, found), "Pour une commission"))
    return attachment(content, "budget.pdf", "application/pdf")


def _typed(lines: list[tuple[str, str, Any]]) -> list[tuple[str, str, str]]:
    return [(kind, words, f"{amount}".replace(".", ",") if amount != "" else "") for kind, words, amount in lines]


def budget_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date; the lines of the last one are there already, to correct and not to type again."""
    at = here_to_write(request, pk, "budget.read")
    found = budgets(at.actor, at.plan) if at.plan else []
    last = found[-1] if found else None
    lines = _typed(last.lines) if last else [(kind, words, "") for kind, words in SUGGESTED]
    desk = drafts.open_desk(request, at.actor, f"plan-budget:{at.case.pk}")
    initial = {"adults": last.budget.adults, "children": last.budget.children} if last else {}
    form = BudgetForm(lines, request.POST or desk.initial(), initial=initial)
    if carry_out(
        request,
        form,
        lambda _d: commands_papers.write_budget(actor=at.actor, plan=at.begun(), **form.said()),
        desk=desk,
    ):
        return done(request, _url(at), "Budget enregistré.")
    return _page(request, at, form, desk, "Un budget")


def _row(at: Here, budget_pk: int) -> Budget:
    if at.plan is None:
        raise Http404
    return visible_or_404(Budget.objects.visible_to(at.actor).of(at.plan).select_related("plan"), pk=budget_pk)


def budget(request: HttpRequest, pk: int, budget_pk: int) -> HttpResponse:
    """Correct a budget."""
    at = here_to_write(request, pk, "budget.read")
    row = _row(at, budget_pk)
    desk = drafts.open_desk(request, at.actor, f"plan-budget-edit:{row.pk}")
    names = ("on", "label", "adults", "children", "version")
    initial = {name: getattr(row, name) for name in names}
    form = BudgetForm(_typed(Counted(row).lines), request.POST or desk.initial(), initial=initial)

    def act(data: dict[str, Any]) -> Budget:
        return commands_papers.write_budget(
            actor=at.actor, plan=row.plan, budget=row, version=data["version"], **form.said()
        )

    if carry_out(request, form, act, desk=desk):
        return done(request, _url(at), "Budget corrigé.")
    return _page(request, at, form, desk, "Corriger un budget", row=row)


def _page(request: HttpRequest, at: Here, form: BudgetForm, desk: Any, title: str, **more: Any) -> HttpResponse:
    context = at.head("plan_budgets", form=form, desk=desk, title=title, back=_url(at), **more)
    return page(request, "staff/plans/budget.html", context, status=status_of(request))


@require_POST
def budget_remove(request: HttpRequest, pk: int, budget_pk: int) -> HttpResponse:
    """Take away a budget that was written by mistake."""
    at = here_to_write(request, pk, "budget.read")
    row = _row(at, budget_pk)
    sentence = "Budget retiré."
    try:
        commands_papers.remove_budget(actor=at.actor, plan=row.plan, budget=row)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _url(at), sentence)
