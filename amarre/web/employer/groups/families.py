"""The catalogue as somebody reads it who knows none of its words: a few families, each with its lines.

Read by the views beside. Pure. A theme that is in no family goes with the rest, so that nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amarre.collective.models import Offer
from amarre.collective.states import LANGUAGES
from amarre.core.letters import length

ELSE = "other"
"""The code of the line « Autre chose »."""
_REST = "Autres actions"
FAMILIES: dict[str, tuple[str, ...]] = {
    "Connaître le service social": ("SERVICE",),
    "Argent et logement": ("HOUSING", "INCOME", "BUDGET", "RETIREMENT"),
    "Démarches de tous les jours": ("DIGITAL", "MOBILITY", "LITERACY"),
    "Handicap, arrêt long, reprise": ("DISABILITY", "RETURN", "CANCER"),
    "Fatigue, stress, addictions": ("MENTAL_HEALTH", "SLEEP", "ADDICTION"),
    "Famille et proches": ("CARERS", "PARENTING", "VIOLENCE"),
    "Le travail et les équipes": ("WORK", "RISKS", "MANAGERS"),
    "Après un événement grave": ("CRISIS", "BEREAVEMENT"),
    _REST: ("OTHER",),
}
_OF = {theme: family for family, themes in FAMILIES.items() for theme in themes}
_WORDS = dict(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the catalogue, in words."""

    offer: Offer
    length: str
    languages: str


def line_of(offer: Offer) -> Line:
    """An offer, with its length and languages as one says them."""
    return Line(offer, length(offer.minutes), ", ".join(_WORDS.get(code, code).lower() for code in offer.languages))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A family, the themes that are in it, its lines."""

    family: str
    themes: str
    lines: list[Line]


def shelves(offers: Iterable[Offer]) -> list[Shelf]:
    """The families that have something, in order; « something else » is apart (`something_else`)."""
    found: dict[str, list[Line]] = {family: [] for family in FAMILIES}
    for offer in offers:
        if offer.code != ELSE:
            found[_OF.get(offer.theme, _REST)].append(line_of(offer))
    return [Shelf(family, _themes(lines), lines) for family, lines in found.items() if lines]


def something_else(offers: Iterable[Offer]) -> Offer | None:
    """The line for what the catalogue does not have, unless the service closed it."""
    return next((offer for offer in offers if offer.code == ELSE), None)


def _themes(lines: Iterable[Line]) -> str:
    return " · ".join(dict.fromkeys(line.offer.theme_label for line in lines))
