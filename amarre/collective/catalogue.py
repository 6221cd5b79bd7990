"""The themes of collective actions, and the catalogue that a new service starts with: shipped as files.

Read by the models, the commands, `amarre migrate` and the demonstration. Themes and kinds: domain reference, § 5.8;
which themes are sensitive: § 6.2 (violence, addiction, mental health, debt are never shown per employer).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"
_STEP = 10
OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its words, whether to come is already to say something of oneself, the problems that it touches, and the
    numbers to call that belong to it."""

    code: str
    label: str
    sensitive: bool = False
    problems: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def _read(name: str) -> Any:
    return json.loads((_DATA / f"{name}.json").read_text("utf-8"))


THEMES: dict[str, Theme] = {
    row["code"]: Theme(
        row["code"],
        row["label"],
        row.get("sensitive", False),
        tuple(row.get("problems", ())),
        tuple(row.get("numbers", ())),
    )
    for row in _read("themes")
}


def theme_choices() -> list[tuple[str, str]]:
    """Codes and French words, in order."""
    return [(theme.code, theme.label) for theme in THEMES.values()]


def standard_questions() -> list[str]:
    """The three questions of the end, when a line of the catalogue has none of its own."""
    return list(_read("offers")["questions"])


def ensure_offers() -> int:
    """Insert the lines of the catalogue that are missing, and say how many; what is there is left as it is.

    Runs as the owner, inside `commands.loading()`.
    """
    from amarre.collective.models import Offer

    shipped = _read("offers")
    known = set(Offer.objects.values_list("code", flat=True))
    rows = [
        Offer(position=place * _STEP, **({"questions": shipped["questions"], "languages": ["fr"]} | row))
        for place, row in enumerate(shipped["offers"], start=1)
        if row["code"] not in known
    ]
    Offer.objects.bulk_create(rows)
    return len(rows)
