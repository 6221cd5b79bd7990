"""What to read again before sending somebody, or before asking a colleague about nobody: a help, never a lock.

Read by the doors. Pure: it keeps nothing and sends nothing.
"""

from __future__ import annotations

import hashlib
import re

from amarre.sharing.reread import Remark, remarks
from amarre.sharing.states import PartyKind

_UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ"
_NAMED = re.compile(rf"\b(?:M\.|MM\.|Mme|Mlle|Mr|Monsieur|Madame|Mademoiselle)[\s\u00a0\u202f]+[{_UPPER}]")
_INITIALS = re.compile(rf"\b(?:M\.|Mme|Mlle|Mr|Monsieur|Madame)[\s\u00a0\u202f]+[{_UPPER}]\.")
_BORN = re.compile(
    r"\bn[ée]+\(?e?\)? (?:le|en)\b|(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:er)? (?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre) (?:19|20)\d{2}",
    re.IGNORECASE,
)


def before_sending(words: str) -> list[Remark]:
    """Medical words, numbers and addresses in what a member of the health team writes to the social service."""
    return remarks(words, PartyKind.OTHER) if words.strip() else []


def before_asking(text: str) -> list[Remark]:
    """What might name somebody in a question that names nobody: a name of known form, a date of birth, a number."""
    found = []
    if _INITIALS.search(text):
        found.append(Remark("des initiales", "Dites plutôt «\u00a0une personne\u00a0»"))
    elif _NAMED.search(text):
        found.append(Remark("un nom de personne", "Dites plutôt «\u00a0une personne\u00a0»"))
    if _BORN.search(text):
        found.append(Remark("une date qui ressemble à une date de naissance", "Une tranche d’âge suffit"))
    return found + [r for r in remarks(text, PartyKind.COLLEAGUE) if "santé\u00a0:" not in r.what]


def mark(found: list[Remark]) -> str:
    """What was shown to be read again: sent back with the form, it says that it was seen. Other words ask again."""
    return hashlib.sha256("\0".join(r.what for r in found).encode()).hexdigest()[:16] if found else ""
