"""A line of the journal in plain words: when, who, what; names of those who accompany, roles of the others.

Read by the views beside. The lines come already chosen (`audit.policy`): never a worker's safety, a sealed note, nor
what the privacy officer did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amarre.audit.models import Entry

WHAT: dict[str, Any] = {
    "case.open": gettext_lazy("a ouvert votre dossier"),
    "case.read": gettext_lazy("a lu votre dossier"),
    "case.close": gettext_lazy("a clos votre dossier"),
    "case.reopen": gettext_lazy("a rouvert votre dossier"),
    "case.hand_over": gettext_lazy("a passé votre dossier à quelqu’un d’autre"),
    "case.change_lead": gettext_lazy("a changé la personne qui vous accompagne"),
    "member.name": gettext_lazy("a fait entrer quelqu’un dans votre dossier"),
    "member.end": gettext_lazy("a mis fin à l’accès de quelqu’un"),
    "person.read": gettext_lazy("a lu vos coordonnées"),
    "person.edit": gettext_lazy("a corrigé vos coordonnées"),
    "plan.read": gettext_lazy("a lu votre projet"),
    "plan.freeze": gettext_lazy("vous a proposé le projet"),
    "plan.answer": gettext_lazy("a noté votre réponse"),
    "plan.hand": gettext_lazy("vous a remis le projet"),
    "plan.review": gettext_lazy("a noté un point d’étape"),
    "grid.read": gettext_lazy("a lu vos réponses à une grille"),
    "grid.finish": gettext_lazy("a terminé une grille"),
    "goal.propose": gettext_lazy("a proposé un objectif"),
    "goal.close": gettext_lazy("a terminé un objectif"),
    "document.add": gettext_lazy("a ajouté un document"),
    "document.read": gettext_lazy("a ouvert un document"),
    "budget.read": gettext_lazy("a lu votre budget"),
    "message.read": gettext_lazy("a lu vos messages"),
    "procedure.read": gettext_lazy("a lu vos démarches"),
    "space.confirm": gettext_lazy("a ouvert cet espace avec vous"),
    "agreement.ask": gettext_lazy("vous a demandé un accord"),
    "agreement.give": gettext_lazy("a noté votre accord"),
    "agreement.decline": gettext_lazy("a noté votre refus"),
    "agreement.withdraw": gettext_lazy("a noté que vous repreniez un accord"),
    "transmission.send": gettext_lazy("a transmis ce que vous aviez accepté"),
    "transmission.recall": gettext_lazy("a rappelé un envoi avant sa lecture"),
    "transmission.open": gettext_lazy("a ouvert ce qui lui a été transmis"),
    "transmission.read": gettext_lazy("a lu ce qui lui a été transmis"),
    "transmission.answer": gettext_lazy("a répondu à ce qui lui a été transmis"),
    "letter.make": gettext_lazy("a mis sur papier ce qui a été transmis"),
    "letter.make_for_person": gettext_lazy("vous a écrit un courrier"),
    "letter.certificate": gettext_lazy("a fait une attestation de présence"),
    "letter.read": gettext_lazy("a ouvert un courrier"),
    "space.close": gettext_lazy("a fermé cet espace"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: when, who, what, and how many times in a row."""

    at: datetime
    who: str
    what: str


def told(lines: Iterable[Entry], names: Mapping[int, str]) -> list[Told]:
    """The lines in words; what the same person did again within the same minute is said once."""
    found: list[Told] = []
    for line in lines:
        who = names.get(line.user_id or 0) or _("Quelqu’un de l’accueil")
        row = Told(line.at, who, str(WHAT.get(line.verb, "")))
        last = found[-1] if found else None
        if row.what and not (
            last and (last.who, last.what) == (row.who, row.what) and (last.at - row.at).total_seconds() < 60
        ):
            found.append(row)
    return found
