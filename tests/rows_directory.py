"""The directory of the tests' world: two partners that publish, one that the service wrote, and one that is gone.

Read by `tests.rows`. Chloé is the regular contact of the Cap emploi, with an account; Désiré is known elsewhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from amarre.directory import models as d

THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)


def load_directory(world: Any) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    work = _structure(
        "Cap emploi d’essai", "CAP_EMPLOI", source="essai", source_id="essai--1", city="Montreuil", postcode="93100",
        latitude=48.86, longitude=2.44, updated_on=timezone.localdate(), phone="01 99 00 20 01",
    )  # fmt: skip
    _structure(
        "Point conseil d’essai", "DEBT", source="essai", source_id="essai--2", city="Pantin", postcode="93500",
        updated_on=date(2020, 1, 1),
    )  # fmt: skip
    gone = date(2025, 1, 1)
    _structure("Ancienne adresse", "OTHER", source="essai", source_id="essai--3", withdrawn_on=gone)
    _structure("Halte fermée", "ASSOCIATION", source_id="2", withdrawn_on=gone)
    ccas = _structure("CCAS d’essai", "CCAS", source_id="1", city="Nanterre", postcode="92000", updated_on=gone)
    _service(work, "Rester en emploi", source="essai", source_id="essai--1",
             themes=["trouver-un-emploi--maintien-dans-lemploi"], publics=["actifs"], cost="gratuit")  # fmt: skip
    _service(ccas, "Secours", source_id="2", themes=["equipement-et-alimentation--alimentation"])
    d.PartnerContact(
        structure=work, name="Chloé Aubry", function="Chargée de mission", email="chloe@demo.amarre.example",
        regular=True, user=world.colleague("chloe"), invited_at=THEN, invited_by=world.colleague("alex"),
        confirmed_at=THEN,
    ).save()  # fmt: skip
    d.PartnerContact(structure=ccas, name="Désiré Fontanel", email="desire@ccas.example", regular=True,
                     confirmed_at=THEN).save()  # fmt: skip
    for name, more in (
        ("Ondine Vauquelin", {"email": "ondine@ccas.example"}),
        ("Personne Sans-Courriel", {}),
        ("Gilles Parti", {"email": "gilles@ccas.example", "ended_on": gone}),
    ):
        d.PartnerContact(structure=ccas, name=name, **more).save()
    problem = {"row": 4, "column": "Structures : courriel", "value": "pas une adresse", "reason": "Non.",
               "example": "", "row_kept": True}  # fmt: skip
    d.ImportRun(at=THEN, file_name="essai.xlsx", format="inclusion", sources=["essai"],
                counts={"rows": 4, "created": 3}, problems=[problem]).save()  # fmt: skip


def _structure(name: str, kind: str, **more: Any) -> d.Structure:
    row = d.Structure(name=name, kind=kind, **more)
    row.refresh()
    row.save()
    return row


def _service(structure: d.Structure, name: str, **more: Any) -> None:
    row = d.Service(structure=structure, name=name, updated_on=date(2026, 1, 5), **more)
    row.refresh()
    row.save()
