"""The words and the crisis numbers that Amarre ships, laid once and never over what the service edited.

Read by the operator's commands (`amarre migrate`), the tests and the rooms that need a reason's problems. The words
are files: `data/vocabularies.csv` and `data/crisis_numbers.csv` (domain reference §§ 5.4, 5.5, 5.7).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from amarre.organisations.models import CrisisNumber, Term

_DATA = Path(__file__).parent / "data"
_STEP = 10


@cache
def shipped(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one shipped file, in order."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter=";"))


def ensure_defaults() -> int:
    """Insert the words and numbers that are missing, and say how many; what is there is left as it is.

    Runs as the owner, inside `commands.loading()`. A number ships without a day of check: it is shown « à vérifier ».
    """
    known = set(Term.objects.values_list("vocabulary", "code"))
    terms = [term for term in _terms() if (term.vocabulary, term.code) not in known]
    numbers_known = set(CrisisNumber.objects.values_list("number", flat=True))
    numbers = [number for number in _numbers() if number.number not in numbers_known]
    Term.objects.bulk_create(terms)
    CrisisNumber.objects.bulk_create(numbers)
    return len(terms) + len(numbers)


def problems_of(reason: str) -> tuple[str, ...]:
    """The problem codes that a person's own reason points to; empty when it points to none."""
    rows = (row for row in shipped("vocabularies") if row["vocabulary"] == "employee_reason")
    return next((tuple(row["problems"].split()) for row in rows if row["code"] == reason), ())


def _terms() -> list[Term]:
    counts: dict[str, int] = {}
    made = []
    for row in shipped("vocabularies"):
        position = counts[row["vocabulary"]] = counts.get(row["vocabulary"], 0) + _STEP
        made.append(
            Term(
                vocabulary=row["vocabulary"],
                code=row["code"],
                label=row["label"],
                help=row["help"],
                position=position,
                active=row["offered"] == "yes",
            )
        )
    return made


def _numbers() -> list[CrisisNumber]:
    return [
        CrisisNumber(number=row["number"], label=row["label"], public=row["public"] == "yes", position=place * _STEP)
        for place, row in enumerate(shipped("crisis_numbers"), start=1)
    ]
