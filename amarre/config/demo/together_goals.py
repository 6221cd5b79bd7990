"""Needs, goals, who does what, how it goes in each one's eyes; versions and reviews of the plan.

Read by `together`.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amarre.config.demo.together_project import Project, Row
from amarre.plans.models import Action, Comment, Goal, Need, Progress, Review, Version
from amarre.plans.paper import Sheet, SheetAction, SheetGoal
from amarre.plans.states import ActionState, AnsweredBy, GoalState, Owner, Regime, Side, VersionState

_PROTECTED = (Regime.ASSISTED, Regime.REINFORCED, Regime.GUARDIANSHIP, Regime.FAMILY)


def make_goals(project: Project) -> None:
    """Everything that the two want, do and say of it."""
    for row in project.all("needs"):
        need = Need(
            plan=project.row, title=project.say(row["title"]), author_id=project.lead, at=project.at(row),
            problem=row.get("problem", project.episode.theme.problem),
        )  # fmt: skip
        project.needs.append(project.world.add(need))
    for row in project.all("goals"):
        goal = _goal(project, row)
        actions = [_action(project, goal, action) for action in row.get("actions", ())]
        project.goals.append((goal, actions))
        for step in row.get("steps", ()):
            _step(project, goal, step)
        for comment in row.get("comments", ()):
            project.world.add(
                Comment(
                    plan=project.row, goal=goal, side=comment["side"], words=project.say(comment["words"]),
                    at=project.at(comment), author_id=project.author(comment),
                )
            )  # fmt: skip


def _goal(project: Project, row: Row) -> Goal:
    side = row.get("proposed_by", Side.WORKER)
    return project.world.add(
        Goal(
            plan=project.row, need=project.needs[row["need"]] if "need" in row else None,
            title=project.say(row["title"]), indicator=project.said(row, "indicator"),
            baseline=project.said(row, "baseline"), target=project.said(row, "target"), due_on=project.coming(row),
            owner=row["owner"], state=row.get("state", GoalState.UNDER_WAY), proposed_by=side,
            author_id=None if side == Side.PERSON else project.lead, at=project.at(row),
            settled_on=project.ago(row, "settled"),
        )
    )  # fmt: skip


def _action(project: Project, goal: Goal, row: Row) -> Action:
    state = next((s for s in (ActionState.DONE, ActionState.NOT_DONE) if s in row), ActionState.OPEN)
    return project.world.add(
        Action(
            plan=project.row, goal=goal, what=project.say(row["what"]), owner=row["owner"],
            third=project.said(row, "third"), due_on=project.by_then(row), state=state,
            settled_on=project.ago(row, state), settled_by=row.get("by", ""), why_not=project.said(row, "why_not"),
            proposed_by=Side.WORKER, at=project.at(row),
        )
    )  # fmt: skip


def _step(project: Project, goal: Goal, row: Row) -> None:
    project.world.add(
        Progress(
            plan=project.row, goal=goal, side=row["side"], value=row["value"], words=project.said(row, "words"),
            on=project.world.days.ago(row["ago"]), author_id=project.author(row),
        )
    )  # fmt: skip


def make_versions(project: Project) -> None:
    """The plan as it was frozen, what the person said of it, and the looks that were taken at it together."""
    for number, row in enumerate(project.all("versions"), start=1):
        answered = project.ago(row, "answered")
        at = project.at(row)
        project.world.add(
            Version(
                plan=project.row, number=number, content=_sheet(project, number, timezone.localdate(at)).to_json(),
                frozen_at=at, frozen_by_id=project.lead, state=row["state"], answered_on=answered,
                answered_how=row.get("how", ""), words=project.said(row, "words"),
                answered_by=row.get("answered_by", AnsweredBy.PERSON) if answered else "",
                heard_by_id=project.lead if answered and row["state"] != VersionState.PROPOSED else None,
                handed_on=project.ago(row, "handed"), handed_how=row.get("handed_how", []),
            )
        )  # fmt: skip
    for row in project.all("reviews"):
        project.world.add(
            Review(
                plan=project.row, on=project.world.days.ago(row["ago"]), kind=row["kind"],
                words=project.say(row["words"]), stays_open=project.said(row, "stays_open"),
                next_on=project.coming(row, "next"), author_id=project.lead,
            )
        )  # fmt: skip


def _sheet(project: Project, number: int, on: date) -> Sheet:
    """What was written on the day when it was frozen."""
    worker, plan = project.episode.worker, project.row
    person = plan.person.full_name if plan.person else ""
    protected = (plan.protector,) if plan.regime in _PROTECTED else ()
    goals = [
        SheetGoal(
            title=goal.title, indicator=goal.indicator or "", baseline=goal.baseline or "", target=goal.target or "",
            due_on=goal.due_on, owner=_who(project, goal.owner), actions=_done_by(project, actions, on),
        )
        for goal, actions in project.goals
        if timezone.localdate(goal.at) <= on and goal.state != GoalState.PROPOSED
    ]  # fmt: skip
    weeks = plan.rhythm_weeks or 0
    return Sheet(
        person=person, number=number, on=on, worker=project.world.users[worker.code].name, centre=worker.centre.name,
        phone=worker.centre.phone, hours=worker.centre.hours, goals=tuple(goals),
        needs=tuple(need.title for need in project.needs if timezone.localdate(need.at) <= on),
        rhythm="Un contact chaque semaine" if weeks == 1 else f"Un contact toutes les {weeks} semaines" * bool(weeks),
        review_on=plan.review_on, agreed="Proposé, pas encore d’accord",
        signatures=(person, *protected, project.world.users[worker.code].name),
    )  # fmt: skip


def _done_by(project: Project, actions: list[Action], on: date) -> tuple[SheetAction, ...]:
    return tuple(
        SheetAction(
            what=action.what, who=_who(project, action.owner, action.third), due_on=action.due_on,
            done=action.state == ActionState.DONE and action.settled_on is not None and action.settled_on <= on,
        )
        for action in actions
        if timezone.localdate(action.at) <= on and action.state != ActionState.NOT_DONE
    )  # fmt: skip


def _who(project: Project, owner: str, third: str | None = None) -> str:
    plan, worker = project.row, project.episode.worker
    if owner == Owner.PERSON:
        return plan.person.full_name if plan.person else ""
    if owner == Owner.WORKER:
        return project.world.users[worker.code].name
    return third or "Nous deux"
