"""How somebody is named, told apart from a homonym, and reached without harm: words for every page that shows them.

Read by the staff screens. Must not know that a case exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from amarre.people.models import Person
from amarre.people.queries import Hit
from amarre.web.ui.parts import Badge


def age_of(person: Person) -> str:
    """« 47 ans », or nothing when the date of birth is not known."""
    born, today = person.birth_date, timezone.localdate()
    if born is None:
        return ""
    return f"{today.year - born.year - ((today.month, today.day) < (born.month, born.day))}\u00a0ans"


def warnings_of(person: Person) -> list[Badge]:
    """What somebody must read before they call or write: never call, how, in which language, through whom."""
    found = []
    if person.do_not_call:
        found.append(Badge("Ne pas appeler", "red"))
    if person.do_not_notify:
        found.append(Badge("Ne pas notifier", "red"))
    if person.channel_note:
        found.append(Badge(person.channel_note, "sea"))
    if person.channel:
        found.append(Badge(f"Préfère\u00a0: {_in_a_sentence(person.get_channel_display())}", "sea"))
    if person.interpreter:
        found.append(Badge(": ".join(filter(None, ("Interprète\u00a0", person.language))).strip(), "rope"))
    elif person.language:
        found.append(Badge(f"Langue\u00a0: {person.language}", "sea"))
    if person.legal_representative:
        found.append(Badge(f"Représentant légal\u00a0: {person.legal_representative}", "rope"))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list."""

    person: Person
    url: str
    told_apart: str
    warnings: list[Badge]
    reasons: str


def lines_of(hits: list[Hit]) -> list[Line]:
    """People found, each told apart by year of birth and employer."""
    return [
        Line(
            hit.person,
            reverse("staff:person", args=[hit.person.pk]),
            " · ".join(filter(None, (_born(hit.person.birth_date), hit.employer)))
            or "ni naissance ni employeur connus",
            warnings_of(hit.person)[:2],
            ", ".join(hit.reasons),
        )
        for hit in hits
    ]


def _in_a_sentence(label: str) -> str:
    return label if label.isupper() else label.lower()


def _born(day: date | None) -> str:
    return f"né(e) en {day.year}" if day else ""
