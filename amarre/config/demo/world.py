"""What the makers of the fictional service share: its size, its chance, its calendar, its staff, and the rows to save.

Read by every module beside. Must not know what any of them makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TypeVar

from django.db.models import Model

from amarre.accounts.models import User
from amarre.config.demo.days import Days
from amarre.config.demo.size import Size
from amarre.organisations.models import Centre, Establishment
from amarre.people.models import Person

M = TypeVar("M", bound=Model)

_BATCH = 1_000


class Chance(Random):
    """Chance that can be had again: the same seed makes the same service. Never for a secret."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the service, and the centre where they work first."""

    code: str
    user_id: int
    centre: Centre


@dataclass(slots=True)
class Somebody:
    """A person, with what their row does not say."""

    person: Person
    female: bool
    workplace: Establishment
    company: str
    age: int


@dataclass(slots=True)
class World:
    """One fictional service under construction."""

    size: Size
    rng: Chance
    now: datetime
    days: Days
    workers: dict[str, Worker]
    centres: dict[str, Centre]
    users: dict[str, User]
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)
    people: dict[int, list[Somebody]] = field(default_factory=dict)
    workplaces: list[tuple[Establishment, str]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day on which everything is told."""
        return self.days.today

    def add(self, row: M) -> M:
        """Keep a row for later; rows are saved kind by kind, in the order in which each kind first came."""
        self.rows.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        """Write everything down."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=_BATCH)
        self.rows.clear()

    def stranger(self, centre: Centre, ages: tuple[int, int] = (0, 99)) -> Somebody:
        """Somebody of that centre, about that old if there is, whom the service does not accompany yet."""
        waiting = self.people[centre.pk]
        low, high = ages
        place = next((i for i in range(len(waiting) - 1, -1, -1) if low <= waiting[i].age <= high), -1)
        return waiting.pop(place)
