"""Extracts of FINESS as data.gouv.fr publishes them (« etalab », semicolons). Gives a `Parsed`, writes nothing.

Read by the staff door and by `amarre import finess`. A line that begins with `structureet` is an establishment (32
columns, no titles); `geolocalisation` lines give coordinates on national grids, which we do not convert: distances fall
back on commune and département. Categories: codes of the State's nomenclature TRE_R66 (ANS, version of May 2026).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdnum import luhn

from amarre.core.tables import Unreadable, read_sheets
from amarre.directory.imports import Entry, Parsed
from amarre.organisations.identifiers import SIRET_EXAMPLE, BadValue, clean_siret
from amarre.organisations.imports import Fault

SOURCE = "finess"
COLUMNS = (
    "section", "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib", "numvoie", "typvoie", "voie",
    "compvoie", "lieuditbp", "commune", "departement", "libdepartement", "ligneacheminement", "telephone", "telecopie",
    "categetab", "libcategetab", "categagretab", "libcategagretab", "siret", "codeape", "codemft", "libmft", "codesph",
    "libsph", "dateouv", "dateautor", "datemaj", "numuai",
)  # fmt: skip
FINESS_EXAMPLE, DATE_EXAMPLE = "930100037", "2026-05-12"
_LEAST_COLUMNS = COLUMNS.index("siret") + 1
_NUMBER = re.compile(r"\d[\dAB]\d{7}")
_TOWN = re.compile(r"(\d{5}) (.+?)(?: CEDEX.*)?")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of establishments that one may be sent to."""

    label: str
    kind: str


CATEGORIES = {
    "198": Category("établissement et service de préorientation", "ESRP"),
    "246": Category("ESAT", "ESAT_EA"),
    "247": Category("entreprise adaptée", "ESAT_EA"),
    "249": Category("établissement et service de réadaptation professionnelle", "ESRP"),
    "445": Category("SAMSAH", "SAVS_SAMSAH"),
    "446": Category("SAVS", "SAVS_SAMSAH"),
    "464": Category("UEROS", "UEROS"),
}


def read_finess(content: bytes) -> Parsed:
    """What an extract says of the categories above; the rest is passed over, and counted. Raises `Unreadable`."""
    parsed = Parsed()
    for number, cells in enumerate(read_sheets(content)[0][1], start=1):
        if cells and cells[0].strip().lower() == "structureet":
            _establishment(number, [cell.strip() for cell in cells], parsed)
    if not parsed.rows:
        raise Unreadable(
            "Ce fichier n’est pas un extrait FINESS\u00a0: aucune ligne n’y commence par «\u202fstructureet\u202f»."
        )
    return parsed


def _establishment(number: int, cells: list[str], parsed: Parsed) -> None:
    parsed.rows += 1
    said = dict(zip(COLUMNS, cells, strict=False))
    if len(cells) < _LEAST_COLUMNS:
        reason = f"Cette ligne a {len(cells)} colonnes\u202f; un établissement en a {len(COLUMNS)}."
        parsed.faults.append(Fault(number, "FINESS : ligne", ";".join(cells)[:80], reason))
        return
    category = CATEGORIES.get(said["categetab"])
    if category is None:
        parsed.passed_over += 1
        return
    finess, name = said["nofinesset"].replace(" ", "").upper().zfill(9), said["rslongue"] or said["rs"]
    parsed.seen.add((SOURCE, finess))
    if not _NUMBER.fullmatch(finess):
        reason = "Un numéro FINESS a neuf caractères."
        parsed.faults.append(Fault(number, "FINESS : nofinesset", said["nofinesset"][:80], reason, FINESS_EXAMPLE))
        return
    if not name:
        parsed.faults.append(Fault(number, "FINESS : rs", "", "La raison sociale manque."))
        return
    if finess.isdecimal() and not luhn.is_valid(finess):
        reason = "La clé de ce numéro FINESS n’est pas celle attendue\u00a0: à vérifier."
        parsed.faults.append(Fault(number, "FINESS : nofinesset", finess, reason, FINESS_EXAMPLE, True))
    values = _place(said) | {
        "name": " ".join(name.split())[:200], "kind": category.kind, "finess": finess,
        "siret": _siret(number, said["siret"], parsed), "phone": _phone(said["telephone"]), "email": "", "website": "",
        "latitude": None, "longitude": None, "opening_hours": "", "networks": [],
        "description": (said["libcategetab"] or category.label)[:200],
        "updated_on": _day(number, said.get("datemaj", ""), parsed),
    }  # fmt: skip
    parsed.structures.append(Entry(number, (SOURCE, finess), values))


def _place(said: dict[str, str]) -> dict[str, Any]:
    """Address, postcode and town, and the commune's INSEE code out of its two halves."""
    street = " ".join(filter(None, (said["numvoie"], said["compvoie"], said["typvoie"], said["voie"])))
    address = ", ".join(filter(None, (said["complrs"], said["compldistrib"], street, said["lieuditbp"])))
    town = _TOWN.fullmatch(" ".join(said["ligneacheminement"].split()))
    department, commune = said["departement"].upper(), said["commune"]
    overseas = len(department) == 2 and department[0] == "9" and department[1].isalpha()
    insee = ("97" if overseas else department) + commune
    return {
        "address": address[:300], "postcode": town[1] if town else "", "city": town[2][:100] if town else "",
        "insee": insee if re.fullmatch(r"\d[\dAB]\d{3}", insee) else "",
    }  # fmt: skip


def _siret(number: int, text: str, parsed: Parsed) -> str:
    if not text:
        return ""
    try:
        return clean_siret(text)
    except BadValue as bad:
        parsed.faults.append(Fault(number, "FINESS : siret", text[:80], str(bad), SIRET_EXAMPLE, True))
        return ""


def _phone(text: str) -> str:
    """Ten digits; a spreadsheet loses the first zero."""
    found = text.replace(" ", "").replace(".", "")
    return f"0{found}" if len(found) == 9 and found.isdecimal() and found[0] != "0" else found[:40]


def _day(number: int, text: str, parsed: Parsed) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        parsed.faults.append(Fault(number, "FINESS : datemaj", text[:80], "Ce n’est pas une date.", DATE_EXAMPLE, True))
        return None
    return found
