"""Grids that were filled, messages, and what is said when it ends: the opinion, news six months later.

Read by `together`.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from amarre.cases.commands import LOOK_BACK_MONTHS
from amarre.cases.models import Closing, LookBack
from amarre.config.demo.together_project import Project, Row
from amarre.config.demo.words import typeset
from amarre.core.days import months_after
from amarre.plans import instruments
from amarre.plans.models import Filling, LookBackAnswer, Message, Opinion
from amarre.plans.queries_grids import written

_LATER = timedelta(minutes=20)


def make_fillings(project: Project) -> None:
    """Grids: raw answers, as they are kept."""
    for row in project.all("fillings"):
        at = project.at(row)
        answers = {int(n): typeset(v) if isinstance(v, str) else v for n, v in row["answers"].items()}
        project.world.add(
            Filling(
                plan=project.row, grid=row["grid"], grid_version=instruments.newest(row["grid"]).version,
                side=row["side"], mode=row["mode"], answers=written(answers), author_id=project.lead, started_at=at,
                changed_at=project.at(row, "changed") if "changed" in row else at,
                finished_on=None if row.get("unfinished") else project.ago(row),
            )
        )  # fmt: skip


def make_messages(project: Project) -> None:
    """What they wrote to each other, in order even on one day."""
    last = None
    for row in project.all("messages"):
        at = project.at(row)
        at = max(at, last + _LATER) if last else at
        last = at
        project.world.add(
            Message(
                plan=project.row, side=row["side"], author_id=project.author(row), body=project.say(row["words"]),
                at=at, read_at=None if row.get("unread") else at + _LATER,
            )
        )  # fmt: skip


def make_ending(project: Project) -> None:
    """How a hand-written case ended, instead of what chance had said; then the opinion, and news."""
    row = project.told.get("ending")
    if not row:
        return
    case, world = project.episode.made, project.world
    (closing,) = (c for c in world.rows[Closing] if isinstance(c, Closing) and c.case is case)
    closing.outcome, closing.reason, closing.employment = row["outcome"], row["reason"], row["employment"]
    closing.balance, closing.look_back_agreed = project.say(row["balance"]), True
    others = [b for b in world.rows.get(LookBack, []) if not (isinstance(b, LookBack) and b.case is case)]
    world.rows[LookBack] = others
    backs = {
        months: world.add(LookBack(case=case, months=months, due_on=months_after(closing.closed_on, months)))
        for months in LOOK_BACK_MONTHS
    }
    _opinion(project, row["opinion"])
    if "news" in row:
        _news(project, row["news"], backs[row["news"]["months"]])


def _opinion(project: Project, row: Row) -> None:
    kept: dict[str, Any] = {name: row[name] for name in ("listened", "decided", "helped")}
    kept["words"] = project.say(row["words"])
    project.world.add(
        Opinion(
            plan=project.row, answers=json.dumps(kept, ensure_ascii=False), side=row["side"], at=project.at(row)
        )
    )  # fmt: skip


def _news(project: Project, row: Row, back: LookBack) -> None:
    back.done_on, back.reached, back.employment = project.ago(row, "done"), True, row["employment"]
    became = {str(goal.pk): said for (goal, _), said in zip(project.goals, row["goals"], strict=True)}
    content = json.dumps({"goals": became, "words": project.say(row["words"])}, ensure_ascii=False)
    project.world.add(
        LookBackAnswer(
            plan=project.row, look_back=back, employment=row["employment"], content=content, side=row["side"],
            at=project.at(row, "done"),
        )
    )  # fmt: skip
