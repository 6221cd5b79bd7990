"""What to look at again before something leaves: words of health, numbers, addresses; a help, never a lock.

Read by the doors. Pure: it keeps nothing and sends nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amarre.core.text import fold
from amarre.sharing.states import PartyKind

_HEALTH = (
    "accident", "addiction", "alcool", "allergie", "antidepresseur", "anxiete", "arret de travail", "burn out",
    "burnout", "cancer", "chimio", "chronique", "depression", "diagnostic", "diabete", "epilepsie", "grossesse",
    "handicap", "hopital", "hospitalis", "inaptitude", "invalidite", "maladie", "medicament", "mutilation",
    "operation", "pathologie", "psychiatr", "psychotherap", "rechute", "rqth", "sante", "sclerose", "suicid",
    "symptome", "therapie", "traitement", "trouble", "vih",
)  # fmt: skip
_LIFE = (
    "avocat", "bdf", "crs", "dette", "divorce", "enceinte", "expulsion", "garde des enfants", "garde a vue",
    "huissier", "impaye", "plainte", "police", "prison", "rsa", "saisie", "separation", "surendettement",
    "syndicat", "titre de sejour", "tribunal", "violence",
)  # fmt: skip
_GAP = r"[\s./\u2010-\u2013-]?"
_PHONE = re.compile(rf"(?<!\d)(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\))?|0){_GAP}\d(?:{_GAP}\d{{2}}){{4}}(?!\d)")
_MAIL = re.compile(r"[\w+-]@[\w-]{1,63}\.\w")
_LONG_NUMBER = re.compile(
    rf"(?<!\d)[12]{_GAP}\d{{2}}{_GAP}(?:0\d|1[0-2]){_GAP}(?:\d{{2}}|2[ab]){_GAP}\d{{3}}{_GAP}\d{{3}}", re.IGNORECASE
)
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
"""`fold` drops the typographer's apostrophe: « l’hôpital » would be one word, in which nothing is recognised."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at again: what was found, and why it matters."""

    what: str
    why: str


def _found(words: tuple[str, ...], text: str) -> list[str]:
    return [w for w in words if re.search(rf"\b{re.escape(w)}", text)]


def remarks(content: str, party_kind: str) -> list[Remark]:
    """What somebody should read again; an employer never receives anything of health or private life."""
    said, found = fold(content.translate(_APOSTROPHES)), []
    outside = party_kind != PartyKind.COLLEAGUE
    if outside and (words := _found(_HEALTH, said)):
        why = "L’employeur n’a pas à le savoir" if party_kind == PartyKind.EMPLOYER else "Est-ce nécessaire ici\u00a0?"
        found.append(Remark(f"des mots de santé\u00a0: {', '.join(words)}", why))
    if party_kind == PartyKind.EMPLOYER and (words := _found(_LIFE, said)):
        found.append(Remark(f"des mots de la vie privée\u00a0: {', '.join(words)}", "L’employeur n’a pas à le savoir"))
    if _LONG_NUMBER.search(content):
        found.append(Remark("un numéro qui ressemble à un numéro de sécurité sociale", "Retirez-le"))
    if _PHONE.search(content) or _MAIL.search(content):
        found.append(Remark("un numéro de téléphone ou une adresse", "Est-ce bien celui qu’il faut donner\u00a0?"))
    return found
