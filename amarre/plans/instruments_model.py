"""What a grid is: its questions, how they are scored, what a score means.

Read by `plans.instruments` and its siblings; everybody else imports `plans.instruments`. Pure values: it must not
know where a definition comes from, who answers, or where answers are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

REFUSED: Final = "refused"
"""The answer of somebody who prefers not to answer: dealt with, and missing for the score."""

Value = bool | int | str | tuple[int, ...] | None
"""An answer once read: yes or no, a choice's points, a number, a text, several choices; None when not answered."""


class Malformed(ValueError):
    """A definition that is not a grid. The message is a French sentence that says what to mend."""


class BadAnswer(ValueError):
    """An answer that the question does not offer. The message is a French sentence."""


class ItemKind(StrEnum):
    """What a question accepts."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    MULTIPLE = "multiple"


class ScoringKind(StrEnum):
    """How answers become a result: nothing, a sum of points, a table of coefficients, a list of flags."""

    NONE = "none"
    SUM = "sum"
    TABLE = "table"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer. `points` is the value that is kept, and what it adds to a sum."""

    points: int
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions."""

    code: str
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    `shown_if` is (number of an earlier question, its accepted values): otherwise the question is not asked. An answer
    at or above `urgent_from` (yes is 1) calls the urgent protocol. A `sensitive` question is hidden by default. The
    choices of a scale are the points of it that have words.
    """

    number: int
    label: str
    kind: ItemKind
    section: str = ""
    choices: tuple[Choice, ...] = ()
    help: str = ""
    shown_if: tuple[int, tuple[int, ...]] | None = None
    urgent_from: int | None = None
    low: int | None = None
    high: int | None = None
    sensitive: bool = False
    code: str = ""
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the grid is incomplete without it. Refusing it is always possible."""
        return not (self.optional or self.sensitive)

    @property
    def values(self) -> tuple[int, ...]:
        """Every value that a closed question may take, yes being 1; none for an open question."""
        if self.kind is ItemKind.SCALE and self.low is not None and self.high is not None:
            return tuple(range(self.low, self.high + 1))
        return tuple(choice.points for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Band:
    """What a range of scores means; `low` and `high` belong to it."""

    code: str
    low: Decimal
    high: Decimal
    label: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Subscale:
    """A result of its own over some questions: their sum or, with `counts`, how many have that answer.

    A sum at or above `positive_from` deserves to be talked about.
    """

    code: str
    label: str
    items: tuple[int, ...]
    counts: int | None = None
    positive_from: int | None = None


@dataclass(frozen=True, slots=True)
class Scoring:
    """`constant + multiplier x (points of the answers)`, kept to `decimals` digits.

    `items` are the numbers that count. With `complete_only`, one of them missing leaves no score.
    """

    kind: ScoringKind = ScoringKind.NONE
    constant: Decimal = Decimal(0)
    multiplier: Decimal = Decimal(1)
    decimals: int = 0
    complete_only: bool = True
    subscales: tuple[Subscale, ...] = ()
    items: tuple[int, ...] = ()
    table: tuple[tuple[int, tuple[tuple[int, Decimal], ...]], ...] = ()
    """For each counted question of a table: its number, and what each value is worth."""


@dataclass(frozen=True, slots=True)
class Grid:
    """An assessment instrument in one version, which never changes once published.

    `own` grids are written by the service. `off_by_default` ones are for professionals trained to act on their result.
    """

    code: str
    version: str
    language: str
    title: str
    short: str
    purpose: str
    instruction: str
    source: str
    licence: str
    notice: str
    checked_on: date | None
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    scoring: Scoring
    bands: tuple[Band, ...]
    off_by_default: bool = False
    own: bool = False

    def item(self, number: int) -> Item:
        """The question of that number; KeyError when there is none."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    def band_of(self, score: Decimal | int) -> Band | None:
        """What a score means, if the grid says it."""
        return next((band for band in self.bands if band.low <= score <= band.high), None)


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers amount to. An instrument never decides: it opens a dialogue."""

    score: Decimal | int | None = None
    band: str | None = None
    band_label: str = ""
    complete: bool = False
    subscores: dict[str, Decimal | int | None] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
