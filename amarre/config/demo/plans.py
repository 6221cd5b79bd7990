"""What happens in each case of the fictional service, before a row of it is made: who, when, why, and how it ends.

Read by `files`. Proportions are those of the domain reference, § 8 (sources, problems, lengths, urgency).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from amarre.cases.models import Case
from amarre.cases.states import State, Urgency
from amarre.config.demo.words import Theme, some_theme, themes
from amarre.config.demo.world import Somebody, Worker, World
from amarre.intake.states import Source

_SOURCES = {
    Source.PHYSICIAN: 38, Source.NURSE: 17, Source.EMPLOYEE: 30, Source.EMPLOYER_HR: 5, Source.MANAGER: 2,
    Source.DISABILITY_OFFICER: 2, Source.PSYCHOLOGIST: 2, Source.PARTNER: 2, Source.PDP_UNIT: 1, Source.FAMILY: 1,
}  # fmt: skip
_URGENCY = {Urgency.U1: 3, Urgency.U2: 17, Urgency.U3: 40, Urgency.U4: 40}
_AGES = ((1, 12, 15), (13, 90, 40), (91, 270, 30), (271, 600, 15))
"""How long ago a case that is still open began: from, to, weight."""
_ONCE = 0.3
_LEFT = 300
"""How many days ago Max left the service."""


@dataclass(slots=True, eq=False)
class Plan:
    """One episode, as it went. Without a somebody when the contact stayed anonymous."""

    worker: Worker
    theme: Theme
    opened: date
    closed: date | None
    source: str
    urgency: str
    somebody: Somebody | None = None
    once: bool = False
    state: str = State.TAKEN
    employment: str = ""
    last_contact: date | None = None
    co_lead: Worker | None = None
    trainee: Worker | None = None
    former: Worker | None = None
    left_on: date | None = None
    stand_in: Worker | None = None
    previous: Plan | None = None
    told: dict[str, object] = field(default_factory=dict)
    case: Case | None = None

    @property
    def made(self) -> Case:
        """The case, once it has a row."""
        if self.case is None:
            raise LookupError("the case is not made yet")
        return self.case


def make_plans(world: World, told: list[Plan]) -> list[Plan]:
    """Every episode in the order in which it began; `told` are those of the hand-written stories."""
    plans = [*told, *_open_plans(world, told)]
    plans += _closed_plans(world, world.size.cases - len(plans))
    unnamed = (plan for plan in plans if plan.once and plan.source == Source.EMPLOYEE)
    nameless = set(islice(unnamed, world.size.anonymous))
    for plan in plans:
        if plan.somebody is None and plan not in nameless:
            plan.somebody = world.stranger(plan.worker.centre, plan.theme.ages)
    _tie_episodes(world, plans)
    for plan in plans:
        _company_of(world, plan)
    return sorted(plans, key=lambda plan: plan.opened)


def _active(world: World) -> list[Worker]:
    return [w for w in world.workers.values() if w.code not in ("max", "zoe")]


def _plan(world: World, worker: Worker, opened: date, closed: date | None, *, once: bool = False) -> Plan:
    rng, theme = world.rng, some_theme(world.rng)
    source = rng.choices(list(_SOURCES), list(_SOURCES.values()))[0]
    if theme is themes()["violence"]:
        source = rng.choice((Source.EMPLOYEE, Source.NURSE, Source.PHYSICIAN))
    urgency = rng.choices(list(_URGENCY), list(_URGENCY.values()))[0]
    return Plan(worker, theme, opened, closed, source, urgency, once=once, employment=rng.choice(theme.employments))


def _open_plans(world: World, told: list[Plan]) -> list[Plan]:
    made = []
    for worker in _active(world):
        wanted = world.size.open_cases.get(worker.code, world.size.open_each)
        wanted -= sum(plan.worker is worker for plan in told)
        for _ in range(wanted):
            low, high, _weight = world.rng.choices(_AGES, [weight for *_, weight in _AGES])[0]
            made.append(_plan(world, worker, world.days.ago(world.rng.randint(low, high)), None))
    return made


def _closed_plans(world: World, count: int) -> list[Plan]:
    made, rng = [], world.rng
    workers = [*_active(world), world.workers["max"]]
    for _ in range(count):
        worker, once = rng.choice(workers), rng.random() < _ONCE
        latest = _LEFT + 60 if worker.code == "max" else 25
        began = rng.randint(latest, world.size.years * 365)
        longest = began - (_LEFT if worker.code == "max" else 3)
        days = rng.randint(0, 6) if once else max(14, round(math.exp(rng.gauss(math.log(90), 1.3))))
        if days > longest:
            days = rng.randint(min(14, longest), longest)
        opened = world.days.ago(began)
        closed = opened if once and days < 3 else world.days.worked(opened + timedelta(days=days))
        plan = _plan(world, worker, opened, closed, once=once)
        plan.state = State.CLOSED
        made.append(plan)
    return made


def _tie_episodes(world: World, plans: list[Plan]) -> None:
    """Some open cases are the second episode of somebody whose first was closed."""
    ended = [p for p in plans if p.closed and not p.once and p.somebody and p.worker.code != "max"]
    going_on: dict[str, list[Plan]] = {}
    for plan in plans:
        if plan.closed is None and not plan.told:
            going_on.setdefault(plan.worker.code, []).append(plan)
    tied = 0
    for first in ended:
        waiting = going_on.get(first.worker.code, [])
        if tied == world.size.reopened or not waiting or not first.closed:
            continue
        second = waiting[-1]
        if second.opened > first.closed + timedelta(days=20):
            waiting.pop()
            second.previous, second.somebody, second.theme = first, first.somebody, first.theme
            second.source, tied = "reopened", tied + 1


def _company_of(world: World, plan: Plan) -> None:
    """Who else is, was or will be in the case."""
    rng, here = world.rng, [w for w in _active(world) if w.centre is plan.worker.centre and w is not plan.worker]
    if plan.once or plan.told:
        return
    if plan.closed is None and (world.today - plan.opened).days > _LEFT + 20 and "max" in world.workers:
        former = world.workers["max"]
        if former.centre is plan.worker.centre:
            plan.former, plan.left_on = former, world.days.ago(_LEFT)
    if rng.random() < 0.1 and here:
        plan.co_lead = rng.choice(here)
    elif rng.random() < 0.12 and here and plan.closed is None:
        plan.stand_in = rng.choice(here)
    if plan.worker.code == "claire" and plan.closed is None and rng.random() < 0.5:
        plan.trainee = world.workers["zoe"]
