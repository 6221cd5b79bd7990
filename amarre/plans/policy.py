"""Who may do what in a plan: its members, and the person.

Read by the commands of the room and the doors. Who sees which rows is in `policy_rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amarre.cases.policy import is_member
from amarre.core.actor import Actor, Door
from amarre.plans.states import GoalState, Side

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.plans.models_goals import Action, Goal
    from amarre.plans.models_grids import Filling
    from amarre.plans.models_papers import Document
    from amarre.plans.models_plan import Companion, Plan, Version
    from amarre.plans.models_talk import WorkerChange


def is_the_person(actor: Actor, plan: Plan) -> bool:
    """The person whose plan it is, in their own space."""
    return actor.door == Door.PERSON and actor.person_id is not None and plan.person_id == actor.person_id


def side_of(actor: Actor) -> str:
    """Whose view somebody writes from."""
    return Side.PERSON if actor.door == Door.PERSON else Side.WORKER


def may_start(actor: Actor, case: Case) -> bool:
    """A member of the case begins the plan."""
    return is_member(actor, case.pk)


def may_build(actor: Actor, plan: Plan) -> bool:
    """What the worker keeps: needs, reviews, applications, budget, frozen versions."""
    return is_member(actor, plan.case_id)


def may_take_part(actor: Actor, plan: Plan) -> bool:
    """What both do: goals, progress, comments, actions, documents, messages."""
    return is_the_person(actor, plan) or is_member(actor, plan.case_id)


def is_own(actor: Actor, plan: Plan) -> bool:
    """What the person alone does, from their space."""
    return is_the_person(actor, plan)


def may_edit_goal(actor: Actor, goal: Goal) -> bool:
    """The worker edits goals; the person, a goal that they proposed, until it is taken up."""
    if is_the_person(actor, goal.plan):
        return goal.proposed_by == Side.PERSON and goal.state == GoalState.PROPOSED
    return is_member(actor, goal.plan.case_id)


def may_answer_goal(actor: Actor, goal: Goal) -> bool:
    """A proposal is taken up or not by the other side."""
    if is_the_person(actor, goal.plan):
        return goal.proposed_by == Side.WORKER
    return is_member(actor, goal.plan.case_id)


def may_settle_action(actor: Actor, action: Action) -> bool:
    """Both say that something was done, or why not."""
    return may_take_part(actor, action.plan)


def may_answer_version(actor: Actor, version: Version) -> bool:
    """The person answers in their space; the worker writes down what was signed or said."""
    return may_take_part(actor, version.plan)


def may_fill(actor: Actor, filling: Filling) -> bool:
    """The person fills what is asked of them; the worker fills with them, or from their own point of view."""
    if is_the_person(actor, filling.plan):
        return filling.side == Side.PERSON
    return is_member(actor, filling.plan.case_id)


def may_start_filling(actor: Actor, plan: Plan, side: str) -> bool:
    """The person speaks for themselves alone."""
    if is_the_person(actor, plan):
        return side == Side.PERSON
    return is_member(actor, plan.case_id)


def may_remove_document(actor: Actor, document: Document) -> bool:
    """Each side takes back what it sent."""
    return may_take_part(actor, document.plan) and document.side == side_of(actor)


def may_read_document(actor: Actor, document: Document) -> bool:
    """Who sees the row may open the file."""
    return may_take_part(actor, document.plan)


def may_name_companion(actor: Actor, plan: Plan) -> bool:
    """The person names somebody close, or has their worker write it down."""
    return may_take_part(actor, plan)


def may_end_companion(actor: Actor, companion: Companion) -> bool:
    """So is it taken back."""
    return may_take_part(actor, companion.plan)


def may_settle_change(actor: Actor, change: WorkerChange) -> bool:
    """A coordinator of the centre answers a wish for another worker."""
    return actor.door == Door.STAFF and actor.has("coordinator") and change.centre_id in actor.centres


def may_keep_grids(actor: Actor) -> bool:
    """Grids and the catalogue of procedures are the service's own settings."""
    return actor.door == Door.STAFF and actor.has("service_admin", "coordinator")


def may_open_space(actor: Actor, plan: Plan) -> bool:
    """A member opens the person's space, with them."""
    return is_member(actor, plan.case_id)
