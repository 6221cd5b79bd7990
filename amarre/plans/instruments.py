"""The grids: what is shipped, what is not and why, and all that is done with one. Everybody imports this module.

Read by the room `plans`, the doors and `amarre grids`. The shipped grids are files (`data/grids`, domain reference
§ 3), one per version, and a published version never changes. Must not know a person, a case, or a database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from amarre.plans.instruments_model import (
    REFUSED,
    BadAnswer,
    Band,
    Choice,
    Grid,
    Item,
    ItemKind,
    Malformed,
    Result,
    Scoring,
    ScoringKind,
    Section,
    Subscale,
    Value,
)
from amarre.plans.instruments_parse import parse
from amarre.plans.instruments_score import asked, progress, read_answer, read_answers, score, urgent

DATA = Path(__file__).parent / "data" / "grids"

NOT_SHIPPED: dict[str, str] = {
    "CBI (Copenhagen Burnout Inventory)": "Aucune formulation française vérifiée ; l’usage non commercial seul est "
    "déclaré libre par les auteurs.",
    "COPSOQ": "Licence de type CC BY-NC-ND : ni adaptation ni usage commercial.",
    "HAD (échelle d’anxiété et de dépression)": "Licence commerciale.",
    "MBI (Maslach Burnout Inventory)": "Licence commerciale.",
    "SF-12 et SF-36": "Licence commerciale.",
    "WAI et WAS (indice de capacité de travail)": "Droits de l’Institut finlandais de santé au travail : il faut son "
    "autorisation, surtout dans un logiciel. Une auto-évaluation de notre rédaction les remplace (work_ability), sans "
    "comparaison possible avec leurs normes.",
    "WHODAS 2.0": "Droits de l’OMS : conditions d’usage propres, seules les traductions officielles sont admises.",
}
"""Instruments that are not given, by name, and why."""


class UnknownGrid(LookupError):
    """No shipped grid has that code and version. The message is a French sentence that says which exist."""


@cache
def shipped() -> Mapping[tuple[str, str], Grid]:
    """Every shipped grid by (code, version), read once, in the order of the codes then of the versions."""
    found: dict[tuple[str, str], Grid] = {}
    for path in DATA.glob("*.toml"):
        grid = parse(tomllib.loads(path.read_text("utf-8")))
        if path.stem != f"{grid.code}-{grid.version}":
            raise Malformed(f"{path.name} : ce fichier doit s’appeler {grid.code}-{grid.version}.toml.")
        found[grid.code, grid.version] = grid
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: (pair[0][0], _order(pair[0][1])))))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def codes() -> tuple[str, ...]:
    """The codes of the shipped grids. A grid of the service takes none of them."""
    return tuple(dict.fromkeys(code for code, _ in shipped()))


def newest(code: str) -> Grid:
    """The newest version of a shipped grid. Raises `UnknownGrid`."""
    versions = [grid for (known, _), grid in shipped().items() if known == code]
    if not versions:
        raise UnknownGrid(f"La grille « {code[:40]} » n’existe pas ; au choix : {', '.join(codes())}.")
    return versions[-1]


def get(code: str, version: str) -> Grid:
    """One version of a shipped grid. Raises `UnknownGrid`."""
    found = shipped().get((code, version))
    if found is None:
        last = newest(code)
        raise UnknownGrid(
            f"La grille « {code} » n’a pas de version {version[:20]} ; la plus récente est la version {last.version}."
        )
    return found


__all__ = [
    "NOT_SHIPPED",
    "REFUSED",
    "BadAnswer",
    "Band",
    "Choice",
    "Grid",
    "Item",
    "ItemKind",
    "Malformed",
    "Result",
    "Scoring",
    "ScoringKind",
    "Section",
    "Subscale",
    "UnknownGrid",
    "Value",
    "asked",
    "codes",
    "get",
    "newest",
    "parse",
    "progress",
    "read_answer",
    "read_answers",
    "score",
    "shipped",
    "urgent",
]
