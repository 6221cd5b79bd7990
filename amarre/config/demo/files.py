"""The cases of the fictional service: their numbers, members, situations, closings and look-backs.

Read by `service`. Says of each plan what the room `cases` keeps of it; the notes are written by `notes`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from amarre.cases.commands import LOOK_BACK_MONTHS
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Situation
from amarre.cases.states import MemberRole
from amarre.config.demo.notes import about, write_notes
from amarre.config.demo.plans import Plan
from amarre.config.demo.words import read, themes
from amarre.config.demo.world import Worker, World
from amarre.core.days import months_after

_DROPPED = 0.06


def make_files(world: World, plans: list[Plan]) -> None:
    """Make every case, numbered year by year in the order in which they began."""
    counts: Counter[int] = Counter()
    for plan in plans:
        counts[plan.opened.year] += 1
        number = f"D-{plan.opened.year}-{counts[plan.opened.year]:04d}"
        plan.case = world.add(_case(world, plan, number))
    for plan in plans:
        _members(world, plan)
        write_notes(world, plan)
        _assignment(world, plan)
        if not (plan.once and plan.somebody is None):
            _situation(world, plan)
        if plan.closed:
            _closing(world, plan, plan.closed)


def _case(world: World, plan: Plan, number: str) -> Case:
    opener = plan.former or plan.worker
    return Case(
        number=number, person=plan.somebody.person if plan.somebody else None, source=plan.source,
        previous=plan.previous.case if plan.previous else None, safety=_safety(world, plan),
        opened_at=world.days.at(world.rng, plan.opened), opened_by_id=opener.user_id,
    )  # fmt: skip


def _safety(world: World, plan: Plan) -> str | None:
    """A warning where a mistake would hurt; whoever is in danger is never called."""
    kept = read("common")["safety"]
    if plan.theme is themes()["violence"] and plan.somebody:
        person = plan.somebody.person
        person.do_not_call, person.channel_note = True, "Jamais de message"
        return about(plan, world.rng.choice(kept["violence"]))
    return about(plan, kept["other"][0]) if world.rng.random() < 0.015 else None


def _member(
    world: World, plan: Plan, who: Worker, role: str, since: date, reason: str, *, by: Worker,
    until: date | None = None, tutor: Worker | None = None,
) -> None:  # fmt: skip
    world.add(
        Membership(
            case=plan.made, user_id=who.user_id, role=role, since=since, until=until, reason=reason,
            tutor_id=tutor.user_id if tutor else None, named_by_id=by.user_id,
        )
    )  # fmt: skip


def _members(world: World, plan: Plan) -> None:
    lead, opened = plan.worker, plan.opened
    if plan.former and plan.left_on:
        _member(world, plan, plan.former, MemberRole.LEAD, opened, "TAKEN", by=plan.former, until=plan.left_on)
        _member(world, plan, lead, MemberRole.LEAD, plan.left_on, "DEPARTURE", by=plan.former)
    else:
        _member(world, plan, lead, MemberRole.LEAD, opened, "TAKEN", by=lead)
    began = world.days.worked(opened + timedelta(days=(world.today - opened).days // 3))
    if plan.co_lead:
        _member(world, plan, plan.co_lead, MemberRole.CO_LEAD, began, "JOINT_WORK", by=lead)
    if plan.trainee:
        since = max(began, world.days.ago(70))
        _member(world, plan, plan.trainee, MemberRole.TRAINEE, since, "TRAINING", by=lead, tutor=lead)
    if plan.stand_in:
        since, until = _absence(world, opened)
        _member(world, plan, plan.stand_in, MemberRole.STAND_IN, since, "ABSENCE", by=lead, until=until)


def _absence(world: World, opened: date) -> tuple[date, date]:
    """A fortnight: last summer's, or the one that is going on."""
    since = max(opened, world.days.ago(world.rng.choice((4, 3, 100, 110))))
    return since, since + timedelta(days=14)


def _assignment(world: World, plan: Plan) -> None:
    case = plan.made
    world.add(
        Assignment(
            case=case, number=case.number, centre=plan.worker.centre, state=plan.state, urgency=plan.urgency,
            lead_id=plan.worker.user_id, opened_on=plan.opened, closed_on=plan.closed,
            last_contact_on=plan.last_contact,
        )
    )  # fmt: skip


def _situation(world: World, plan: Plan) -> None:
    rng, theme = world.rng, plan.theme
    told = plan.told
    also = told.get("problems") or rng.sample(theme.also, k=min(len(theme.also), rng.choice((0, 1, 1, 2))))
    problems = [theme.problem, *(p for p in list_of(also) if p != theme.problem)]
    world.add(
        Situation(
            case=plan.made, main_problem=theme.problem, problems=problems,
            moment=str(told.get("moment") or rng.choice(theme.moments)), employment=plan.employment,
            summary=about(plan, str(told.get("summary") or rng.choice(theme.summary))),
            updated_at=world.days.at(rng, plan.last_contact or plan.opened),
        )
    )  # fmt: skip


def list_of(value: object) -> list[str]:
    """A list of codes, from a file or from chance."""
    return [str(item) for item in value] if isinstance(value, list) else []


def _closing(world: World, plan: Plan, closed: date) -> None:
    rng = world.rng
    outcome, reason = _ending(world, plan)
    agreed = not plan.once and outcome != "DROPPED" and rng.random() < 0.65
    world.add(
        Closing(
            case=plan.made, outcome=outcome, reason=reason, employment="" if plan.once else plan.employment,
            balance=None if plan.once else about(plan, rng.choice(plan.theme.end)), look_back_agreed=agreed,
            closed_on=closed, closed_by_id=plan.worker.user_id,
        )
    )  # fmt: skip
    for months in LOOK_BACK_MONTHS if agreed else ():
        _look_back(world, plan, months, months_after(closed, months))


def _ending(world: World, plan: Plan) -> tuple[str, str]:
    if plan.once:
        return "INFORMATION_ONLY", "ANSWERED"
    if world.rng.random() < _DROPPED:
        return "DROPPED", "NO_NEWS"
    outcome = world.rng.choice(plan.theme.outcomes)
    if outcome in ("UNFIT_DISMISSED", "CONTRACT_END_OTHER", "EXTERNAL_JOB"):
        return outcome, world.rng.choice(("GOALS_REACHED", "LEFT_COMPANY"))
    return outcome, "RELAYED" if outcome == "REFERRED" else world.rng.choice(("GOALS_REACHED", "PERSON_STOPS"))


def _look_back(world: World, plan: Plan, months: int, due: date) -> None:
    """Those of the past are mostly done; a few of the last weeks are late."""
    rng = world.rng
    late = (world.today - due).days
    done = world.days.worked(due + timedelta(days=min(late, rng.randint(0, 12)))) if late >= 0 else None
    if done is not None and (done < due or late < 25 or rng.random() < 0.04):
        done = None
    reached = rng.random() < 0.8 if done else None
    employment = rng.choice(("PERMANENT", "PERMANENT", "THERAPEUTIC_PART_TIME", "ON_LEAVE")) if reached else ""
    world.add(LookBack(case=plan.made, months=months, due_on=due, done_on=done, reached=reached, employment=employment))
