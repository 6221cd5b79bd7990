"""One mapping of a definition, read field by field: a good value, or a sentence that says how to mend it.

Read by `procedures_parse`. Must not know which fields there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import date, datetime
from typing import TypeVar

from django.db.models import TextChoices

from amarre.plans.procedures_types import ProcedureState

LONGEST = 600
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
C = TypeVar("C", bound=TextChoices)


class Malformed(ValueError):
    """A definition that cannot be kept; the message says what is wrong and how to mend it."""


class Row:
    """One mapping being read: each method gives a good value or raises `Malformed`."""

    def __init__(self, where: str, row: object, known: Set[str]) -> None:
        self.where = where
        if not isinstance(row, Mapping):
            raise Malformed(f"{where}\u00a0: une fiche est attendue. Donnez un nom et une valeur par champ.")
        for key in row:
            if not isinstance(key, str) or key not in known:
                name = f"«\u202f{key[:40]}\u202f»" if isinstance(key, str) else "sans nom"
                raise Malformed(f"{where}\u00a0: champ inconnu, {name}. Retirez-le ou corrigez son nom.")
        self.row = row

    def bad(self, name: str, wrong: str, mend: str) -> Malformed:
        return Malformed(f"{self.where}\u00a0: le champ «\u202f{name}\u202f» {wrong}. {mend}")

    def text(self, name: str, *, default: str | None = None, longest: int = LONGEST) -> str:
        value = self.row.get(name)
        if value is None or value == "":
            if default is None:
                raise self.bad(name, "manque", "Écrivez-le en une phrase.")
            return default
        if not isinstance(value, str):
            raise self.bad(name, "n’est pas un texte", "Écrivez-le en une phrase.")
        if _NOT_TEXT.search(value):
            raise self.bad(
                name, "tient sur plusieurs lignes ou contient un signe illisible", "Récrivez-le en une ligne."
            )
        if len(value) > longest:
            raise self.bad(name, f"dépasse {longest} signes", "Raccourcissez-le.")
        value = value.strip()
        if not value and default is None:
            raise self.bad(name, "est vide", "Écrivez-le en une phrase.")
        return value

    def code(self, name: str, shape: re.Pattern[str], mend: str) -> str:
        value = self.text(name)
        if not shape.fullmatch(value):
            raise self.bad(name, "n’est pas un code", f"Un code s’écrit sans accent ni espace, {mend}.")
        return value

    def choice(self, name: str, kind: type[C], default: C | None = None) -> C:
        value = self.row.get(name)
        if value is None and default is not None:
            return default
        try:
            return kind(value if isinstance(value, str) else "")
        except ValueError:
            words = ", ".join(kind.values)
            raise self.bad(name, "n’est pas un choix possible", f"Choisissez parmi\u00a0: {words}.") from None

    def day(self, name: str) -> date | None:
        value = self.row.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise self.bad(name, "n’est pas une date", "Écrivez-la ainsi\u00a0: 2026-11-21.")

    def period(self) -> tuple[date | None, date | None]:
        start, end = self.day("valid_from"), self.day("valid_to")
        if start and end and end < start:
            raise self.bad(
                "valid_to", "vient avant «\u202fvalid_from\u202f»", "Échangez les deux dates, ou corrigez-les."
            )
        return start, end

    def amount(self, name: str, most: int) -> int:
        value = self.row.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise self.bad(name, "n’est pas une durée", f"Donnez un nombre entier de 1 à {most}.")
        return value

    def flag(self, name: str) -> bool:
        value = self.row.get(name, False)
        if not isinstance(value, bool):
            raise self.bad(name, "n’est ni vrai ni faux", "Répondez par oui ou par non.")
        return value

    def items(self, name: str, most: int) -> list[object]:
        value = self.row.get(name, ())
        if not isinstance(value, list | tuple):
            raise self.bad(name, "n’est pas une liste", "Donnez une liste, même vide.")
        if len(value) > most:
            raise self.bad(name, f"a plus de {most} lignes", "Gardez l’essentiel.")
        return list(value)

    def states(self, name: str, default: tuple[ProcedureState, ...]) -> tuple[ProcedureState, ...]:
        found: list[ProcedureState] = []
        for item in self.items(name, len(ProcedureState)):
            if not isinstance(item, str) or item not in ProcedureState.values:
                words = ", ".join(ProcedureState.values)
                raise self.bad(name, "nomme un état inconnu", f"Choisissez parmi\u00a0: {words}.")
            found.append(ProcedureState(item))
        return tuple(found) or default

    def once(self, name: str, codes: list[str]) -> None:
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise self.bad(name, f"donne deux fois «\u202f{twice[0]}\u202f»", "Gardez-en un.")
