"""What is handed over on paper: the plan, a budget, a grid. Tagged PDFs (PDF/UA-1), the same bytes for the same facts.

Read by commands and queries of this room, and by the doors that hand a paper over. Pure code: must not know models, the
database, requests. How a paper is made, and what keeps what people typed out of its source: `core.paper`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from amarre.core.paper import Unprintable, day, long_day, pdf, phone

TEMPLATES = Path(__file__).parent / "data" / "paper"
COUNTED = "ressources moins charges et dettes du mois, divisées par 30 jours et par le nombre de personnes"
YES_NO = ("Oui", "Non", "Je ne sais pas")

_KINDS = ("resource", "charge", "debt")
_Kept = TypeVar("_Kept", bound="SheetAction | SheetGoal | Sheet")


@dataclass(frozen=True, slots=True)
class SheetAction:
    """One thing to do: what, who, by when, done or not."""

    what: str
    who: str = ""
    due_on: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """One thing wanted, how to know that it moves, and what is done for it."""

    title: str
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    due_on: date | None = None
    owner: str = ""
    actions: tuple[SheetAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the person is handed: one version of the plan, frozen. `signatures` names who signs on paper."""

    person: str
    number: int
    on: date
    worker: str
    centre: str = ""
    phone: str = ""
    hours: str = ""
    needs: tuple[str, ...] = ()
    goals: tuple[SheetGoal, ...] = ()
    rhythm: str = ""
    review_on: date | None = None
    agreed: str = ""
    signatures: tuple[str, ...] = ()
    stays_open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The whole sheet as text that `from_json` reads back."""
        return json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """A sheet as it was kept; what an older version did not hold is empty. Raises `Unprintable`."""
        try:
            raw = json.loads(text)
            lists = {name: tuple(raw.get(name, ())) for name in ("needs", "signatures", "stays_open", "notes")}
            goals = tuple(_goal_read(goal) for goal in raw.get("goals", ()))
            return _read(cls, {**raw, **lists, "on": date.fromisoformat(raw["on"]), "goals": goals}, "review_on")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unprintable(
                "Cette version du projet est abîmée\u202f: on ne peut plus la relire. Faites-en une nouvelle."
            ) from error


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a household's month."""

    kind: Literal["resource", "charge", "debt"]
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetColumn:
    """A household's month at one date, with its totals as the room counted them."""

    on: date
    label: str
    adults: int
    children: int
    lines: tuple[BudgetLine, ...]
    resources: Decimal
    charges: Decimal
    debts: Decimal
    remainder_month: Decimal
    remainder_day_person: Decimal


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """A budget to hand over, at one date or at two side by side."""

    person: str
    worker: str
    centre: str
    phone: str
    purpose: str
    columns: tuple[BudgetColumn, ...]
    hours: str = ""
    counted: str = COUNTED


def plan_pdf(sheet: Sheet, *, large: bool = False, blank: bool = False) -> bytes:
    """« Mon projet », on one page for a usual plan. `large`: 18 points. `blank`: lines to write on by hand."""
    facts = {
        **asdict(sheet),
        "phone": phone(sheet.phone),
        "large": large,
        "blank": blank,
        "on": long_day(sheet.on),
        "review_on": long_day(sheet.review_on) if sheet.review_on else "",
        "goals": [_goal(sheet, goal) for goal in sheet.goals],
        "signatures": sheet.signatures or ((sheet.person, sheet.worker) if blank else ()),
    }
    return pdf(TEMPLATES, "plan.typ", facts)


def budget_pdf(budget: BudgetSheet) -> bytes:
    """A household's budget for a commission, at one date or at two side by side. Raises `Unprintable`."""
    if len(budget.columns) not in (1, 2):
        raise Unprintable("Un budget s’imprime à une date, ou à deux côte à côte\u202f: choisissez-en une ou deux.")
    rows = {kind: _rows(budget.columns, kind) for kind in _KINDS}
    return pdf(TEMPLATES, "budget.typ", {**asdict(budget), "phone": phone(budget.phone), "rows": rows})


def grid_pdf(
    title: str,
    notice: str,
    rows: Sequence[tuple[str, str]],
    result: str,
    *,
    choices: Sequence[Sequence[str]] = (),
) -> bytes:
    """A grid on paper: questions and answers. Where an answer is empty, boxes to tick: `choices`, row by row."""
    offered = choices or [YES_NO] * len(rows)
    asked = [
        {"question": question, "answer": answer, "choices": boxes}
        for (question, answer), boxes in zip(rows, offered, strict=True)
    ]
    return pdf(TEMPLATES, "grid.typ", {"title": title, "notice": notice, "rows": asked, "result": result})


def _read(kind: type[_Kept], raw: Mapping[str, Any], day_name: str) -> _Kept:
    """What a dataclass knows among `raw`; the day that may be missing is read."""
    kept = {f.name: raw[f.name] for f in fields(kind) if f.name in raw}
    when = raw.get(day_name)
    return kind(**{**kept, day_name: date.fromisoformat(when) if when else None})


def _goal_read(raw: Mapping[str, Any]) -> SheetGoal:
    actions = tuple(_read(SheetAction, action, "due_on") for action in raw.get("actions", ()))
    return _read(SheetGoal, {**raw, "actions": actions}, "due_on")


def _goal(sheet: Sheet, goal: SheetGoal) -> dict[str, Any]:
    """A goal for the template: actions by who does them, the person first (« moi », without a name)."""
    groups: dict[str, list[dict[str, Any]]] = {"": [], sheet.worker: []}
    for action in goal.actions:
        due = day(action.due_on, seen_from=sheet.on) if action.due_on else ""
        who = _who(sheet, action.who or goal.owner or sheet.person)
        groups.setdefault(who, []).append({"what": action.what, "due": due, "done": action.done})
    return {
        **asdict(replace(goal, actions=())),
        "due": day(goal.due_on, seen_from=sheet.on) if goal.due_on else "",
        "mine": bool(goal.owner) and not _who(sheet, goal.owner),
        "groups": [{"who": who, "actions": actions} for who, actions in groups.items() if actions],
    }


def _who(sheet: Sheet, typed: str) -> str:
    """Nothing for the person, whatever the case of the name; otherwise the name."""
    names = {sheet.person.strip().casefold(): "", sheet.worker.strip().casefold(): sheet.worker}
    return names.get(typed.strip().casefold(), typed.strip())


def _rows(columns: Sequence[BudgetColumn], kind: str) -> list[dict[str, Any]]:
    """The lines of one kind, same labels facing each other; a label used twice keeps its two lines."""
    rows: dict[tuple[str, int], list[Decimal | None]] = {}
    for place, column in enumerate(columns):
        seen: Counter[str] = Counter()
        for line in (line for line in column.lines if line.kind == kind):
            seen[line.label] += 1
            rows.setdefault((line.label, seen[line.label]), [None] * len(columns))[place] = line.amount
    return [{"label": label, "amounts": amounts} for (label, _), amounts in rows.items()]
