"""Reading a definition that anybody may have written: each field checked, each refusal a French sentence.

Read by `plans.instruments_parse`. Must not know what a grid is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from amarre.plans.instruments_model import Malformed

LARGEST = 1_000_000
_DECIMAL = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,4})?")

_FRENCH = {
    "advice": "conseil",
    "bands": "tranches",
    "checked_on": "vérifié le",
    "choices": "choix",
    "complete_only": "complet seulement",
    "constant": "constante",
    "counts": "réponse comptée",
    "decimals": "décimales",
    "help": "aide",
    "high": "maximum",
    "instruction": "consigne",
    "item": "question",
    "items": "questions",
    "kind": "sorte",
    "label": "libellé",
    "language": "langue",
    "licence": "licence",
    "low": "minimum",
    "multiplier": "multiplicateur",
    "notice": "mention",
    "number": "numéro",
    "off_by_default": "éteinte par défaut",
    "optional": "facultative",
    "points": "valeur",
    "positive_from": "positif à partir de",
    "purpose": "but",
    "scoring": "calcul",
    "sections": "sections",
    "sensitive": "sensible",
    "short": "nom court",
    "shown_if": "condition",
    "subscales": "sous-échelles",
    "table": "coefficients",
    "title": "titre",
    "urgent_from": "urgent à partir de",
    "values": "réponses",
}


def quoted(value: object) -> str:
    """A short and harmless quotation of what was written."""
    return value[:40] if isinstance(value, str) and value.isprintable() else "?"


class Fields:
    """One named group of fields; the names that nobody read are refused by `close`."""

    def __init__(self, raw: object, place: str) -> None:
        if not isinstance(raw, Mapping):
            raise Malformed(f"{place} : il faut un groupe de champs, chacun avec son nom.")
        self.place = place
        self._raw = raw
        self._unread = set(raw)

    def fault(self, name: str, why: str) -> Malformed:
        """The refusal of one field."""
        return Malformed(f"{self.place} : « {_FRENCH.get(name, name)} » {why}.")

    def take(self, name: str) -> object:
        """The field as it was written; None when it is absent."""
        self._unread.discard(name)
        value: object = self._raw.get(name)
        return value

    def names(self) -> list[str]:
        """Every name of the group, all of them read."""
        self._unread.clear()
        if not all(isinstance(name, str) for name in self._raw):
            raise Malformed(f"{self.place} : un champ porte un nom qui n’est pas un texte.")
        return list(self._raw)

    def close(self) -> None:
        """Refuse what was not read: most often a slip of the keyboard."""
        if self._unread:
            name = min(quoted(name) for name in self._unread)
            raise Malformed(f"{self.place} : le champ « {name} » n’existe pas ; corrigez son nom ou retirez-le.")

    def text(self, name: str, *, longest: int = 500, required: bool = True) -> str:
        """A text without control characters, its ends trimmed."""
        value = self.take(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise self.fault(name, "doit être un texte")
        value = value.strip()
        if required and not value:
            raise self.fault(name, "manque")
        if len(value) > longest:
            raise self.fault(name, f"dépasse {longest} caractères")
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n" for sign in value):
            raise self.fault(name, "contient un caractère qui ne s’écrit pas ; retapez ce texte")
        return value

    def word(self, name: str, shape: re.Pattern[str], example: str, *, default: str | None = None) -> str:
        """A text of a given shape, such as a code."""
        value = self.text(name, required=default is None)
        if not value and default is not None:
            return default
        if not shape.fullmatch(value):
            raise self.fault(name, f"ne s’écrit pas ainsi ; exemple : {example}")
        return value

    def one_of(self, name: str, words: Iterable[str], *, default: str | None = None) -> str:
        """One of these words."""
        known = list(words)
        value = self.text(name, required=default is None) or (default or "")
        if value not in known:
            raise self.fault(name, f"doit être l’un de ces mots : {', '.join(known)}")
        return value

    def integer(self, name: str, *, smallest: int = -LARGEST, largest: int = LARGEST) -> int | None:
        """A whole number; None when absent."""
        value = self.take(name)
        return None if value is None else self.whole(name, value, smallest=smallest, largest=largest)

    def whole(self, name: str, value: object, *, smallest: int = -LARGEST, largest: int = LARGEST) -> int:
        """The value as a whole number between two bounds."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(name, "doit être un nombre entier")
        if not smallest <= value <= largest:
            raise self.fault(name, f"doit être entre {smallest} et {largest}")
        return int(value)

    def decimal(self, name: str, *, default: Decimal | None = None) -> Decimal:
        """An exact number, written as a text (« 30.17 ») or as a whole number."""
        value = self.take(name)
        if value is None and default is not None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
            return Decimal(int(value))
        if isinstance(value, str) and _DECIMAL.fullmatch(value) and abs(Decimal(value)) <= LARGEST:
            return Decimal(value)
        raise self.fault(name, 'doit être un nombre exact, écrit entre guillemets ; exemple : "30.17"')

    def yes(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fault(name, "doit être vrai ou faux (true ou false)")
        return value

    def rows(self, name: str, *, most: int) -> list[object]:
        """A list, empty when absent."""
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise self.fault(name, "doit être une liste")
        if len(value) > most:
            raise self.fault(name, f"ne peut pas dépasser {most} lignes")
        return list(value)

    def day(self, name: str, *, required: bool) -> date | None:
        """A day written 2026-11-21."""
        value = self.take(name)
        if value is None and not required:
            return None
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise self.fault(name, "doit être une date ; exemple : 2026-11-21") from None
