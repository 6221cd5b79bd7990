"""What is said in the fictional service: the sentences of `data/`, made to agree with somebody and set in French type.

Read by the makers of people, notes and requests. Must not know tables.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_DATA = Path(__file__).parent / "data"
_ANY_AGE = (19, 66)
_THEMES = ("health", "work_money", "life")
_AGREEMENT = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_BEFORE = re.compile(r" ([;:!?»])")


@cache
def read(name: str) -> dict[str, Any]:
    """One file of `data/`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of situation: its codes, its sentences, and how old (`ages`) are those to whom it happens."""

    problem: str
    weight: int
    also: list[str]
    moments: list[str]
    employments: list[str]
    outcomes: list[str]
    reasons: list[str]
    words: list[str]
    summary: list[str]
    first: list[str]
    wish: list[str]
    step: list[str]
    follow: list[str]
    end: list[str]
    once: list[str]
    ages: tuple[int, int]


@cache
def themes() -> dict[str, Theme]:
    """Every theme, by name."""
    rows = {code: row for file in _THEMES for code, row in read(file).items()}
    return {code: Theme(**{**row, "ages": tuple(row.get("ages", _ANY_AGE))}) for code, row in rows.items()}


def some_theme(rng: Random) -> Theme:
    """A theme, as often as it is met."""
    known = list(themes().values())
    return rng.choices(known, [theme.weight for theme in known])[0]


def typeset(text: str) -> str:
    """French type: curly apostrophes, narrow no-break spaces."""
    text = _BEFORE.sub("\u202f\\1", text.replace("'", "’"))
    return text.replace("« ", "«\u202f")


def spoken(text: str, *, female: bool, name: str) -> str:
    """A sentence about somebody: « [elle|il] » and « {nom} » become theirs."""
    agreed = _AGREEMENT.sub(lambda found: found[1] if female else found[2], text)
    return typeset(agreed.replace("{nom}", f"{'Mme' if female else 'M.'} {name}" if name else "la personne"))
