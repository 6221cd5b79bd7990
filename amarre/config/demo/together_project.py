"""One plan of the fictional service under construction: its row, its case, and how its days and words are told.

Read by the `together…` modules beside. Must not know what any of them makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from amarre.config.demo.notes import about
from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.world import World
from amarre.plans.models import Action, Application, Budget, Goal, Need, Plan
from amarre.plans.states import Side

Row = dict[str, Any]
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_ELIDED = re.compile(r"\bde (?=avril|août|octobre)")
_TOLD = ("{mois}", "{mois_suivant}", "{dans_deux_mois}")


@dataclass(slots=True)
class Project:
    """The plan of an episode, as `told` in a file of `data/`; what is already made of it."""

    world: World
    episode: Episode
    told: Row
    row: Plan
    needs: list[Need] = field(default_factory=list)
    goals: list[tuple[Goal, list[Action]]] = field(default_factory=list)
    applications: dict[str, Application] = field(default_factory=dict)
    budgets: list[Budget] = field(default_factory=list)

    def all(self, name: str) -> list[Row]:
        """The rows of one kind that the file tells; none when it says nothing of it."""
        rows: list[Row] = self.told.get(name, [])
        return rows

    def say(self, words: str) -> str:
        """A sentence about the person, in French type; months are counted from today."""
        for place, name in enumerate(_TOLD):
            words = words.replace(name, _MONTHS[(self.world.today.month - 1 + place) % 12])
        return about(self.episode, _ELIDED.sub("d’", words))

    def said(self, row: Row, name: str) -> str | None:
        """The same for what may be left out."""
        return self.say(row[name]) if name in row else None

    def ago(self, row: Row, name: str = "ago") -> date | None:
        """A worked day of the past."""
        return self.world.days.ago(row[name]) if name in row else None

    def coming(self, row: Row, name: str = "in") -> date | None:
        """A day to come, or that should have been."""
        return self.world.today + timedelta(days=row[name]) if name in row else None

    def at(self, row: Row, name: str = "ago") -> datetime:
        """A moment of a day of the past."""
        return self.world.days.at(self.world.rng, self.world.days.ago(row[name]))

    def by_then(self, row: Row, name: str = "in") -> date | None:
        """The same for what somebody has to do: on a worked day, when one is left."""
        day = self.coming(row, name)
        return day and max(self.world.days.worked(day), min(day, self.world.today))

    @property
    def lead(self) -> int:
        """Who leads the case."""
        return self.episode.worker.user_id

    def by(self, row: Row) -> int:
        """Whoever of the service wrote that; the lead, unless said otherwise."""
        code = row.get("by", "lead")
        return self.lead if code == "lead" else self.world.workers[code].user_id

    def author(self, row: Row) -> int | None:
        """Nobody of the service for what the person writes themselves."""
        return None if row["side"] == Side.PERSON and "by" not in row else self.by(row)
