"""The service's year of collective actions: by theme, by company, by month; who came; what was said.

Read by the staff door. Every total is a sum of whole actions, whose answers were frozen at five or more: whatever one
subtracts from them, what is left is whole actions again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from amarre.collective.models import Action, Finding, Session
from amarre.collective.states import Moment, SessionState
from amarre.core.actor import Actor


@dataclass(slots=True)
class Line:
    """What adds up. `uncounted` are sessions where nobody was counted; `useful` of `answers`: the first question."""

    label: str
    actions: int = 0
    sessions: int = 0
    people: int = 0
    uncounted: int = 0
    useful: int = 0
    answers: int = 0

    @property
    def share(self) -> int | None:
        """Percent of rather yes; None when nothing may be said."""
        return round(100 * self.useful / self.answers) if self.answers else None


@dataclass(frozen=True, slots=True)
class Row:
    """One action of the year."""

    action: Action
    sessions: tuple[Session, ...]
    useful: int = 0
    answers: int = 0


@dataclass(slots=True)
class Year:
    """A year on one page."""

    year: int
    total: Line
    themes: list[Line]
    companies: list[Line]
    months: list[Line]
    rows: list[Row] = field(default_factory=list)


def year_of(actor: Actor, year: int) -> Year:
    """Actions that had a session in that calendar year."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    held = Session.objects.visible_to(actor).filter(state=SessionState.HELD, day__year=year)
    for session in held:
        sessions[session.action_id].append(session)
    actions = Action.objects.visible_to(actor).filter(pk__in=[*sessions]).select_related("company", "establishment")
    found = Finding.objects.visible_to(actor).filter(action__in=[*sessions], moment=Moment.END, question=0)
    findings = {finding.action_id: finding for finding in found}
    rows = [
        Row(
            action,
            tuple(sessions[action.pk]),
            *((f.favourable, f.answers) if (f := findings.get(action.pk)) else (0, 0)),
        )
        for action in actions.defer("need", "discussion", "report", "look_back")
    ]
    rows.sort(key=lambda row: (row.sessions[0].day, row.action.pk))
    return Year(
        year,
        _sum("Année", rows),
        _by(rows, lambda row: row.action.theme_label),
        _by(rows, lambda row: row.action.company.name),
        _by_month(year, rows),
        rows,
    )


def _sum(label: str, rows: Iterable[Row]) -> Line:
    line = Line(label)
    for row in rows:
        line.actions += 1
        line.sessions += len(row.sessions)
        line.people += sum(session.head_count or 0 for session in row.sessions)
        line.uncounted += sum(session.head_count is None for session in row.sessions)
        line.useful += row.useful
        line.answers += row.answers
    return line


def _by(rows: list[Row], of: Callable[[Row], str]) -> list[Line]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[of(row)].append(row)
    lines = [_sum(label, group) for label, group in groups.items()]
    return sorted(lines, key=lambda line: (-line.sessions, line.label))


def _by_month(year: int, rows: list[Row]) -> list[Line]:
    """An action counts in the month of its first session of the year: its answers are never cut in two."""
    groups: dict[date, list[Row]] = {date(year, month, 1): [] for month in range(1, 13)}
    for row in rows:
        groups[row.sessions[0].day.replace(day=1)].append(row)
    return [_sum(f"{first:%Y-%m}", group) for first, group in groups.items()]
