"""From the plan as it stands to the sheet that is frozen, shown, printed: in plain words, for the person.

Read by the views beside. What is agreed to is what was read: the sheet is frozen as it was shown.
"""

from __future__ import annotations

from typing import Literal

from django.utils import timezone

from amarre.plans.models import Action, Plan
from amarre.plans.paper import BudgetColumn, BudgetLine, BudgetSheet, Sheet, SheetAction, SheetGoal
from amarre.plans.queries import Whole
from amarre.plans.queries_papers import Counted
from amarre.plans.states import ActionState, Owner, Regime, ReviewKind
from amarre.web.staff.plans.base import Here

_KINDS: tuple[Literal["resource", "charge", "debt"], ...] = ("resource", "charge", "debt")
_OWNERS = {Owner.BOTH: "Nous deux"}


def _who(action_owner: str, third: str | None, person: str, worker: str) -> str:
    if action_owner == Owner.THIRD:
        return third or "Quelqu’un d’autre"
    return {Owner.PERSON: person, Owner.WORKER: worker}.get(Owner(action_owner), _OWNERS[Owner.BOTH])


def _actions(actions: list[Action], person: str, worker: str) -> tuple[SheetAction, ...]:
    return tuple(
        SheetAction(
            what=a.what, who=_who(a.owner, a.third, person, worker), due_on=a.due_on, done=a.state == ActionState.DONE
        )
        for a in actions
        if a.state != ActionState.NOT_DONE
    )


def _rhythm(plan: Plan) -> str:
    if not plan.rhythm_weeks:
        return ""
    return (
        "Un contact chaque semaine" if plan.rhythm_weeks == 1 else f"Un contact toutes les {plan.rhythm_weeks} semaines"
    )


def signatures_of(plan: Plan, person: str, worker: str) -> tuple[str, ...]:
    """Who signs on paper; where the law protects the person, who assists or represents them too."""
    protected = plan.regime in (Regime.ASSISTED, Regime.REINFORCED, Regime.GUARDIANSHIP, Regime.FAMILY)
    return (person, *((plan.protector or "Qui assiste ou représente",) if protected else ()), worker)


def sheet_of(at: Here, whole: Whole, *, number: int, agreed: str = "Proposé, pas encore d’accord") -> Sheet:
    """The plan today: goals that go on, who does what, when one talks about it again."""
    case, plan = at.case, whole.plan
    person = case.person.full_name if case.person else "La personne"
    worker, centre = case.assignment.lead.name, case.assignment.centre
    goals = [
        SheetGoal(
            title=g.goal.title, indicator=g.goal.indicator or "", baseline=g.goal.baseline or "",
            target=g.goal.target or "", due_on=g.goal.due_on,
            owner=_who(g.goal.owner, None, person, worker), actions=_actions(g.actions, person, worker),
        )
        for g in whole.under_way
    ]  # fmt: skip
    if whole.loose:
        goals.append(SheetGoal(title="Et aussi", actions=_actions(whole.loose, person, worker)))
    balance = next((r for r in whole.reviews if r.kind == ReviewKind.BALANCE and r.stays_open), None)
    return Sheet(
        person=person, number=number, on=timezone.localdate(), worker=worker, centre=centre.name, phone=centre.phone,
        hours=centre.hours, needs=tuple(n.title for n in whole.needs), goals=tuple(goals), rhythm=_rhythm(plan),
        review_on=plan.review_on, agreed=agreed, signatures=signatures_of(plan, person, worker),
        stays_open=tuple((balance.stays_open or "").splitlines()) if balance else (), notes=(),
    )  # fmt: skip


def budget_sheet(at: Here, columns: list[Counted], purpose: str) -> BudgetSheet:
    """One or two dates side by side, for a commission."""
    case = at.case
    return BudgetSheet(
        person=case.person.full_name if case.person else "La personne", worker=case.assignment.lead.name,
        centre=case.assignment.centre.name, phone=case.assignment.centre.phone, purpose=purpose,
        columns=tuple(
            BudgetColumn(
                on=c.budget.on, label=c.budget.label, adults=c.budget.adults, children=c.budget.children,
                lines=tuple(BudgetLine(k, words, amount) for k in _KINDS for words, amount in c.of_kind(k)),
                resources=c.resources, charges=c.charges, debts=c.debts, remainder_month=c.left,
                remainder_day_person=c.a_day,
            )
            for c in columns
        ),
    )  # fmt: skip
