"""The plan on one page, what falls due in my cases, and what a person's own page shows.

Read by the doors. Grids and papers have modules of their own. Must not know HTTP.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import Min, Model, QuerySet
from django.utils import timezone

from amarre.cases.models import Case, Note
from amarre.cases.states import OPEN_STATES, NoteKind
from amarre.core.actor import Actor, Door
from amarre.plans.models import (
    Action,
    Comment,
    Companion,
    Filling,
    Goal,
    LookBackAnswer,
    Message,
    Need,
    Plan,
    Progress,
    Review,
    Version,
)
from amarre.plans.states import LIVE_GOALS, ActionState, GoalState, Owner, Side, VersionState

R = TypeVar("R", bound=Model)

HANDED_WITHIN = timedelta(days=15)
"""After the first interview (CASF L311-4 as a model, domain reference § 4.2; a good practice, not an obligation)."""


def _signed(actor: Actor, rows: QuerySet[R], *names: str) -> QuerySet[R]:
    """With the colleagues who signed; the person's door reads no account, `names_of` tells it who they are."""
    return rows.select_related(*names) if actor.door == Door.STAFF else rows


def plan_of(actor: Actor, case: Case) -> Plan | None:
    """The plan of a case, if it was begun."""
    return Plan.objects.visible_to(actor).filter(case=case).select_related("person").first()


@dataclass(slots=True)
class Followed:
    """A goal with its actions, how it goes in each one's eyes, and what was said of it."""

    goal: Goal
    actions: list[Action] = field(default_factory=list)
    steps: list[Progress] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def last(self, side: str) -> Progress | None:
        """How it goes, as one side last said."""
        return next((step for step in reversed(self.steps) if step.side == side), None)

    @property
    def person_says(self) -> Progress | None:
        """How the person sees it."""
        return self.last(Side.PERSON)

    @property
    def worker_says(self) -> Progress | None:
        """How the worker sees it."""
        return self.last(Side.WORKER)

    @property
    def done(self) -> int:
        """How many actions are done."""
        return len([a for a in self.actions if a.state == ActionState.DONE])

    @property
    def live(self) -> bool:
        """Whether it is proposed or under way."""
        return self.goal.state in LIVE_GOALS


@dataclass(slots=True)
class Whole:
    """The plan, whole: needs, goals, loose actions, versions, reviews."""

    plan: Plan
    needs: list[Need]
    goals: list[Followed]
    loose: list[Action]
    versions: list[Version]
    reviews: list[Review]

    @property
    def under_way(self) -> list[Followed]:
        """Goals that go on."""
        return [g for g in self.goals if g.goal.state == GoalState.UNDER_WAY]

    @property
    def actions(self) -> list[Action]:
        """Everything to do for a goal that goes on, or for none."""
        return [action for goal in self.under_way for action in goal.actions] + self.loose

    @property
    def proposed(self) -> list[Followed]:
        """Goals that wait for the other side."""
        return [g for g in self.goals if g.goal.state == GoalState.PROPOSED]

    @property
    def settled(self) -> list[Followed]:
        """Goals that are over."""
        return [g for g in self.goals if not g.live]

    @property
    def agreed(self) -> Version | None:
        """The newest version that the person agreed to."""
        return next((v for v in self.versions if v.state == VersionState.AGREED), None)

    @property
    def waiting(self) -> Version | None:
        """The version that waits for an answer."""
        return next((v for v in self.versions if v.state == VersionState.PROPOSED), None)

    @property
    def empty(self) -> bool:
        """Whether nothing was written yet."""
        return not (self.needs or self.goals or self.loose)


def whole(actor: Actor, plan: Plan) -> Whole:
    """Everything of a plan in seven statements, whatever its size."""
    goals = [Followed(goal) for goal in _signed(actor, Goal.objects.visible_to(actor).of(plan), "author")]
    by_goal = {followed.goal.pk: followed for followed in goals}
    loose: list[Action] = []
    for action in Action.objects.visible_to(actor).of(plan):
        (by_goal[action.goal_id].actions if action.goal_id in by_goal else loose).append(action)
    for step in Progress.objects.visible_to(actor).of(plan):
        if step.goal_id in by_goal:
            by_goal[step.goal_id].steps.append(step)
    for comment in _signed(actor, Comment.objects.visible_to(actor).of(plan), "author"):
        if comment.goal_id in by_goal:
            by_goal[comment.goal_id].comments.append(comment)
    return Whole(
        plan, list(Need.objects.visible_to(actor).of(plan)), goals, loose,
        list(_signed(actor, Version.objects.visible_to(actor).of(plan), "frozen_by", "proof")),
        list(_signed(actor, Review.objects.visible_to(actor).of(plan), "author")),
    )  # fmt: skip


def first_interview(actor: Actor, case: Case) -> date | None:
    """The day of the first interview."""
    rows = Note.objects.visible_to(actor).filter(case=case, kind=NoteKind.INTERVIEW).order_by("on")
    return rows.values_list("on", flat=True).first()


def hand_over_by(actor: Actor, plan: Plan, versions: Iterable[Version]) -> date | None:
    """The day until which the written plan should be in the person's hands; None once it is."""
    if any(version.handed_on for version in versions):
        return None
    first = first_interview(actor, plan.case)
    return first + HANDED_WITHIN if first else None


# What falls due in my cases ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits in the plans of my open cases; each list is one statement."""

    actions: list[Action]
    reviews: list[Plan]
    proposals: list[Goal]
    messages: dict[int, int]
    plans: dict[int, Plan]


def mine(actor: Actor, until: date) -> Mine:
    """My own part that falls due, reviews, proposals and messages of people; open cases only."""
    plans = Plan.objects.visible_to(actor).filter(case__assignment__state__in=OPEN_STATES)
    rows = {p.pk: p for p in plans.select_related("case", "person").defer("case__safety", "rhythm_reason")}
    actions = Action.objects.visible_to(actor).filter(
        plan__in=rows, state=ActionState.OPEN, owner__in=[Owner.WORKER, Owner.BOTH], due_on__lte=until
    )
    proposals = Goal.objects.visible_to(actor).filter(plan__in=rows, state=GoalState.PROPOSED, proposed_by=Side.PERSON)
    unread: dict[int, int] = defaultdict(int)
    waiting = Message.objects.visible_to(actor).filter(plan__in=rows, side=Side.PERSON, read_at=None)
    for plan_id in waiting.values_list("plan_id", flat=True):
        unread[plan_id] += 1
    reviews = [p for p in rows.values() if p.review_on is not None and p.review_on <= until]
    return Mine(list(actions), reviews, list(proposals), dict(unread), rows)


def to_hand_over(actor: Actor, plans: Mapping[int, Plan], until: date) -> list[tuple[Plan, date]]:
    """Plans whose written page is not in the person's hands, and the day until which it should be."""
    handed = set(
        Version.objects.visible_to(actor)
        .filter(plan__in=plans, handed_on__isnull=False)
        .values_list("plan_id", flat=True)
    )
    waiting = {plan.case_id: plan for plan in plans.values() if plan.pk not in handed}
    notes = Note.objects.visible_to(actor).filter(case__in=waiting, kind=NoteKind.INTERVIEW)
    first = notes.order_by().values("case_id").annotate(on=Min("on")).values_list("case_id", "on")
    found = [(waiting[case_id], on + HANDED_WITHIN) for case_id, on in first]
    return [(plan, by) for plan, by in found if by <= until]


# What a person's own page shows --------------------------------------------------------------------


def my_plans(actor: Actor) -> list[Plan]:
    """The person's own plans, the newest first."""
    if actor.person_id is None:
        return []
    rows = Plan.objects.visible_to(actor).filter(person_id=actor.person_id)
    return list(rows.select_related("person").order_by("-id"))


def shared_with_me(actor: Actor) -> list[Companion]:
    """To which plans somebody invited me, and to which parts."""
    rows = Companion.objects.visible_to(actor).filter(user_id=actor.user_id)
    return [row for row in rows if row.parts]


@dataclass(frozen=True, slots=True)
class MyWorker:
    """Who accompanies the person, and where to call."""

    name: str
    centre: str
    phone: str
    hours: str
    centre_id: int
    number: str
    open: bool


def my_worker(plan_id: int) -> MyWorker | None:
    """Who accompanies the person, through a definer function: this door reads no case."""
    with connection.cursor() as cursor:
        cursor.execute("select * from plan_facts(%s)", [plan_id])
        row = cursor.fetchone()
    return MyWorker(*row) if row else None


def names_of(plan: Plan) -> dict[int, str]:
    """Names of those who are or were in the case, by account."""
    with connection.cursor() as cursor:
        cursor.execute("select user_id, name from plan_people(%s)", [plan.pk])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class DueLookBack:
    """A look-back that waits for the person."""

    id: int
    plan_id: int
    months: int
    due_on: date


def my_look_backs() -> list[DueLookBack]:
    """Those whose day has come, or comes within a fortnight."""
    with connection.cursor() as cursor:
        cursor.execute("select id, plan_id, months, due_on from my_look_backs()")
        found = [DueLookBack(*row) for row in cursor.fetchall()]
    return [row for row in found if row.due_on <= timezone.localdate() + timedelta(days=14)]


def unread(actor: Actor, plan: Plan) -> int:
    """Messages of the worker that the person has not opened."""
    return Message.objects.visible_to(actor).of(plan).filter(side=Side.WORKER, read_at=None).count()


def asked_of_me(actor: Actor, plan: Plan) -> list[Filling]:
    """Grids that wait for the person."""
    rows = Filling.objects.visible_to(actor).of(plan).filter(side=Side.PERSON, finished_on=None)
    return list(rows.select_related("plan"))


def messages(actor: Actor, plan: Plan) -> QuerySet[Message]:
    """What was written, the oldest first."""
    return _signed(actor, Message.objects.visible_to(actor).of(plan), "author")


def look_back_answers(actor: Actor, plan: Plan) -> dict[int, LookBackAnswer]:
    """Answers by look-back."""
    return {row.look_back_id: row for row in LookBackAnswer.objects.visible_to(actor).of(plan)}


_BECAME = {"reached": "c’est fait", "partly": "en partie", "not": "pas encore, ou plus d’actualité"}


def became(actor: Actor, plan: Plan, answer: LookBackAnswer) -> list[tuple[str, str]]:
    """What the goals became in the person's words: (goal, what it became), then what they add."""
    said = json.loads(answer.content)
    titles = {str(goal.pk): goal.title for goal in Goal.objects.visible_to(actor).of(plan)}
    rows = [(titles[key], _BECAME.get(value, value)) for key, value in said["goals"].items() if key in titles]
    return [*rows, *([("Ses mots", said["words"])] if said.get("words") else [])]


def companions(actor: Actor, plan: Plan) -> list[Companion]:
    """Those who are there today."""
    today = timezone.localdate()
    rows = Companion.objects.visible_to(actor).of(plan)
    return [row for row in rows if row.until is None or row.until >= today]
