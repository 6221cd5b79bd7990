"""Every write of needs, goals, progress, comments and actions.

Read by the doors. Both the person and the worker write here, each from their own side. Must not know HTTP.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.plans import policy
from amarre.plans.commands import require_going_on, tell_the_person
from amarre.plans.models import Action, Comment, Goal, Need, Plan, Progress
from amarre.plans.policy import side_of
from amarre.plans.states import LIVE_GOALS, ActionState, GoalState, Owner, Side

MOST_LIVE_GOALS = 12
"""More goals than anybody can keep in mind are not a plan."""


class GoalChanged(Refused):
    """Somebody else changed the goal since the page was opened; says what stands now."""

    def __init__(self, goal: Goal) -> None:
        super().__init__(
            "Cet objectif a été modifié pendant que vous l’aviez ouvert. Vos mots sont toujours là\u00a0: comparez-les "
            "avec ce qui est enregistré, puis enregistrez de nouveau."
        )
        self.goal = goal


def _author(actor: Actor) -> int | None:
    return actor.account_id if actor.door == Door.STAFF else None


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"Il manque {what}. Quelques mots suffisent.")
    return text.strip()


@command("need.add", allowed=policy.may_build)
def add_need(*, actor: Actor, plan: Plan, title: str, problem: str = "") -> Need:
    """Write a need down, in the person's words when they have some."""
    require_going_on(actor, plan)
    need = Need(
        plan=plan, title=_said(title, "le besoin"), problem=problem, author_id=actor.account_id, at=timezone.now()
    )
    need.save()
    return need


@command("need.edit", allowed=policy.may_build)
def edit_need(*, actor: Actor, plan: Plan, need: Need, title: str, problem: str = "", remove: bool = False) -> Need:
    """Correct a need, or take it away; its goals stay."""
    if need.plan_id != plan.pk:
        raise Refused("Ce besoin n’est pas de ce projet.")
    if remove:
        need.delete()
        return need
    need.title, need.problem, need.version = _said(title, "le besoin"), problem, need.version + 1
    need.save()
    return need


@command("goal.propose", allowed=policy.may_take_part)
def propose_goal(
    *, actor: Actor, plan: Plan, title: str, indicator: str = "", baseline: str = "", target: str = "",
    due_on: date | None = None, owner: str = Owner.BOTH, need: Need | None = None, together: bool = False,
) -> Goal:  # fmt: skip
    """Propose a goal. `together`: both chose it in the same room, it is under way at once; the worker alone says so."""
    require_going_on(actor, plan)
    if Goal.objects.visible_to(actor).of(plan).filter(state__in=LIVE_GOALS).count() >= MOST_LIVE_GOALS:
        raise Refused("Il y a déjà beaucoup d’objectifs en cours. Terminez-en un avant d’en ajouter.")
    if need is not None and need.plan_id != plan.pk:
        raise Refused("Ce besoin n’est pas de ce projet.")
    side = side_of(actor)
    goal = Goal(
        plan=plan, need=need, title=_said(title, "l’objectif"), indicator=indicator.strip() or None,
        baseline=baseline.strip() or None, target=target.strip() or None, due_on=due_on, owner=owner,
        state=GoalState.UNDER_WAY if together and side == Side.WORKER else GoalState.PROPOSED, proposed_by=side,
        author_id=_author(actor), at=timezone.now(),
    )  # fmt: skip
    goal.save()
    if goal.state == GoalState.PROPOSED and side == Side.WORKER:
        tell_the_person(plan)
    return goal


def _held(actor: Actor, goal: Goal) -> Goal:
    return Goal.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan").get(pk=goal.pk)


@command("goal.edit", allowed=policy.may_edit_goal)
def edit_goal(
    *, actor: Actor, goal: Goal, version: int, title: str, indicator: str = "", baseline: str = "", target: str = "",
    due_on: date | None = None, owner: str = Owner.BOTH, need: Need | None = None,
) -> Goal:  # fmt: skip
    """Reword a goal. Raises `GoalChanged` when it was changed since `version`."""
    current = _held(actor, goal)
    if current.version != version:
        raise GoalChanged(current)
    if current.state not in LIVE_GOALS:
        raise Refused("Cet objectif est terminé\u00a0: il ne change plus.")
    if need is not None and need.plan_id != current.plan_id:
        raise Refused("Ce besoin n’est pas de ce projet.")
    current.title, current.indicator = _said(title, "l’objectif"), indicator.strip() or None
    current.baseline, current.target = baseline.strip() or None, target.strip() or None
    current.due_on, current.owner, current.need = due_on, owner, need
    current.version += 1
    current.save(update_fields=["title", "indicator", "baseline", "target", "due_on", "owner", "need", "version"])
    return current


@command("goal.accept", allowed=policy.may_answer_goal)
def answer_goal(*, actor: Actor, goal: Goal, accepted: bool, words: str = "") -> Goal:
    """The other side takes a proposed goal up, or not; what they say of it stays beside the goal."""
    current = _held(actor, goal)
    if current.state != GoalState.PROPOSED:
        raise Refused("Cet objectif n’attend plus de réponse.")
    current.state = GoalState.UNDER_WAY if accepted else GoalState.DECLINED
    current.settled_on = None if accepted else timezone.localdate()
    current.version += 1
    current.save(update_fields=["state", "settled_on", "version"])
    if words.strip():
        _say(actor, current, words)
    return current


@command("goal.close", allowed=policy.may_edit_goal)
def close_goal(*, actor: Actor, goal: Goal, state: str) -> Goal:
    """A goal is reached, reached in part, or given up; or taken up again."""
    current = _held(actor, goal)
    if state not in (GoalState.REACHED, GoalState.PARTLY, GoalState.ABANDONED, GoalState.UNDER_WAY):
        raise Refused("Choisissez ce que l’objectif est devenu.")
    if not policy.may_edit_goal(actor, current):
        raise GoalChanged(current)
    if current.state == state:
        raise Refused("C’est déjà ce qui est écrit.")
    if current.state == GoalState.PROPOSED and state != GoalState.ABANDONED:
        raise Refused(
            "Cet objectif attend encore une réponse\u00a0: il peut être abandonné, pas encore commencé ni atteint."
        )
    current.state = state
    current.settled_on = None if state == GoalState.UNDER_WAY else timezone.localdate()
    current.version += 1
    current.save(update_fields=["state", "settled_on", "version"])
    return current


@command("goal.progress", allowed=policy.may_take_part)
def say_progress(
    *, actor: Actor, plan: Plan, goal: Goal, value: int, side: str = "", words: str = "", on: date | None = None
) -> Progress:
    """How it goes, from −2 (much worse) to +2 (much better). The worker may write down the person's own view."""
    if goal.plan_id != plan.pk:
        raise Refused("Cet objectif n’est pas de ce projet.")
    mine = side_of(actor)
    if mine == Side.PERSON and side == Side.WORKER:
        raise Refused("Vous parlez pour vous seulement.")
    if not -2 <= value <= 2:
        raise Refused("Choisissez de −2 à +2.")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("La date est dans l’avenir. Indiquez aujourd’hui ou un jour passé.")
    step = Progress(
        plan=plan, goal=goal, side=side or mine, value=value, words=words.strip() or None, on=day,
        author_id=_author(actor),
    )  # fmt: skip
    step.save()
    return step


@command("goal.comment", allowed=policy.may_take_part)
def comment_goal(*, actor: Actor, plan: Plan, goal: Goal, words: str) -> Comment:
    """Say something of a goal; the other side reads it."""
    if goal.plan_id != plan.pk:
        raise Refused("Cet objectif n’est pas de ce projet.")
    return _say(actor, goal, _said(words, "le commentaire"))


def _say(actor: Actor, goal: Goal, words: str) -> Comment:
    comment = Comment(
        plan_id=goal.plan_id, goal=goal, side=side_of(actor), words=words.strip(), at=timezone.now(),
        author_id=_author(actor),
    )  # fmt: skip
    comment.save()
    return comment


@command("action.add", allowed=policy.may_take_part)
def add_action(
    *, actor: Actor, plan: Plan, what: str, owner: str, goal: Goal | None = None, due_on: date | None = None,
    third: str = "",
) -> Action:  # fmt: skip
    """Who does what, by when. The person gives themselves something to do; nobody else."""
    require_going_on(actor, plan)
    if goal is not None and goal.plan_id != plan.pk:
        raise Refused("Cet objectif n’est pas de ce projet.")
    if side_of(actor) == Side.PERSON and owner != Owner.PERSON:
        raise Refused("Vous pouvez noter ce que vous ferez. Pour demander quelque chose, écrivez un message.")
    if owner == Owner.THIRD and not third.strip():
        raise Refused("Dites qui le fera.")
    action = Action(
        plan=plan, goal=goal, what=_said(what, "ce qui est à faire"), owner=owner, third=third.strip() or None,
        due_on=due_on, proposed_by=side_of(actor), at=timezone.now(),
    )  # fmt: skip
    action.save()
    return action


@command("action.edit", allowed=policy.may_build)
def edit_action(
    *, actor: Actor, plan: Plan, action: Action, what: str, owner: str, due_on: date | None = None, third: str = ""
) -> Action:
    """Reword what is to be done, or give it another day."""
    if action.plan_id != plan.pk:
        raise Refused("Cette action n’est pas de ce projet.")
    if owner == Owner.THIRD and not third.strip():
        raise Refused("Dites qui le fera.")
    action.what, action.owner, action.due_on = _said(what, "ce qui est à faire"), owner, due_on
    action.third, action.version = third.strip() or None, action.version + 1
    action.save(update_fields=["what", "owner", "due_on", "third", "version"])
    return action


@command("action.settle", allowed=policy.may_settle_action)
def settle_action(*, actor: Actor, action: Action, state: str, why_not: str = "") -> Action:
    """Done, or not done and why; or to do again."""
    rows = Action.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan")
    current = rows.get(pk=action.pk)
    if state not in ActionState.values:
        raise Refused("Dites si c’est fait, pas fait, ou encore à faire.")
    current.state = state
    again = state == ActionState.OPEN
    current.settled_on, current.settled_by = (None, "") if again else (timezone.localdate(), side_of(actor))
    current.why_not = why_not.strip() or None if state == ActionState.NOT_DONE else None
    current.version += 1
    current.save(update_fields=["state", "settled_on", "settled_by", "why_not", "version"])
    return current
