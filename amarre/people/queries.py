"""Finding people: by name, telephone or e-mail; and the same person before it is made twice.

Read by the doors. Must not know that a case exists.
"""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher

from django.db.models import Q

from amarre.core.actor import Actor
from amarre.core.text import digits, fold
from amarre.people.models import Person

_ALIKE = 0.85


def search_people(actor: Actor, words: str, limit: int = 25) -> list[Person]:
    """By telephone when it is digits, else by the beginning of the name, then by any part of it."""
    rows = Person.objects.visible_to(actor)
    number, wanted = digits(words), fold(words)
    if len(number) >= 6:
        return list(rows.filter(phone_digits__startswith=number)[:limit])
    if "@" in words:
        return list(rows.filter(email__iexact=words.strip())[:limit])
    if not wanted:
        return []
    found = list(rows.filter(search__startswith=wanted)[:limit])
    if len(found) < limit:
        match = Q()
        for word in wanted.split():
            match &= Q(search__contains=word)
        known = {p.pk for p in found}
        found += [p for p in rows.filter(match)[:limit] if p.pk not in known]
    return found[:limit]


def likely_duplicates(
    actor: Actor,
    *,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    email: str = "",
    birth_date: date | None = None,
    limit: int = 5,
) -> list[Person]:
    """People who may be this one: same telephone, same e-mail, or a name that differs by a letter or two."""
    rows, name, number = Person.objects.visible_to(actor), fold(f"{last_name} {first_name}"), digits(phone)
    same = Q(pk__in=[])
    if number:
        same |= Q(phone_digits=number)
    if email:
        same |= Q(email__iexact=email.strip())
    if name:
        words = name.split()
        same |= Q(search=name) | Q(search=" ".join(reversed(words))) | Q(search__startswith=words[0][:3])
        same |= Q(search__contains=f" {words[-1]}")
    ranked = sorted(
        ((_score(p, name, number, email, birth_date), p) for p in rows.filter(same)[:400]), key=lambda x: -x[0]
    )
    return [person for score, person in ranked if score >= _ALIKE][:limit]


def _score(person: Person, name: str, number: str, email: str, birth_date: date | None) -> float:
    if (number and person.phone_digits == number) or (email and person.email.lower() == email.strip().lower()):
        return 1.0
    if not name or (birth_date and person.birth_date and birth_date != person.birth_date):
        return 0.0
    one, other = sorted(name.split()), sorted(person.search.split())
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()
