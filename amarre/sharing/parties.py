"""Whom something may be said to: found by the doors, put on agreements and transmissions.

Read by the commands and the doors. A party is one of the house, a unit, a contact, or somebody else described in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amarre.core.commands import Refused
from amarre.sharing.states import Carrier, PartyKind

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague
    from amarre.directory.models import PartnerContact
    from amarre.organisations.models import Contact
    from amarre.sharing.models import Addressed, Unit


@dataclass(frozen=True, slots=True)
class Party:
    """One recipient; `words` says who it is, as the person reads it."""

    kind: str
    words: str
    colleague: Colleague | None = None
    unit: Unit | None = None
    contact: Contact | None = None
    partner: PartnerContact | None = None

    def put_on(self, row: Addressed) -> None:
        """Address a row. Raises `Refused` for nobody, and for an account that was closed."""
        if not self.words.strip():
            raise Refused("Dites à qui cela s’adresse.")
        if self.contact is not None and self.contact.is_council:
            raise Refused("Un élu du CSE ne reçoit rien sur quelqu’un. Choisissez un autre destinataire.")
        if not self.is_there:
            raise Refused("Cette personne ne peut plus rien recevoir\u00a0: son accès est fermé.")
        row.party_kind, row.party = self.kind, self.words.strip()
        row.colleague, row.unit, row.contact, row.partner = self.colleague, self.unit, self.contact, self.partner

    @property
    def is_there(self) -> bool:
        """Whether it may receive something: an account that is open, a contact that the service has confirmed."""
        if self.contact is not None:
            return self.contact.confirmed_at is not None and self.contact.ended_on is None
        if self.partner is not None:
            return self.partner.ended_on is None
        return self.colleague is None or self.colleague.is_active

    @property
    def reader_id(self) -> int | None:
        """The account that reads what is sent to it, if there is one."""
        if self.colleague is not None:
            return int(self.colleague.pk)
        row = self.contact or self.partner
        return row.user_id if row is not None else None

    @property
    def usual_carrier(self) -> str:
        """How something gets there when nobody says otherwise."""
        if self.unit is not None or self.reader_id is not None:
            return Carrier.INBOX
        return Carrier.LINK if self.partner is not None and self.partner.email else Carrier.LETTER

    @classmethod
    def of(cls, row: Addressed) -> Party:
        """The party that a row is addressed to."""
        return cls(row.party_kind, row.party, row.colleague, row.unit, row.contact, row.partner)


def colleague_party(colleague: Colleague, described: str) -> Party:
    """Somebody of the health team: « Dr Hugo Exemple, médecin du travail, Centre de Montreuil »."""
    return Party(PartyKind.COLLEAGUE, described or colleague.name, colleague=colleague)


def unit_party(unit: Unit) -> Party:
    """A *cellule PDP*: whoever sits in it reads."""
    return Party(PartyKind.UNIT, unit.name, unit=unit)


def contact_party(contact: Contact, described: str) -> Party:
    """Somebody who speaks for an establishment, whom the service has confirmed."""
    return Party(PartyKind.EMPLOYER, described or contact.name, contact=contact)


def partner_party(partner: PartnerContact, described: str) -> Party:
    """Somebody whom one knows at a partner's."""
    return Party(PartyKind.PARTNER, described or partner.name, partner=partner)


def other_party(words: str) -> Party:
    """Somebody without an account: a treating physician, an association."""
    return Party(PartyKind.OTHER, words)
