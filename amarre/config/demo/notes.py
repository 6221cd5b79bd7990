"""The notes of the fictional service: a believable order of interviews, steps and calls, in believable sentences.

Read by `files`. Says to the plan what follows from the notes: its state and its last contact.
"""

from __future__ import annotations

from datetime import date, timedelta

from amarre.cases.models import Note
from amarre.cases.states import Mode, NoteKind, State
from amarre.config.demo.plans import Plan
from amarre.config.demo.words import read, spoken
from amarre.config.demo.world import Worker, World

_CONTACTS = (NoteKind.INTERVIEW, NoteKind.CALL)
_KINDS = {NoteKind.INTERVIEW: 42, NoteKind.STEP: 28, NoteKind.CALL: 22, NoteKind.NOTE: 8}
_MODES = {Mode.OFFICE: 52, Mode.PHONE: 22, Mode.WORKPLACE: 8, Mode.VIDEO: 8, Mode.HOME: 5, Mode.JOINT: 5}
_PLACES = {
    Mode.OFFICE: "CENTRE", Mode.PHONE: "REMOTE", Mode.VIDEO: "REMOTE", Mode.WORKPLACE: "COMPANY", Mode.HOME: "HOME",
    Mode.JOINT: "CENTRE", Mode.ESAT: "ESAT",
}  # fmt: skip
_ESAT = "8810C"


def about(plan: Plan, text: str) -> str:
    """A sentence about the person of that case."""
    if plan.somebody is None:
        return spoken(text, female=True, name="")
    return spoken(text, female=plan.somebody.female, name=plan.somebody.person.last_name)


class Pen:
    """Writes the notes of one case, never the same sentence twice."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan, self.rng = world, plan, world.rng
        self.left = {name: list(getattr(plan.theme, name)) for name in ("first", "wish", "step", "follow")}
        self.left |= {name: list(lines) for name, lines in read("common")["notes"].items()}
        self.interviews = 0

    def some(self, kind: str, count: int = 1) -> list[str]:
        """Some sentences of a kind, in their order; fewer when they are used up."""
        lines = self.left[kind]
        everywhere = range(len(lines))
        chosen = everywhere[:count] if kind == "follow" else self.rng.sample(everywhere, min(count, len(lines)))
        taken = [line for place, line in enumerate(lines) if place in chosen]
        self.left[kind] = [line for line in lines if line not in taken]
        return taken

    def interview(self) -> str:
        """The first one says what is wrong and what is wanted; the next ones how it goes."""
        self.interviews += 1
        if self.interviews == 1:
            opening = self.some("reopened" if self.plan.previous else "opening")
            said = [*opening, *self.some("first", 2), *self.some("wish")]
            step = self.some("step") if self.rng.random() < 0.5 else []
            return _paragraphs(said, [*step, *self.some("agreed")])
        said = self.some("follow") or self.some("wish") or self.some("first")
        if said and self.rng.random() < 0.4:
            said += self.some("first")
        step = self.some("step")
        return _paragraphs(said, [*step, *(self.some("agreed") if step and self.rng.random() < 0.4 else [])])

    def text(self, kind: str) -> str:
        """What a note of that kind says; nothing when it was all said."""
        if kind == NoteKind.INTERVIEW:
            return self.interview()
        if kind == NoteKind.STEP:
            return _paragraphs(self.some("step"))
        return _paragraphs(self.some("missed" if kind == NoteKind.NOTE else "call"))

    def last(self) -> str:
        """The end of the last interview."""
        return _paragraphs([*self.some("follow"), *self.some("last")])


def _paragraphs(*groups: list[str]) -> str:
    return "\n".join(" ".join(filter(None, group)) for group in groups if any(group))


def write_notes(world: World, plan: Plan) -> None:
    """Write the case's story, and say what follows from it."""
    if plan.told:
        _tell(world, plan)
    elif plan.once:
        _answer(world, plan)
    else:
        _accompany(world, plan)


def _add(world: World, plan: Plan, on: date, kind: str, body: str, author: Worker, **more: object) -> None:
    world.add(
        Note(
            case=plan.made, author_id=author.user_id, kind=kind, on=on, body=about(plan, body),
            written_at=world.days.at(world.rng, on), **more,
        )
    )  # fmt: skip
    if kind in _CONTACTS and (plan.last_contact is None or on > plan.last_contact):
        plan.last_contact = on
    if plan.closed is None and kind == NoteKind.INTERVIEW:
        plan.state = State.FIRST_INTERVIEW if plan.state == State.TAKEN else State.IN_PROGRESS


def _answer(world: World, plan: Plan) -> None:
    lines = plan.theme.once if plan.somebody else read("common")["anonymous"]["once"]
    minutes = world.rng.randrange(5, 35, 5)
    body = world.rng.choice(lines)
    _add(world, plan, plan.closed or plan.opened, NoteKind.CALL, body, plan.worker, duration=minutes)


def _days_of(world: World, plan: Plan) -> list[date]:
    """When something is written: three to twelve days of the episode, close together at the beginning."""
    rng = world.rng
    first = world.days.worked(plan.opened + timedelta(days=rng.randint(1, 9)))
    last = plan.closed or world.days.ago(rng.choice((0, 1, 2, 4, 6, 9, 13, 17, 22, 28, 35, 48)))
    if first > world.today or first < plan.opened:
        return []
    last = max(first, last)
    length = (last - first).days
    wanted = min(12, max(3, round(3 + length / 45 + rng.uniform(-1, 2))))
    return sorted({first, last, *world.days.some_between(rng, first, last, wanted - 2)})


def _accompany(world: World, plan: Plan) -> None:
    rng, pen = world.rng, Pen(world, plan)
    days = _days_of(world, plan)
    for place, on in enumerate(days):
        ending = plan.closed and place == len(days) - 1 and place
        kind = NoteKind.INTERVIEW if place == 0 or ending else rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        body = pen.last() if ending else pen.text(kind)
        if not body:
            kind, body = NoteKind.CALL, pen.text(NoteKind.CALL)
        if not body:
            continue
        author = _author(world, plan, on)
        trainee = plan.trainee and author is plan.trainee
        lines = pen.some("trainee") if trainee else []
        _add(world, plan, on, kind, _paragraphs(lines, [body]), author, **_frame(world, plan, kind))
    if days and rng.random() < 0.12:
        on = days[-1]
        _add(world, plan, on, NoteKind.NOTE, pen.some("private")[0], _lead_on(plan, on), private=True)
    if plan.closed is None and plan.state == State.IN_PROGRESS and rng.random() < 0.1:
        plan.state = State.ON_HOLD


def _lead_on(plan: Plan, on: date) -> Worker:
    return plan.former if plan.former and plan.left_on and on < plan.left_on else plan.worker


def _author(world: World, plan: Plan, on: date) -> Worker:
    began = plan.opened + timedelta(days=(world.today - plan.opened).days // 3)
    others = [w for w in (plan.co_lead,) if w and on > began]
    if plan.trainee and on > max(began, world.days.ago(70)):
        others.append(plan.trainee)
    return world.rng.choice(others) if others and world.rng.random() < 0.3 else _lead_on(plan, on)


def _frame(world: World, plan: Plan, kind: str) -> dict[str, object]:
    """How, where, how long."""
    rng = world.rng
    if kind == NoteKind.CALL:
        return {"duration": rng.randrange(5, 25, 5)}
    if kind != NoteKind.INTERVIEW:
        return {"indirect": rng.randrange(10, 60, 5)}
    mode = rng.choices(list(_MODES), list(_MODES.values()))[0]
    if mode == Mode.WORKPLACE and plan.somebody and plan.somebody.workplace.naf == _ESAT:
        mode = Mode.ESAT
    return {
        "mode": mode, "place": _PLACES[mode], "duration": rng.randrange(25, 75, 5), "indirect": rng.randrange(5, 40, 5),
        "present": "médecin du travail" if mode == Mode.JOINT else "",
    }  # fmt: skip


def _tell(world: World, plan: Plan) -> None:
    """The notes of a hand-written story, as they stand."""
    notes = plan.told["notes"]
    for row in notes if isinstance(notes, list) else []:
        author = world.workers[row.get("by", plan.worker.code)]
        _add(
            world, plan, max(plan.opened, world.days.ago(row["ago"])), row["kind"], row["body"], author,
            mode=row.get("mode", ""), place=row.get("place", ""), duration=row.get("minutes"),
            indirect=row.get("indirect"), present=row.get("present", ""), private=row.get("private", False),
        )  # fmt: skip
    plan.state = str(plan.told["state"])
