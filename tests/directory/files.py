"""Files as producers send them, made by hand: a workbook with deliberate mistakes, an extract of FINESS.

Read by the tests beside and by those of the screens. The mistakes are those met in the wild: a title that is a date,
a title twice, an `__ignore__` column, a name with a full stop, words that no list knows.
"""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import xlsxwriter

RENT, UNKNOWN = "logement-hebergement--louer-un-logement", "logement-hebergement--louer-un-appartement"
DRIVE, ABSENT = "mobilite--preparer-un-permis", "mobilite--entretenir-reparer-son-vehicule"
STRUCTURES: list[list[Any]] = [
    ["__ignore__", "id", date(2026, 2, 23), "nom", "siret", "description", "adresse", "commune", "code_postal",
     "telephone", "courriel", "site_web", "horaires_accueil", "reseaux_porteurs", "en trop"],
    [True, "Un identifiant", "", "Entre 3 et 150 caractères", "", "", "", "", "", "", "", "", "", "", ""],
    ["", "s1", date(2026, 2, 23), "AGENCE DU PORT.", 82454114801871, "Loger et accompagner.", "29 rue du Mât", "Paris",
     750121, "01 99 00 40 01", "pas une adresse", "pas une url !", "Mo-Fr 09:00-18:00", "action-logement", "x"],
    ["", "s2", date(2026, 2, 23), "Voilerie", 73282932000075, "", "", "Lille", 59260, "non", "", "", "", "inconnu", ""],
    ["", "s3", "", "Sans date", "", "", "", "Lille", "", "", "", "", "", "", ""],
    ["", "s4", date(2026, 2, 23), "X", "", "", "", "", "", "", "", "", "", "", ""],
    ["", "s2", date(2026, 2, 23), "Voilerie encore", "", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip
SERVICES: list[list[Any]] = [
    ["structure_id", "id", date(2026, 3, 3), "nom", "description", "lien_source", "thematiques", "lien_source", "frais",
     "publics", "mobilisable_par", "nombre_semaines", "zone_eligibilite"],
    ["s1", "v1", date(2026, 2, 27), "Logement social", "Trouver un logement.", "", f"{RENT},{UNKNOWN}", "", "gratuit",
     "actifs, familles", "usagers, autres", "beaucoup", 59350],
    ["s1", "v2", date(2026, 2, 27), "Logement", "Bref", "", "", "", "offert", "tous-publics, actifs", "", 3, ""],
    ["s9", "v3", date(2026, 2, 27), "Nulle part", "Une structure absente.", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def workbook(structures: list[list[Any]] = STRUCTURES, services: list[list[Any]] = SERVICES) -> bytes:
    """A producer's workbook, with the lists of words beside."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheets = {
        "Structures": structures, "Services": services,
        "Thématiques": [["value", "label"], ["famille--garde-denfants", "Garde"]],
        "Services - Thématiques": [["__ignore__", "service_id", "thématique"], ["", "v1", DRIVE],
                                   [True, "v1", ABSENT], ["", "v8", ABSENT]],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                else:
                    sheet.write(number, place, value)
    book.close()
    return out.getvalue()


def as_json(*rows: dict[str, Any]) -> bytes:
    """Rows of structures or services, with what is mandatory."""
    return json.dumps([{"source": "port", "date_maj": "2026-01-05", **row} for row in rows]).encode()


def finess_line(**more: str) -> str:
    """One establishment of an extract."""
    said = {
        "section": "structureet", "nofinesset": "930100037", "nofinessej": "930000000", "rs": "ESAT DES CORDIERS",
        "rslongue": "ESAT DES CORDIERS (ESSAI)", "numvoie": "22", "typvoie": "R", "voie": "DES CORDIERS",
        "commune": "053", "departement": "93", "ligneacheminement": "93130 NOISY LE SEC CEDEX 2",
        "telephone": "199004002", "categetab": "246", "libcategetab": "Etablissement d'essai",
        "siret": "73282932000074", "datemaj": "2026-05-12", **more,
    }  # fmt: skip
    from amarre.directory.imports_finess import COLUMNS

    return ";".join(said.get(name, "") for name in COLUMNS)


def finess(*lines: str) -> bytes:
    """An extract, as it is published: a title line, establishments, coordinates."""
    tail = "geolocalisation;930100037;657242.9;6862000.1;1,ATLASANTE,100,IGN,LAMBERT_93;2026-05-12"
    return "\n".join(["finess;etalab;98;2026-05-12", *lines, tail, ""]).encode("cp1252")
