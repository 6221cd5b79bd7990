"""The commands of `organisations`, and of `people`."""

from __future__ import annotations

from datetime import date

from amarre.organisations.imports import read_companies
from tests.rows import TODAY
from tests.trios import World, trio

OTHER_SIRET, SAME_COMPANY = "55210055400013", "73282932000082"
FILE = b"siret;raison sociale;code postal;commune\n55210055400013;Voilerie du Large;93100;Montreuil\n"
CENTRE = {"name": "Centre de Vanves", "phone": "01 00 00 00 09"}


trio(
    "company.create",
    allowed=("sophie", {"siret": OTHER_SIRET, "name": "Voilerie du Large"}),
    refused="hugo",
    failed={"siret": "123", "name": "Voilerie du Large"},
)
trio(
    "company.edit",
    allowed=("claire", lambda w: {"company": w.company(), "name": "Conserverie de la Baie"}),
    refused="lea",
    failed=lambda w: {"company": w.company(), "name": " "},
)
trio(
    "establishment.add",
    allowed=("claire", lambda w: {"company": w.company(), "siret": SAME_COMPANY, "city": "Montreuil"}),
    refused="hugo",
    failed=lambda w: {"company": w.company(), "siret": OTHER_SIRET},
)
trio(
    "establishment.edit",
    allowed=("claire", lambda w: {"establishment": w.establishment(), "city": "Nanterre", "postcode": "92000"}),
    refused="lea",
    failed=lambda w: {"establishment": w.establishment(), "naf": "n'importe quoi"},
)
trio(
    "company.import",
    allowed=("alex", {"table": read_companies(FILE)}),
    refused="claire",
    failed={"table": None},
    error=AttributeError,
)
trio(
    "centre.create",
    allowed=("alex", CENTRE),
    refused="marc",
    failed=CENTRE | {"name": "Centre de Montreuil"},
)
trio(
    "centre.edit",
    allowed=("alex", lambda w: {"centre": w.centre("Nanterre"), **CENTRE}),
    refused="marc",
    failed=lambda w: {"centre": w.centre(), **CENTRE, "active": False},
)
trio(
    "centre.make_default",
    allowed=("alex", lambda w: {"centre": w.centre("Nanterre")}),
    refused="marc",
    failed=lambda w: {"centre": closed(w)},
)


def closed(w: World) -> object:
    """A centre that has closed since the page was opened."""
    centre = w.centre("Nanterre")
    centre.active = False
    return centre


trio(
    "commune.add",
    allowed=("alex", lambda w: {"centre": w.centre(), "name": "Bagnolet", "postcode": "93170"}),
    refused="marc",
    failed=lambda w: {"centre": w.centre(), "postcode": "93x"},
)
trio(
    "commune.remove",
    allowed=("alex", lambda w: {"commune": w.commune()}),
    refused="marc",
    failed={"commune": None},
    error=AttributeError,
)
trio(
    "term.add",
    allowed=("alex", {"vocabulary": "place", "label": "Sur le port"}),
    refused="claire",
    failed={"vocabulary": "nowhere", "label": "Sur le port"},
)
trio(
    "term.edit",
    allowed=("alex", lambda w: {"term": w.term(), "label": "Autrement dit"}),
    refused="claire",
    failed=lambda w: {"term": w.term(), "label": ""},
)
trio(
    "term.move",
    allowed=("alex", lambda w: {"term": w.term(), "up": True}),
    refused="claire",
    failed={"term": None, "up": True},
    error=AttributeError,
)
trio(
    "number.add",
    allowed=("marc", {"number": "00 44", "label": "Un numéro d'essai"}),
    refused="claire",
    failed={"number": "appelez", "label": "Un numéro d'essai"},
)
trio(
    "number.edit",
    allowed=("marc", lambda w: {"row": w.number(), "number": "00 55", "label": "Un autre numéro"}),
    refused="claire",
    failed=lambda w: {"row": w.number(), "number": "00 22", "label": "Le même qu'un autre"},
)
trio(
    "number.check",
    allowed=("marc", lambda w: {"row": w.number()}),
    refused="claire",
    failed={"row": None},
    error=AttributeError,
)
trio(
    "number.move",
    allowed=("marc", lambda w: {"row": w.number(), "up": False}),
    refused="claire",
    failed={"row": None, "up": False},
    error=AttributeError,
)
trio(
    "person.create",
    allowed=("sophie", {"last_name": "Nouvel", "first_name": "Ania"}),
    refused="hugo",
    failed={"last_name": " "},
)
trio(
    "person.edit",
    allowed=("sophie", lambda w: {"person": w.person(), "last_name": "Benali"}),
    refused="lea",
    failed=lambda w: {"person": w.person(), "last_name": "Benali", "birth_date": date(2024, 1, 1)},
)
trio(
    "job.add",
    allowed=(
        "claire",
        lambda w: {"person": w.person(), "establishment": w.establishment(), "title": "Cariste", "until": TODAY},
    ),
    refused="hugo",
    failed=lambda w: {"person": w.person(), "establishment": w.establishment()},
)
trio(
    "job.edit",
    allowed=("claire", lambda w: {"job": w.job(), "title": "Cariste"}),
    refused="lea",
    failed=lambda w: {"job": w.job(), "since": TODAY, "until": date(2020, 1, 1)},
)
