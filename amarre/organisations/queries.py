"""Words of the vocabularies, for forms and pages; one query for as many lists as a page needs.

Read by every door that shows a code. Reads what the actor may see and nothing else.
"""

from __future__ import annotations

from amarre.core.actor import Actor
from amarre.organisations.models import CrisisNumber, Term

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
