"""The State's schema of structures and services (data·inclusion v1), asked cell by cell, answered in French.

Read by `imports_inclusion` and by the screens, for its lists of words. The producer's own package decides what is
right; this module says it so that somebody can correct their file. The package is loaded when first needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

LISTS = {
    "thematiques", "publics", "modes_accueil", "modes_mobilisation", "mobilisable_par", "reseaux_porteurs",
    "zone_eligibilite",
}  # fmt: skip
_ADDRESS = "Une adresse du web commence par https://."
_REASONS = {
    "id": "L’identifiant manque.",
    "structure_id": "L’identifiant de la structure manque.",
    "nom": "Le nom manque, ou n’a pas entre 3 et 150 caractères.",
    "date_maj": "La date de mise à jour manque, ou n’est pas une date entre 2000 et aujourd’hui.",
    "description": "La description n’a pas entre 5 et 10 000 caractères.",
    "siret": "Un SIRET a 14 chiffres.",
    "code_postal": "Un code postal a cinq chiffres.",
    "code_insee": "Un code de commune (INSEE) a cinq caractères.",
    "courriel": "Ce n’est pas une adresse électronique.",
    "longitude": "Une longitude est un nombre, en degrés.",
    "latitude": "Une latitude est un nombre, en degrés.",
    "site_web": _ADDRESS,
    "lien_source": _ADDRESS,
    "lien_mobilisation": _ADDRESS,
    "accessibilite_lieu": _ADDRESS,
    "volume_horaire_hebdomadaire": "Un nombre d’heures par semaine est attendu.",
    "nombre_semaines": "Un nombre entier de semaines est attendu.",
    "zone_eligibilite": "Ce n’est ni une commune, ni un département, ni un EPCI, ni un pays.",
}
_EXAMPLES = {
    "date_maj": "2026-09-30", "siret": "732 829 320 00074", "code_postal": "93100", "code_insee": "93048",
    "courriel": "accueil@structure.example", "longitude": "2.4416", "latitude": "48.8638",
    "site_web": "https://structure.example", "nombre_semaines": "3", "zone_eligibilite": "93",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """One cell that the schema refuses: the field, what it says, why, an example, whether the row stays."""

    field: str
    value: str
    reason: str
    example: str = ""
    row_kept: bool = True


def check(kind: str, values: dict[str, Any]) -> tuple[dict[str, Any] | None, list[Wrong]]:
    """The good cells of a row of `kind` (`structure` or `service`), as JSON would say them; None to leave it out.

    A bad cell that may be missing is taken away and the row asked again; inside a list, the bad word alone goes.
    """
    from pydantic import ValidationError

    model = _models()[kind]
    wrong: list[Wrong] = []
    left = dict(values)
    while True:
        try:
            return model.model_validate(left).model_dump(mode="json"), wrong
        except ValidationError as error:
            found = _told(model, left, error.errors(include_url=False))
        wrong += found
        if not all(one.row_kept for one in found):
            return None, wrong
        left = _without(left, found)


def _told(model: Any, values: dict[str, Any], errors: Iterable[Any]) -> list[Wrong]:
    """Each bad cell once, in the order of the schema."""
    found: dict[tuple[str, str], Wrong] = {}
    for error in errors:
        name = str(error["loc"][0])
        value = values.get(name)
        if isinstance(value, list) and len(error["loc"]) > 1 and isinstance(error["loc"][1], int):
            value = value[error["loc"][1]]
        required = model.model_fields[name].is_required()
        said = "" if value is None else str(value) if not isinstance(value, list) else ", ".join(map(str, value))
        found.setdefault((name, said), Wrong(name, said, _reason(name, error), _EXAMPLES.get(name, ""), not required))
    return [*found.values()]


def _reason(name: str, error: Any) -> str:
    if error["type"] == "enum":
        return "Ce mot n’est pas dans la liste du schéma."
    if name == "publics" and error["type"] == "value_error":
        return "«\u202ftous-publics\u202f» ne va avec aucun autre public."
    return _REASONS.get(name, "Le schéma n’accepte pas cette valeur.")


def _without(values: dict[str, Any], wrong: Iterable[Wrong]) -> dict[str, Any]:
    left = dict(values)
    for one in wrong:
        value = left.get(one.field)
        if isinstance(value, list) and one.value in map(str, value):
            rest = [item for item in value if str(item) != one.value]
            left[one.field] = rest or None
        else:
            left.pop(one.field, None)
    return {name: value for name, value in left.items() if value is not None}


@cache
def _models() -> dict[str, Any]:
    from data_inclusion.schema import v1

    return {"structure": v1.Structure, "service": v1.Service}


@cache
def fields(kind: str) -> frozenset[str]:
    """The names of the columns of a `structure` or a `service`."""
    return frozenset(_models()[kind].model_fields)


@cache
def labels(name: str) -> dict[str, str]:
    """Code → French label of one of the schema's lists: `themes`, `categories`, `publics`, `types`, `costs`…"""
    from data_inclusion.schema import v1

    lists = {
        "themes": v1.Thematique, "categories": v1.Categorie, "publics": v1.Public, "types": v1.TypeService,
        "costs": v1.Frais, "ways_in": v1.ModeAccueil, "ways_to_ask": v1.ModeMobilisation, "networks": v1.ReseauPorteur,
    }  # fmt: skip
    return {word.value: word.label for word in lists[name]}
