"""The service's words for forms and pages, and companies found by name, place or number.

Read by every door that shows a code or looks for a workplace. Reads what the actor may see and nothing else.
"""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from amarre.core.actor import Actor
from amarre.core.text import fold
from amarre.organisations.models import Centre, Commune, Company, CrisisNumber, Establishment, Term

Choices = list[tuple[str, str]]


def terms(actor: Actor, vocabulary: str) -> list[Term]:
    """The words that are offered, in the service's order."""
    return [*Term.objects.visible_to(actor).filter(vocabulary=vocabulary, active=True)]


def choices(actor: Actor, *vocabularies: str) -> dict[str, Choices]:
    """For each vocabulary, the pairs (code, label) that a form offers; one query for all of them."""
    found: dict[str, Choices] = {name: [] for name in vocabularies}
    rows = Term.objects.visible_to(actor).filter(vocabulary__in=vocabularies, active=True)
    for vocabulary, code, label in rows.values_list("vocabulary", "code", "label"):
        found[vocabulary].append((code, label))
    return found


def labels(actor: Actor, *vocabularies: str) -> dict[str, dict[str, str]]:
    """For each vocabulary, code → label, closed words included: what was written stays readable."""
    found: dict[str, dict[str, str]] = {name: {} for name in vocabularies}
    rows = Term.objects.visible_to(actor).filter(vocabulary__in=vocabularies)
    for vocabulary, code, label in rows.values_list("vocabulary", "code", "label"):
        found[vocabulary][code] = label
    return found


def label(actor: Actor, vocabulary: str, code: str) -> str:
    """The label of one code; the code itself when nobody knows it any more, nothing for nothing."""
    row = Term.objects.visible_to(actor).filter(vocabulary=vocabulary, code=code).first() if code else None
    return row.label if row else code


def crisis_numbers(actor: Actor) -> list[CrisisNumber]:
    """The numbers to call now, in the service's order; `checked_on` empty is shown as « à vérifier »."""
    return [*CrisisNumber.objects.visible_to(actor).filter(active=True)]


class Areas:
    """Which centre answers for a place of work; read once, asked many times."""

    def __init__(self, actor: Actor) -> None:
        self._by_name: dict[str, list[tuple[str, int]]] = {}
        self._by_postcode: dict[str, int] = {}
        rows = Commune.objects.visible_to(actor).filter(centre__active=True).order_by("id")
        for name, postcode, centre_id in rows.values_list("search", "postcode", "centre_id"):
            if name:
                self._by_name.setdefault(name, []).append((postcode, centre_id))
            elif postcode:
                self._by_postcode.setdefault(postcode, centre_id)

    def centre_of(self, city: str, postcode: str) -> int | None:
        """The centre of that commune, else of the longest beginning of the postcode, else nobody yet."""
        named = self._by_name.get(fold(city), []) if city else []
        for begins, centre_id in named:
            if not begins or not postcode or postcode.startswith(begins):
                return centre_id
        lengths = range(len(postcode), 0, -1)
        return next((self._by_postcode[p] for n in lengths if (p := postcode[:n]) in self._by_postcode), None)


def centres(actor: Actor) -> QuerySet[Centre]:
    """The centres that are open."""
    return Centre.objects.visible_to(actor).filter(active=True)


def search_companies(actor: Actor, words: str, *, centre_id: int | None = None) -> QuerySet[Company]:
    """Companies whose name, one workplace, SIREN or SIRET answers to the words; all of them for no word."""
    rows = Company.objects.visible_to(actor)
    places = Establishment.objects.visible_to(actor).filter(company=OuterRef("pk"))
    if centre_id is not None:
        rows = rows.filter(Exists(places.filter(centre_id=centre_id)))
    found = _number(words)
    if found:
        return rows.filter(Q(siren=found[:9]) if len(found) >= 9 else Q(siren__startswith=found))
    for word in fold(words).split():
        rows = rows.filter(Q(search__contains=word) | Exists(places.filter(search__contains=word)))
    return rows


def search_workplaces(actor: Actor, words: str, limit: int = 20) -> list[Establishment]:
    """Open workplaces to choose from, with their company: by name, commune or SIRET."""
    rows = Establishment.objects.visible_to(actor).filter(active=True).select_related("company")
    if found := _number(words):
        return [*rows.filter(siret__startswith=found)[:limit]]
    parts = fold(words).split()
    for word in parts:
        rows = rows.filter(search__contains=word)
    return [*rows[:limit]] if parts else []


def _number(words: str) -> str:
    """The digits of a SIREN or SIRET being looked for; empty when the words are words."""
    found = re.sub(r"[\s.\u00a0\u202f]", "", words)
    return found if re.fullmatch(r"[0-9]{3,14}", found) else ""
