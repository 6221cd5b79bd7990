"""The commands of `directory`."""

from __future__ import annotations

from amarre.directory.imports_inclusion import read_inclusion
from tests.trios import trio

CCAS = "CCAS d’essai"
ROWS = b"""[{"source": "autre", "id": "autre--1", "nom": "Voilerie solidaire", "date_maj": "2026-01-05"}]"""
LOCAL = ROWS.replace(b"autre", b"local")


trio(
    "structure.create",
    allowed=("claire", {"name": "Mission du Port", "kind": "ASSOCIATION", "city": "Montreuil", "postcode": "93100"}),
    refused="sophie",
    failed={"name": CCAS, "kind": "CCAS", "city": "Nanterre", "postcode": "92000"},
)
trio(
    "structure.edit",
    allowed=("marc", lambda w: {"structure": w.structure(CCAS), "name": "CCAS du Port", "kind": "CCAS"}),
    refused=("claire", lambda w: {"structure": w.structure(), "name": "Cap emploi du Port", "kind": "CAP_EMPLOI"}),
    failed=lambda w: {"structure": w.structure(CCAS), "name": "CCAS", "kind": "CCAS", "postcode": "9"},
)
trio(
    "structure.withdraw",
    allowed=("alex", lambda w: {"structure": w.structure(CCAS)}),
    refused="hugo",
    failed=lambda w: {"structure": w.structure("Halte fermée")},
)
trio(
    "structure.restore",
    allowed=("claire", lambda w: {"structure": w.structure("Halte fermée")}),
    refused="nora",
    failed=lambda w: {"structure": w.structure(CCAS)},
)
trio(
    "service.add",
    allowed=("claire", lambda w: {"structure": w.structure(), "name": "Permanence"}),
    refused="lea",
    failed=lambda w: {"structure": w.structure(), "name": " "},
)
trio(
    "service.edit",
    allowed=("claire", lambda w: {"service": w.service("Secours"), "name": "Secours", "withdrawn": True}),
    refused="sophie",
    failed=lambda w: {"service": w.service("Rester en emploi"), "name": "Autre chose"},
)
trio(
    "partner.add",
    allowed=("claire", lambda w: {"structure": w.structure(), "name": "Ondine Vauquelin"}),
    refused="sophie",
    failed=lambda w: {"structure": w.structure(), "name": "Ondine Vauquelin", "regular": True},
)
trio(
    "partner.edit",
    allowed=("claire", lambda w: {"contact": w.contact(), "name": "Désiré Fontanel", "email": "autre@ccas.example"}),
    refused="hugo",
    failed=lambda w: {"contact": w.contact("Chloé Aubry"), "name": "Chloé Aubry", "email": "autre@cap.example"},
)
trio(
    "partner.confirm",
    allowed=("claire", lambda w: {"contact": w.contact("Ondine Vauquelin")}),
    refused="sophie",
    failed=lambda w: {"contact": w.contact("Personne Sans-Courriel")},
)
trio(
    "partner.end",
    allowed=("claire", lambda w: {"contact": w.contact("Chloé Aubry")}),
    refused="lea",
    failed=lambda w: {"contact": w.contact("Gilles Parti")},
)
trio(
    "partner.invite",
    allowed=("alex", lambda w: {"contact": w.contact()}),
    refused="claire",
    failed=lambda w: {"contact": w.contact("Chloé Aubry")},
)
trio(
    "directory.import",
    allowed=("alex", {"parsed": read_inclusion(ROWS), "file_name": "autre.json"}),
    refused="claire",
    failed={"parsed": read_inclusion(LOCAL), "file_name": "autre.json"},
)
