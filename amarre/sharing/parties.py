"""Whom something may be said to: found by the doors, put on agreements and transmissions.

Read by the commands and the doors. A party is one of the house, a unit, a contact, or somebody else described in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amarre.core.commands import Refused
from amarre.sharing.states import PartyKind

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague
    from amarre.sharing.models import Addressed, Unit


@dataclass(frozen=True, slots=True)
class Party:
    """One recipient; `words` says who it is, as the person reads it."""

    kind: str
    words: str
    colleague: Colleague | None = None
    unit: Unit | None = None

    def put_on(self, row: Addressed) -> None:
        """Address a row. Raises `Refused` for nobody, and for an account that was closed."""
        if not self.words.strip():
            raise Refused("Dites à qui cela s’adresse.")
        if self.colleague is not None and not self.colleague.is_active:
            raise Refused("Ce compte est fermé\u00a0: cette personne ne peut plus rien recevoir.")
        row.party_kind, row.party = self.kind, self.words.strip()
        row.colleague, row.unit = self.colleague, self.unit

    @classmethod
    def of(cls, row: Addressed) -> Party:
        """The party that a row is addressed to."""
        return cls(row.party_kind, row.party, row.colleague, row.unit)


def colleague_party(colleague: Colleague, described: str) -> Party:
    """Somebody of the health team: « Dr Hugo Exemple, médecin du travail, Centre de Montreuil »."""
    return Party(PartyKind.COLLEAGUE, described or colleague.name, colleague=colleague)


def unit_party(unit: Unit) -> Party:
    """A *cellule PDP*: whoever sits in it reads."""
    return Party(PartyKind.UNIT, unit.name, unit=unit)


def other_party(words: str) -> Party:
    """Somebody without an account: a treating physician, an association."""
    return Party(PartyKind.OTHER, words)
