"""General reminders of an employer's duties: data, each with its article, its source and the day it was read.

Read by the employer's door. They depend on nothing but the size of an establishment: no employee is known here.
What was not verified says so and is shown « à vérifier » (domain reference §§ 2.1 to 2.5, 2.14, 4.7).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "duties.json"
MOMENTS = {
    "leave": "Pendant un arrêt",
    "return": "Au retour",
    "unfit": "Après un avis d’inaptitude",
    "disability": "Handicap",
    "always": "Toute l’année",
}
SOURCES = {
    "V:CT": "le texte du code",
    "V:CSS": "le texte du code",
    "V:rojer": "le texte, cité mot pour mot par une autre source",
    "K": "",
}
_OVER = re.compile(r"(plus de|et plus|ou plus|au moins|\+)", re.I)


@dataclass(frozen=True, slots=True)
class Duty:
    """One reminder. `from_headcount`: from how many employees; `verify`: what nobody has verified yet."""

    code: str
    when: str
    title: str
    duty: tuple[str, ...]
    from_headcount: int
    article: str
    source: str
    checked_on: date | None
    verify: str

    @property
    def read_in(self) -> str:
        """What was read, in words: the code itself, or somebody who quotes it."""
        return " et ".join(dict.fromkeys(filter(None, (SOURCES[tag] for tag in self.source.split(", ")))))

    def concerns(self, headcount: str) -> bool:
        """Whether an establishment of that size may be concerned; an unknown size may always be."""
        most = largest(headcount)
        return most is None or most >= self.from_headcount


@cache
def duties() -> tuple[Duty, ...]:
    """Every reminder that is shipped, in order."""
    return tuple(
        Duty(
            code=row["code"],
            when=row["when"],
            title=row["title"],
            duty=tuple(row["duty"]),
            from_headcount=row["from"],
            article=row["article"],
            source=row["source"],
            checked_on=date.fromisoformat(row["checked_on"]) if row["checked_on"] else None,
            verify=row.get("verify", ""),
        )
        for row in json.loads(_FILE.read_text("utf-8"))
    )


def largest(headcount: str) -> int | None:
    """The most employees that « 20 à 49 salariés » may mean; None for words without an upper end."""
    numbers = [int(re.sub(r"\s", "", n)) for n in re.findall(r"\d+(?:\s\d{3})*", headcount)]
    return max(numbers) if numbers and not _OVER.search(headcount) else None
