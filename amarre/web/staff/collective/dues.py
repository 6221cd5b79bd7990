"""What is due among collective actions, for « Ma journée »: one's own next steps, and wishes that nobody took up.

Read by the day's page.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from amarre.collective.models import Action
from amarre.collective.queries import board
from amarre.collective.states import GOING_ON, ActionState
from amarre.core.actor import Actor
from amarre.web.staff.collective.base import url_of
from amarre.web.staff.plans.dues import PlanDue

_AHEAD = timedelta(days=14)
_MOST = 50


def collective_dues(actor: Actor, today: date) -> list[PlanDue]:
    """One line for each action that has a step within two weeks; nobody is named but the workplace."""
    new = Q(lead=None, state=ActionState.REQUESTED, centre__in=actor.centres)
    rows = Action.objects.visible_to(actor).filter(state__in=GOING_ON).filter(Q(lead=actor.user_id) | new)
    rows = rows.select_related("company", "establishment__company").defer("need", "discussion", "report", "look_back")
    return [
        PlanDue(
            on=step.due,
            who=action.where,
            what=f"{step.words[:1].lower()}{step.words[1:]}",
            why=f"{action.title}."
            if action.lead_id
            else f"{action.title}\u00a0: personne ne suit encore cette demande.",
            act="Voir",
            url=url_of(action),
        )
        for action, step in board(actor, rows[:_MOST])
        if step.due is not None and step.due <= today + _AHEAD
    ]
