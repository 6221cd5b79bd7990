"""Finding people by name, telephone, e-mail or employer; seeing that somebody is known before writing them twice.

Read by the doors that look for somebody. Must not know that a case exists: who is found says nothing about why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from amarre.core.actor import Actor
from amarre.core.text import digits, fold
from amarre.people.models import Job, Person, PersonAccount

_ALIKE = 60
_BORN_THE_SAME_DAY = 2_000
_SHORT_NAME = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found, with what tells them apart from their homonyms, and why they were found."""

    person: Person
    employer: str = ""
    reasons: tuple[str, ...] = ()


def search_people(actor: Actor, words: str, limit: int = 25) -> list[Hit]:
    """The people who answer to the words, best first: beginning of the name, then inside it, then with the employer.

    Digits look in telephones, an « @ » in e-mails. When nothing answers, names that look alike do.
    """
    rows = Person.objects.visible_to(actor)
    number = digits(words)
    if "@" in words:
        found = [*rows.filter(email__startswith=words.strip().lower()).order_by("search")[:limit]]
    elif len(number) >= 4 and not fold(words).replace(" ", "").strip("0123456789"):
        found = [*rows.filter(phone_digits__startswith=number).order_by("search")[:limit]]
    else:
        found = _by_name(actor, rows, fold(words), limit)
    return _with_employers(actor, found)


def _by_name(actor: Actor, rows: QuerySet[Person], folded: str, limit: int) -> list[Person]:
    if not folded:
        return []
    parts = folded.split()
    turned = " ".join([parts[-1], *parts[:-1]])
    begins = reduce(or_, (Q(search__startswith=text) for text in {folded, turned}))
    found = [*rows.filter(begins).order_by("search")[:limit]]
    inside = rows
    for part in parts:
        inside = inside.filter(_named(part))
    found = _more(found, inside, limit)
    if len(parts) > 1 and not found:
        found = _more(found, _at_employer(actor, rows, parts), limit)
    return found or [person for person in _alike(rows, folded)[:_ALIKE] if _misspelt(person, parts)][:limit]


def _misspelt(person: Person, parts: list[str]) -> bool:
    """The words are a name of theirs, or the whole of it in either order, but for two letters."""
    names = person.search.split() if len(parts) == 1 else [person.search]
    words = (" ".join(parts), " ".join([parts[-1], *parts[:-1]]))
    return any(letters_apart(word, name) <= (2 if len(name) >= _SHORT_NAME else 1) for word in words for name in names)


def _named(part: str) -> Q:
    """One of the names begins so."""
    return Q(search__startswith=part) | Q(search__contains=f" {part}")


def _at_employer(actor: Actor, rows: QuerySet[Person], parts: list[str]) -> QuerySet[Person]:
    """« benali conserverie »: each word is in the name or in the employer's, one at least in the name."""
    jobs = Job.objects.visible_to(actor).filter(person=OuterRef("pk"))
    rows = rows.filter(reduce(or_, (_named(part) for part in parts)))
    for part in parts:
        rows = rows.filter(_named(part) | Exists(jobs.filter(establishment__search__contains=part)))
    return rows


def _alike(rows: QuerySet[Person], folded: str) -> QuerySet[Person]:
    """Names that share enough of their letters, three by three (index `people_person_trgm`)."""
    close = TrigramSimilarity("search", folded)
    return rows.filter(search__trigram_similar=folded).annotate(close=close).order_by("-close", "search")


def _more(found: list[Person], rows: QuerySet[Person], limit: int) -> list[Person]:
    left = limit - len(found)
    if left <= 0:
        return found
    return [*found, *rows.exclude(pk__in=[p.pk for p in found]).order_by("search")[:left]]


def employers(actor: Actor, people: Iterable[Person]) -> dict[int, str]:
    """Where each works now, or worked last; one query for all of them."""
    jobs = Job.objects.visible_to(actor).filter(person__in=[p.pk for p in people])
    rows = sorted(jobs.select_related("establishment__company"), key=_latest_last)
    return {job.person_id: str(job.establishment) for job in rows}


def _latest_last(job: Job) -> tuple[date, date]:
    return job.until or date.max, job.since or date.min


def _with_employers(actor: Actor, people: list[Person]) -> list[Hit]:
    where = employers(actor, people) if people else {}
    return [Hit(person, where.get(person.pk, "")) for person in people]


def likely_duplicates(
    actor: Actor,
    *,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    email: str = "",
    birth_date: date | None = None,
    besides: Person | None = None,
    limit: int = 5,
) -> list[Hit]:
    """People already known who may be this one, with the reasons to think so, likeliest first.

    Same telephone, same e-mail, same name (in either order), or a name within two letters.
    """
    said = _Said(fold(last_name), fold(first_name), digits(phone), email.strip().lower(), birth_date)
    rows = Person.objects.visible_to(actor)
    rows = rows.exclude(pk=besides.pk) if besides else rows
    found = {person.pk: person for person in said.candidates(rows)}
    judged = [(reasons, person) for person in found.values() if (reasons := said.reasons(person))]
    judged.sort(key=lambda pair: (-len(pair[0]), pair[1].search))
    kept = judged[:limit]
    where = employers(actor, [person for _, person in kept])
    return [Hit(person, where.get(person.pk, ""), reasons) for reasons, person in kept]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of somebody who is about to be written down."""

    last: str
    first: str
    phone: str
    email: str
    born: date | None

    @property
    def names(self) -> set[str]:
        """Both orders: people are asked for one and give the other."""
        return {f"{self.last} {self.first}".strip(), f"{self.first} {self.last}".strip()} - {""}

    def candidates(self, rows: QuerySet[Person]) -> Iterable[Person]:
        """Few rows, by index only."""
        same = [Q(phone_digits=self.phone)] if len(self.phone) >= 8 else []
        same += [Q(email=self.email)] if self.email else []
        same += [Q(search__in=self.names)] if self.last else []
        if same:
            yield from rows.filter(reduce(or_, same))[:_ALIKE]
        if self.born and self.last:
            yield from rows.filter(birth_date=self.born)[:_BORN_THE_SAME_DAY]
        if self.last and self.first:
            yield from _alike(rows, f"{self.last} {self.first}")[:_ALIKE]

    def reasons(self, person: Person) -> tuple[str, ...]:
        """Why it may be the same; empty when it is not."""
        found = []
        if self.phone and person.phone_digits == self.phone:
            found.append("même téléphone")
        if self.email and person.email == self.email:
            found.append("même courriel")
        apart = min((letters_apart(name, person.search) for name in self.names), default=99)
        born_the_same = bool(self.born) and person.birth_date == self.born
        born_otherwise = bool(self.born and person.birth_date) and not born_the_same
        longest = 2 if len(person.search) >= _SHORT_NAME else 1
        if apart == 0:
            found.append("même nom")
        elif apart <= longest and (found or not born_otherwise):
            found.append("nom très proche")
        if found and born_the_same:
            found.append("même date de naissance")
        return tuple(found)


def letters_apart(one: str, other: str, most: int = 3) -> int:
    """Letters added, lost, changed or swapped with their neighbour between two texts; `most` stands for more."""
    if abs(len(one) - len(other)) >= most:
        return most
    before: list[int] = []
    last: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for i, a in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) >= most:
            return most
    return min(row[-1], most)


def account_person(user_id: int) -> int | None:
    """Whose space an account opens; asked before anybody is somebody, as the application itself."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id from people_personaccount where user_id = %s", [user_id])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def account_of(actor: Actor, person: Person) -> PersonAccount | None:
    """The account that opens somebody's space."""
    return PersonAccount.objects.visible_to(actor).filter(person=person).first()
