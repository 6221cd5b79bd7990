"""What was built with the person, as lines of the case's story, and the plan at a glance beside it.

Read by the staff door, which lays them among the notes. Must not know the notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from amarre.core.actor import Actor
from amarre.core.paper import euros
from amarre.plans.models import Action, Budget, Filling, Goal, Plan, Progress, Review, Version
from amarre.plans.queries_grids import opened
from amarre.plans.queries_papers import Counted
from amarre.plans.states import ActionState, GoalState, Side


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story: when, what (already in words), and the key of the row it tells about."""

    on: date
    order: int
    kind: str
    title: str
    words: str
    key: int
    code: str = ""


def story(actor: Actor, plan: Plan) -> list[Line]:
    """Versions, grids, reviews and budgets of a plan; four statements, whatever their number."""
    return [*_versions(actor, plan), *_fillings(actor, plan), *_reviews(actor, plan), *_budgets(actor, plan)]


def _versions(actor: Actor, plan: Plan) -> list[Line]:
    found = []
    for row in Version.objects.visible_to(actor).of(plan).defer("content"):
        title = f"Projet, version {row.number}"
        said = row.get_state_display()
        if row.answered_on:
            how = row.get_answered_how_display()
            found.append(Line(row.answered_on, row.pk + 1, "version", f"{title}\u00a0: {said}", how, row.pk))
        if row.handed_on:
            found.append(Line(row.handed_on, row.pk + 2, "version", f"{title}, remise", "", row.pk))
        if not row.answered_on:
            found.append(Line(row.frozen_at.date(), row.pk, "version", title, said, row.pk))
    return found


def _fillings(actor: Actor, plan: Plan) -> list[Line]:
    found = []
    for row in Filling.objects.visible_to(actor).of(plan).exclude(finished_on=None):
        read = opened(actor, row)
        score = read.result.score
        who = "point de vue de la personne" if row.side == Side.PERSON else "point de vue du service social"
        words = who if score is None else f"{score}".replace(".", ",") + f" · {who}"
        if row.finished_on:
            title = f"Grille remplie\u00a0: {read.grid.short}"
            found.append(Line(row.finished_on, row.pk, "grid", title, words, row.pk, read.grid.code))
    return found


def _reviews(actor: Actor, plan: Plan) -> list[Line]:
    rows = Review.objects.visible_to(actor).of(plan)
    return [Line(row.on, row.pk, "review", row.get_kind_display(), row.words, row.pk) for row in rows]


def _budgets(actor: Actor, plan: Plan) -> list[Line]:
    return [
        Line(
            row.on, row.pk, "budget", f"Budget{' · ' + row.label if row.label else ''}",
            f"Reste à vivre\u00a0: {euros(Counted(row).a_day)} par jour et par personne.", row.pk,
        )
        for row in Budget.objects.visible_to(actor).of(plan)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glance:
    """A goal beside the story: its last progress on each side, and how many actions are done."""

    goal: Goal
    person: int | None
    worker: int | None
    done: int
    of: int


def glance(actor: Actor, plan: Plan) -> list[Glance]:
    """The goals under way, in three statements."""
    goals = list(Goal.objects.visible_to(actor).of(plan).filter(state=GoalState.UNDER_WAY))
    last: dict[tuple[int, str], int] = {}
    for goal_id, side, value in (
        Progress.objects.visible_to(actor).of(plan).order_by("on", "id").values_list("goal_id", "side", "value")
    ):
        last[goal_id, side] = value
    rows = Action.objects.visible_to(actor).of(plan).order_by().values("goal_id")
    counts = {
        row["goal_id"]: (row["done"], row["of"])
        for row in rows.annotate(of=Count("id"), done=Count("id", filter=Q(state=ActionState.DONE)))
    }
    return [
        Glance(g, last.get((g.pk, Side.PERSON)), last.get((g.pk, Side.WORKER)), *counts.get(g.pk, (0, 0)))
        for g in goals
    ]
