"""The catalogue of rights applications (démarches): what is shipped, what the service rewrites, what is due when.

Read by the room's models, commands and queries, and by the doors that show a catalogue. Must not know tables nor
doors: a definition is a mapping, from the files of `data/procedures/` or from a row. No fact without its source; what
nobody verified is shown « à vérifier » and is never a hard rule (domain reference §§ 0, 2).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from amarre.plans.procedures_due import due
from amarre.plans.procedures_parse import Malformed, parse, unparse
from amarre.plans.procedures_types import (
    Counting,
    Dates,
    Delay,
    Direction,
    Document,
    Due,
    Means,
    Origin,
    Procedure,
    ProcedureState,
    Status,
    Unit,
)

__all__ = [
    "Counting",
    "Dates",
    "Delay",
    "Direction",
    "Document",
    "Due",
    "Malformed",
    "Means",
    "Origin",
    "Procedure",
    "ProcedureState",
    "Status",
    "Unit",
    "definitions",
    "due",
    "parse",
    "shipped",
    "shown",
    "unparse",
]

_DATA = Path(__file__).parent / "data" / "procedures"
_SHARED = "shared"
_FILES = ("disability", "health", "retirement", "work", "money", "family", "other")


def shown(text: str, status: Status) -> str:
    """A fact as a page says it: one that nobody verified says so itself."""
    return text if status == Status.VERIFIED or not text else f"{text.rstrip('.')} (à vérifier)"


@cache
def shipped() -> Mapping[str, Procedure]:
    """Every procedure that Amarre ships, by code, in the order of the files."""
    return MappingProxyType({code: parse(row) for code, row in definitions().items()})


def definitions() -> dict[str, dict[str, Any]]:
    """The shipped entries as `parse` reads them, for a form to start from; shared rules are written out in each."""
    shared = _read(_SHARED)
    found: dict[str, dict[str, Any]] = {}
    for name in _FILES:
        for code, row in _read(name).items():
            delays = [{"id": rule, **shared[rule]} for rule in row.pop("shared", ())]
            own = [{"id": rule, **values} for rule, values in row.pop("delays", {}).items()]
            found[code] = {"code": code, **row, "delays": [*delays, *own]}
    return found


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
