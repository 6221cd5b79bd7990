"""From a problem of the service's list to what one looks for: themes of the State's schema, types of partners.

Read by the queries, the imports and the screens. Pure: files and codes, nothing about anybody. The themes come from the
domain reference (§ 7.1); what this file adds to it, and the types of partners (§ 5.6), are this house's own choice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amarre.core.text import fold

_FILE = Path(__file__).parent / "data" / "needs.csv"
OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What answers a need: a service of one of these themes, or a structure of one of these types."""

    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.themes or self.kinds)


@cache
def needs() -> dict[str, Wanted]:
    """Problem code → what answers it, in the order of the list."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return {row["problem"]: Wanted(tuple(row["themes"].split()), tuple(row["kinds"].split())) for row in rows}


def wanted(problem: str) -> Wanted:
    """What answers a problem; nothing for a problem that nothing here answers."""
    return needs().get(problem, Wanted())


# What a network of the State's schema is, in our own types.
_NETWORKS = {
    "action-logement": "ACTION_LOGEMENT", "agefiph": "AGEFIPH", "caf": "CAF_MSA",
    "cap-emploi-reseau-cheops": "CAP_EMPLOI", "ccas-cias": "CCAS", "cidff": "CIDFF", "cmp": "CMP", "cpam": "CPAM",
    "cresus": "CRESUS", "csapa": "CSAPA", "departements": "DEPARTMENT_SOCIAL",
    "delegataire-conseil-departemental": "DEPARTMENT_SOCIAL", "ea": "ESAT_EA", "eatt": "ESAT_EA", "esat": "ESAT_EA",
    "france-service": "FRANCE_SERVICES", "france-travail": "FRANCE_TRAVAIL",
    "maison-departementale-de-lautonomie": "MDPH", "maisons-des-solidarites": "DEPARTMENT_SOCIAL", "mdph": "MDPH",
    "mutualite-sociale-agricole": "CAF_MSA", "points-conseil-budget": "DEBT", "points-justice": "LAWYER_PAD",
}  # fmt: skip
# How the name of such a place begins, folded.
_BEGINNINGS = (
    ("cap emploi", "CAP_EMPLOI"), ("mdph", "MDPH"), ("maison departementale des personnes handicapees", "MDPH"),
    ("maison departementale pour personnes handicapees", "MDPH"), ("maison departementale de l autonomie", "MDPH"),
    ("france travail", "FRANCE_TRAVAIL"), ("pole emploi", "FRANCE_TRAVAIL"), ("ccas", "CCAS"),
    ("centre communal d action sociale", "CCAS"), ("carsat", "CARSAT"), ("cramif", "CARSAT"), ("cpam", "CPAM"),
    ("caisse primaire d assurance maladie", "CPAM"), ("caf", "CAF_MSA"), ("msa", "CAF_MSA"),
    ("caisse d allocations familiales", "CAF_MSA"), ("mutualite sociale agricole", "CAF_MSA"),
    ("france services", "FRANCE_SERVICES"), ("agefiph", "AGEFIPH"), ("action logement", "ACTION_LOGEMENT"),
    ("agence action logement", "ACTION_LOGEMENT"), ("adil", "ADIL"), ("cidff", "CIDFF"), ("csapa", "CSAPA"),
    ("cmp", "CMP"), ("cresus", "CRESUS"), ("point conseil budget", "DEBT"), ("ueros", "UEROS"),
    ("samsah", "SAVS_SAMSAH"), ("savs", "SAVS_SAMSAH"), ("esat", "ESAT_EA"), ("entreprise adaptee", "ESAT_EA"),
    ("esrp", "ESRP"), ("espo", "ESRP"), ("transitions pro", "TRANSITIONS_PRO"),
)  # fmt: skip


def kind_of(name: str, networks: Iterable[str]) -> str:
    """Our type for a structure of a file: by its network, else by how its name begins, else « other »."""
    known = next((_NETWORKS[network] for network in networks if network in _NETWORKS), "")
    words = f"{fold(name)} "
    return known or next((kind for begins, kind in _BEGINNINGS if words.startswith(f"{begins} ")), OTHER)
