"""What falls due in the plans of my cases, for « Ma journée »: each line has a date, a reason and one act.

Read by the day's page. Dates that nobody verified say « à vérifier ».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from amarre.core.actor import Actor
from amarre.plans import queries
from amarre.plans.models import Application, Plan
from amarre.plans.procedures import ProcedureState
from amarre.plans.queries_papers import followed

SOON = timedelta(days=14)
_OVER = (ProcedureState.ENDED, ProcedureState.DROPPED)


@dataclass(frozen=True, slots=True)
class PlanDue:
    """One thing of a plan: the day, who, what, why, the one act."""

    on: date
    who: str
    what: str
    why: str
    act: str
    url: str


def plan_dues(actor: Actor, today: date) -> list[PlanDue]:
    """Written plans to hand over, reviews, my own actions, proposals, messages, delays of applications."""
    mine = queries.mine(actor, today + SOON)
    if not mine.plans:
        return []
    return [
        *_hand_overs(actor, mine, today),
        *_reviews(mine),
        *_actions(mine),
        *_from_people(mine, today),
        *_applications(actor, mine, today),
    ]


def _who(plan: Plan) -> str:
    return plan.person.full_name if plan.person else plan.case.number


def _hand_overs(actor: Actor, mine: queries.Mine, today: date) -> Iterator[PlanDue]:
    for plan, by in queries.to_hand_over(actor, mine.plans, today + SOON):
        url = reverse("staff:plan", args=[plan.case_id])
        why = "15 jours après le premier entretien, bonne pratique à vérifier."
        yield PlanDue(by, _who(plan), "remettre le projet écrit", why, "Ouvrir", url)


def _reviews(mine: queries.Mine) -> Iterator[PlanDue]:
    for plan in mine.reviews:
        if plan.review_on:
            url = reverse("staff:plan_review", args=[plan.case_id])
            yield PlanDue(plan.review_on, _who(plan), "point d’étape", "Convenu avec la personne.", "Faire", url)


def _actions(mine: queries.Mine) -> Iterator[PlanDue]:
    for action in mine.actions:
        plan = mine.plans[action.plan_id]
        url = reverse("staff:plan_action", args=[plan.case_id, action.pk])
        if action.due_on:
            yield PlanDue(action.due_on, _who(plan), action.what, "Votre part du projet.", "Ouvrir", url)


def _from_people(mine: queries.Mine, today: date) -> Iterator[PlanDue]:
    for goal in mine.proposals:
        plan = mine.plans[goal.plan_id]
        url = reverse("staff:plan_goal", args=[plan.case_id, goal.pk])
        yield PlanDue(today, _who(plan), "objectif proposé", "La personne attend votre réponse.", "Répondre", url)
    for plan_id, count in mine.messages.items():
        plan = mine.plans[plan_id]
        what = "un message" if count == 1 else f"{count} messages"
        url = reverse("staff:plan_messages", args=[plan.case_id])
        yield PlanDue(today, _who(plan), what, "Écrit dans son espace.", "Lire", url)


def _applications(actor: Actor, mine: queries.Mine, today: date) -> Iterator[PlanDue]:
    rows = Application.objects.visible_to(actor).filter(plan__in=mine.plans).exclude(state__in=_OVER)
    for found in followed(actor, rows.defer("words", "money")):
        for due in found.dues:
            if due.on > today + SOON:
                break
            plan = mine.plans[found.application.plan_id]
            why = due.why if due.firm else f"{due.why} À vérifier."
            url = reverse("staff:plan_procedure", args=[plan.case_id, found.application.pk])
            yield PlanDue(due.on, _who(plan), f"{found.label}\u00a0: {due.what}", why, "Ouvrir", url)
