"""What a letter may say: the closed list of variables, and what each stands for in one letter.

Read by the commands of letters, their queries and the doors. A letter to somebody else takes its text from the
transmission that it carries and from nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from amarre.accounts import roles
from amarre.core import word
from amarre.core.paper import day, phone
from amarre.core.word import Value
from amarre.sharing.states_letters import LetterKind

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague
    from amarre.directory.models import Structure
    from amarre.organisations.models import Centre, Establishment
    from amarre.people.models import Person
    from amarre.sharing.models import Agreement, Transmission

_BETWEEN = re.compile(r"\n[^\S\n]*\n")
_BASE = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"
BOTH = frozenset({LetterKind.TRANSMISSION, LetterKind.PERSON})
SENT = frozenset({LetterKind.TRANSMISSION})
TO_THEM = frozenset({LetterKind.PERSON})


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that a template may use: what it stands for, an example, in which letters."""

    name: str
    meaning: str
    example: str
    kinds: frozenset[LetterKind] = BOTH

    @property
    def mark(self) -> str:
        """As it is written in Word."""
        if self.name.endswith("[]"):
            return f"{{%p for p in {self.name[:-2]} %}} {{{{ p }}}} {{%p endfor %}}"
        return f"{{{{ {self.name} }}}}"


VARIABLES = (
    Variable("destinataire.nom", "À qui le courrier s’adresse", "Dr Fictif, médecin du travail"),
    Variable("destinataire.adresse", "Son adresse, ligne par ligne", "12 rue de la Corderie"),
    Variable("centre.nom", "Centre qui écrit", "Centre de Montreuil"),
    Variable("centre.adresse", "Adresse du centre, ligne par ligne", "12 rue de la Corderie"),
    Variable("centre.telephone", "Téléphone du centre", "01 99 00 10 01"),
    Variable("centre.horaires", "Horaires du centre", "de 9 h à 17 h"),
    Variable("professionnel.nom", "Qui écrit", "Claire Exemple"),
    Variable("professionnel.fonction", "Sa fonction", "assistant(e) de service social"),
    Variable("date", "Jour où le courrier est fait", "26 novembre 2026"),
    Variable("lieu", "Où il est fait", "Montreuil"),
    Variable("objet", "Objet du courrier\u00a0; pour un envoi, de qui il s’agit", "Votre demande de logement"),
    Variable("contenu", "Tout le texte, avec ses retours à la ligne", "Bonjour…"),
    Variable("texte[]", "Le texte, paragraphe par paragraphe", "Bonjour…"),
    Variable("personne.prenom", "Prénom de la personne", "Awa", TO_THEM),
    Variable("personne.nom", "Nom de la personne", "Exemple", TO_THEM),
    Variable("personne.adresse", "Adresse de la personne, ligne par ligne", "3 rue des Voiles", TO_THEM),
    Variable("reference", "Référence de l’envoi, qui ne dit rien du dossier", "4K7-2Q9", SENT),
    Variable("but", "Pour quoi l’envoi est fait", "Préparer le retour au travail", SENT),
    Variable("accord.date", "Jour où la personne a donné son accord", "3 mars 2026", SENT),
    Variable("visible_jusqu_au", "Dernier jour de cet envoi", "3 juin 2026", SENT),
)
BUILT_IN = word.Template(
    ("centre.nom", "centre.adresse", "destinataire.nom", "objet", "contenu", "professionnel.nom"), ()
)
"""What a built-in letter needs: its recipient's address may be left out, when it is handed over."""


def known(kind: str) -> frozenset[str]:
    """The names that a template of a kind may use."""
    return frozenset(v.name for v in VARIABLES if kind in v.kinds)


def paragraphs(text: str) -> list[str]:
    """A text cut at its empty lines."""
    return [found for found in _BETWEEN.split("\n".join(text.splitlines())) if found.strip()]


def lines(*said: str) -> str:
    """An address, without its empty lines."""
    return "\n".join(line.strip() for words in said for line in words.splitlines() if line.strip())


def reference(key: int) -> str:
    """A short word for a transmission, to be named by on paper and by telephone."""
    said = ""
    while key:
        key, rest = divmod(key, len(_BASE))
        said = _BASE[rest] + said
    return "-".join(re.findall(".{1,4}", said))


def centre_address(centre: Centre) -> str:
    """Two lines."""
    return lines(centre.address, f"{centre.postcode} {centre.city}")


def person_address(person: Person) -> str:
    """Where the person lives."""
    return lines(person.address, f"{person.postcode} {person.city}")


def recipient_address(transmission: Transmission) -> str:
    """Where the recipient works, if we know it."""
    place: Structure | Establishment | None = None
    if transmission.partner is not None:
        place = transmission.partner.structure
    elif transmission.contact is not None:
        place = transmission.contact.establishment
    return lines(place.address, f"{place.postcode} {place.city}") if place is not None else ""


def _house(centre: Centre, writer: Colleague, place: str) -> dict[str, Value]:
    return {
        "centre": {
            "nom": centre.name, "adresse": centre_address(centre), "telephone": phone(centre.phone),
            "horaires": centre.hours,
        },
        "professionnel": {"nom": writer.name, "fonction": roles.ROLES["social_worker"].label},
        "date": day(timezone.localdate()),
        "lieu": place.strip() or centre.city,
    }  # fmt: skip


def _text(subject: str, content: str) -> dict[str, Value]:
    return {"objet": subject, "contenu": content, "texte": paragraphs(content)}


def agreed_on(agreement: Agreement | None) -> str:
    """The day on which the person agreed; nothing under an exception of the law."""
    if agreement is None or agreement.answered_at is None:
        return ""
    return day(timezone.localdate(agreement.answered_at))


def purpose_of(transmission: Transmission) -> str:
    """What for, in words."""
    if transmission.exception is not None:
        return str(transmission.exception.get_basis_display())
    return transmission.purpose_words or str(transmission.get_purpose_display())


def of_transmission(transmission: Transmission, centre: Centre, *, address: str, place: str) -> dict[str, Value]:
    """Each variable of a letter that carries a transmission: its frozen words, and nothing else of the case.

    Not even the person's name: whom it is about is said as the check page showed it (`objet`).
    """
    writer = transmission.sent_by or transmission.prepared_by
    return {
        **_house(centre, writer, place),
        **_text(transmission.subject, transmission.content),
        "destinataire": {"nom": transmission.party, "adresse": lines(address)},
        "reference": reference(transmission.pk),
        "but": purpose_of(transmission),
        "accord": {"date": agreed_on(transmission.agreement)},
        "visible_jusqu_au": day(transmission.visible_until),
    }


def of_person(
    person: Person, centre: Centre, writer: Colleague, *, subject: str, content: str, address: str, place: str
) -> dict[str, Value]:
    """Each variable of a letter to the person."""
    return {
        **_house(centre, writer, place),
        **_text(subject, content),
        "personne": {"nom": person.last_name, "prenom": person.first_name, "adresse": lines(address)},
        "destinataire": {"nom": person.full_name, "adresse": lines(address)},
    }
