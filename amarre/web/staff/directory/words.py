"""Codes of the directory in words that one says; opening hours as one reads them. Pure.

Read by the views beside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amarre.core.actor import Actor
from amarre.directory.imports_schema import labels as schema_labels
from amarre.directory.models import LOCAL, Service, Structure
from amarre.organisations.queries import labels
from amarre.web.ui.parts import Badge

_DAYS = {
    "Mo": "lundi",
    "Tu": "mardi",
    "We": "mercredi",
    "Th": "jeudi",
    "Fr": "vendredi",
    "Sa": "samedi",
    "Su": "dimanche",
}
_RULE = re.compile(r"(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) (?P<hours>[\d:,-]+|off)")
_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_SOURCES = {LOCAL: "écrit par le service", "finess": "FINESS (Agence du numérique en santé)"}


def hours(text: str) -> str:
    """« Mo-Fr 09:00-18:00 » gives « du lundi au vendredi : 9 h – 18 h »; what is not understood is left as it is."""
    found = []
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        if rule == "PH off":
            found.append("fermé les jours fériés")
            continue
        shape = _RULE.fullmatch(rule)
        spans = [] if shape is None else [_SPAN.fullmatch(span) for span in shape["hours"].split(",")]
        if shape is None or (shape["hours"] != "off" and not all(spans)):
            return text
        when = " et ".join(f"{_hour(s[1], s[2])}\u00a0–\u00a0{_hour(s[3], s[4])}" for s in spans if s) or "fermé"
        found.append(f"{_days(shape['days'])}\u00a0: {when}")
    return "\u202f; ".join(found)


def _days(text: str) -> str:
    parts = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        rest = last.split("-")[-1]
        parts.append(f"du {_DAYS[first]} au {_DAYS[rest]}" if rest else f"le {_DAYS[first]}")
    return ", ".join(parts)


def _hour(hour: str, minute: str) -> str:
    return f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")


@dataclass(frozen=True, slots=True)
class Words:
    """The labels that a page of the directory needs, read once."""

    kinds: dict[str, str]
    problems: dict[str, str]

    def kind(self, structure: Structure) -> str:
        """The type of partner."""
        return self.kinds.get(structure.kind, structure.kind)


def words(actor: Actor) -> Words:
    """The service's own words for types and problems; one query."""
    found = labels(actor, "partner_kind", "problem")
    return Words(found["partner_kind"], found["problem"])


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, said in words."""

    row: Service
    themes: list[str]
    publics: str
    cost: str
    ways_in: str
    ways_to_ask: str
    hours: str
    freshness: Badge | None


def offer(service: Service) -> Offer:
    """Everything that a sheet says of a service."""
    cost = schema_labels("costs").get(service.cost, "")
    return Offer(
        row=service,
        themes=said("themes", service.themes),
        publics=". ".join(filter(None, (_listed("publics", service.publics), service.publics_words))),
        cost=", ".join(filter(None, (cost, service.cost_words))),
        ways_in=_listed("ways_in", service.ways_in),
        ways_to_ask=_listed("ways_to_ask", service.ways_to_ask),
        hours=hours(service.opening_hours),
        freshness=Badge("à vérifier", "rope") if service.is_stale else None,
    )


def said(name: str, codes: list[str]) -> list[str]:
    """The labels of some codes of the schema; an old code stays readable."""
    known = schema_labels(name)
    return [known.get(code, code) for code in codes]


def _listed(name: str, codes: list[str]) -> str:
    """« Actifs, familles »: one capital for the whole list."""
    first, *rest = said(name, codes) or [""]
    return ", ".join([first, *(f"{label[:1].lower()}{label[1:]}" for label in rest)])


def source(structure: Structure) -> str:
    """Who says so."""
    return _SOURCES.get(structure.source, f"data·inclusion, « {structure.source} »")
