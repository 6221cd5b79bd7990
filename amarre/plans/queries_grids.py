"""Grids as they are offered here, and what was answered over time.

Read by the commands of the room and the doors. A grid is a shipped file or a row of the service's own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from amarre.core.actor import Actor, Door
from amarre.plans import instruments
from amarre.plans.instruments import REFUSED, Grid, Item, Result
from amarre.plans.models import Filling, GridSwitch, OwnGrid, OwnGridState, Plan

Answers = dict[int, Any]


class NoSuchGrid(LookupError):
    """A grid or a version that nobody knows here."""


def grid_of(actor: Actor, code: str, version: str) -> Grid:
    """The grid in that very version. Raises `NoSuchGrid`."""
    try:
        return instruments.get(code, version)
    except instruments.UnknownGrid:
        pass
    row = OwnGrid.objects.visible_to(actor).filter(code=code, version=version if version.isdecimal() else 0).first()
    if row is None:
        raise NoSuchGrid(code)
    return instruments.parse(row.definition, own=True)


@dataclass(frozen=True, slots=True)
class Offered:
    """A grid of the list: in its newest version, and whether it may be used here."""

    grid: Grid
    enabled: bool


def offered(actor: Actor) -> list[Offered]:
    """Every grid in its newest version; mental-health screeners are off until the service turns them on."""
    switches = dict(GridSwitch.objects.visible_to(actor).values_list("code", "enabled"))
    found = [instruments.newest(code) for code in instruments.codes()]
    newest: dict[str, OwnGrid] = {}
    for row in OwnGrid.objects.visible_to(actor).filter(state=OwnGridState.PUBLISHED).order_by("version"):
        newest[row.code] = row
    found += [instruments.parse(row.definition, own=True) for row in newest.values()]
    return [Offered(grid, switches.get(grid.code, not grid.off_by_default)) for grid in found]


def read(filling: Filling) -> Answers:
    """The answers of a filling, by number."""
    return {int(number): _value(value) for number, value in json.loads(filling.answers).items()}


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def written(answers: Answers) -> str:
    """The same, as they are kept."""
    return json.dumps({str(number): value for number, value in sorted(answers.items())}, ensure_ascii=False)


def said(item: Item, value: Any) -> str:
    """An answer in words."""
    if value is None or value == "":
        return ""
    if value == REFUSED:
        return "préfère ne pas répondre"
    if isinstance(value, tuple):
        return ", ".join(choice.label for choice in item.choices if choice.points in value)
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return next((choice.label for choice in item.choices if choice.points == value), str(value))


@dataclass(frozen=True, slots=True)
class Read:
    """A filling with its grid, its answers and what they amount to."""

    filling: Filling
    grid: Grid
    answers: Answers
    result: Result

    @property
    def done(self) -> int:
        """How many questions were dealt with."""
        return instruments.progress(self.grid, self.answers)[0]

    @property
    def of(self) -> int:
        """How many there are to deal with."""
        return instruments.progress(self.grid, self.answers)[1]

    @property
    def said(self) -> list[tuple[Item, str]]:
        """Each question that has an answer, and the answer in words."""
        rows = ((item, said(item, self.answers.get(item.number))) for item in self.grid.items)
        return [(item, words) for item, words in rows if words]

    @property
    def urgent(self) -> bool:
        """Whether an answer calls the urgent protocol."""
        return instruments.urgent(self.grid, self.answers)


def opened(actor: Actor, filling: Filling) -> Read:
    """A filling, read."""
    grid = grid_of(actor, filling.grid, filling.grid_version)
    answers = read(filling)
    return Read(filling, grid, answers, instruments.score(grid, answers))


def fillings(actor: Actor, plan: Plan) -> list[Read]:
    """Everything that was filled in a plan, the oldest first."""
    rows = Filling.objects.visible_to(actor).of(plan).select_related("plan")
    rows = rows.select_related("author") if actor.door == Door.STAFF else rows
    return [opened(actor, row) for row in rows]


@dataclass(slots=True)
class Compared:
    """One grid over time: one column per filling, the person's view and the worker's apart."""

    grid: Grid
    columns: list[Read] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[Item, list[str]]]:
        """Each question that somebody answered, and what each column says."""
        found = []
        for item in self.grid.items:
            cells = [said(item, column.answers.get(item.number)) for column in self.columns]
            if any(cells):
                found.append((item, cells))
        return found

    @property
    def scored(self) -> list[Read]:
        """The columns that have a score."""
        return [column for column in self.columns if column.result.score is not None]


def compare(actor: Actor, plan: Plan, code: str) -> Compared | None:
    """A grid over time; versions are compared by the numbers of their questions."""
    columns = [read for read in fillings(actor, plan) if read.grid.code == code]
    if not columns:
        return None
    columns.sort(key=lambda read: (read.filling.side, read.filling.started_at))
    return Compared(columns[-1].grid, columns)
