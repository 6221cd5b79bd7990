"""Whether words that should name nobody let somebody be recognised: a lock for plain signs, remarks for weaker ones.

Read by `commands_meetings` and the doors. Pure: it keeps nothing, and knows people only for as long as it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from amarre.core.text import digits
from amarre.core.text import fold as plainly
from amarre.sharing.reread import Remark

# Names that are words too: in small letters they are not a sign by themselves.
_COMMON = frozenset((
    "aime", "ange", "barbier", "berger", "blanc", "bon", "boulanger", "brun", "chevalier", "claire", "constant",
    "court", "doux", "droit", "fleur", "fontaine", "fort", "france", "gentil", "grand", "gros", "jade",
    "jardin", "jeune", "joly", "juste", "lebon", "leger", "long", "loyal", "marchand", "marine", "masson",
    "mercier", "merle", "modeste", "moulin", "noel", "noir", "perle", "petit", "pierre", "place", "poirier",
    "pommier", "pont", "poste", "potier", "prevost", "prosper", "renard", "rose", "rouge", "roux", "roy",
    "sage", "soleil", "vert", "victoire", "violette",
))  # fmt: skip
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[./\u2010-\u2015-]\s*(\d{1,2})\s*[./\u2010-\u2015-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SPOKEN = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_BORN = re.compile(r"\bnee? (?:en|le)\b|\b(?:19|20)\d\d\b")
_PHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\u00a0\u202f-]?\d(?:[\s.\u00a0\u202f-]?\d{2}){4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+\.\w+")
_NUMBER = re.compile(r"\d(?:[\s.\u00a0\u202f/-]?\d){5,}")
_INITIALS = re.compile(r"\b[A-ZÀ-Ý]\.\s?[A-ZÀ-Ý]\.|\b(?:M\.|Mme|Mlle|Monsieur|Madame)\s+[A-ZÀ-Ý]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:;…«»\"\n•–—-])\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """What would give somebody away."""

    names: tuple[str, ...] = ()
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found: what forbids, and what should be read again."""

    plain: tuple[str, ...] = ()
    weak: tuple[Remark, ...] = field(default=())


def fold(text: str) -> str:
    """Folded, as names are; a curled apostrophe or a long dash parts two words as its plain sister does."""
    return plainly(re.sub("[\u2010-\u2019\u02bc]", " ", text))


def _days(words: str) -> Iterator[date]:
    found = [(int(y), int(m), int(d)) for d, m, y in _FIGURES.findall(words)]
    found += [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(words)]
    found += [(int(y), _MONTHS.index(m) + 1, int(d)) for d, m, y in _SPOKEN.findall(fold(words))]
    for year, month, day in found:
        for century in (1900, 2000) if year < 100 else (0,):
            try:
                yield date(century + year, month, day)
            except ValueError:
                continue


def _capitals(words: str) -> set[str]:
    """Folded words that begin with a capital elsewhere than at the head of a sentence, or are all capitals."""
    return {part for word in _raw_capitals(words) for part in (fold(word), *fold(word).split())}


def _raw_capitals(words: str) -> list[str]:
    found = []
    for hit in _WORD.finditer(words):
        word = hit.group()
        inside = word[0].isupper() and not _SENTENCE.search(words[: hit.start()])
        if inside or (len(word) > 2 and word.isupper()):
            found.append(word)
    return found


def _said(folded: str, phrase: str, capitals: set[str]) -> bool:
    """Whether a folded name stands in the folded text, as whole words."""
    if len(phrase) < 2 or f" {phrase} " not in f" {folded} ":
        return False
    return phrase not in _COMMON or phrase in capitals


def _plain(words: str, people: Iterable[Known]) -> Iterator[str]:
    folded, capitals, days = fold(words), _capitals(words), set(_days(words))
    squeezed, said_mail = _numbers(words), words.casefold().replace(" ", "")
    if _PHONE.search(words):
        yield "un numéro de téléphone"
    if _MAIL.search(words):
        yield "une adresse électronique"
    for one in people:
        yield from (f"le nom «\u202f{name}\u202f»" for name in one.names if _said(folded, fold(name), capitals))
        yield from (f"l’entreprise «\u202f{c}\u202f»" for c in one.companies if _said(folded, fold(c), capitals))
        if one.birth_date in days:
            yield "une date de naissance"
        if one.phone and any(one.phone in run for run in squeezed):
            yield "un numéro de téléphone"
        if one.email and one.email.casefold() in said_mail:
            yield "une adresse électronique"


def _numbers(words: str) -> list[str]:
    """The long numbers of a text, as telephones are kept."""
    return [digits(run) for run in _NUMBER.findall(words)]


def _weak(words: str) -> Iterator[Remark]:
    named = list(dict.fromkeys(w for w in _raw_capitals(words) if len(w) > 1))
    if named:
        yield Remark(f"des mots qui pourraient être des noms\u00a0: {', '.join(named)}", "Nomment-ils quelqu’un\u00a0?")
    if _INITIALS.search(words):
        yield Remark("des initiales, ou un titre suivi d’une lettre", "Écrivez «\u202fune personne\u202f»")
    if any(True for _ in _days(words)):
        yield Remark("une date", "Dites plutôt «\u202fil y a quelques mois\u202f»")
    elif _BORN.search(fold(words)):
        yield Remark("une année, ou une naissance", "Dites plutôt une tranche d’âge")
    if _NUMBER.search(words):
        yield Remark("un long numéro", "À qui mène-t-il\u00a0?")


def signs(words: str, people: Iterable[Known]) -> Signs:
    """What a text that should be anonymous still says; `people` are those whom its author accompanies."""
    return Signs(tuple(dict.fromkeys(_plain(words, people))), tuple(_weak(words)))
