"""The commands of `audit`: what a person asks about their data, and what the privacy officer answers."""

from __future__ import annotations

from tests.trios import trio

trio(
    "data.ask",
    allowed=("ines", {"kind": "access", "name": "Inès Benali", "words": "canari-commande"}),
    refused="claire",
    failed={"kind": "correction", "name": "Inès Benali", "words": " "},
)
trio(
    "data.answer",
    allowed=("lea", lambda w: {"request": w.data_request(), "answer": "canari-commande"}),
    refused="marc",
    failed=lambda w: {"request": w.data_request("Inès Benali"), "answer": "Encore."},
)
trio(
    "alarm.see",
    allowed=("marc", lambda w: {"alarm": w.alarm("nadia")}),
    refused="nadia",
    failed=lambda w: {"alarm": w.alarm("max")},
)
trio(
    "alarm.lift",
    allowed=("lea", lambda w: {"alarm": w.alarm("max"), "words": "Vu avec lui : canari-commande."}),
    refused="claire",
    failed=lambda w: {"alarm": w.alarm("max"), "words": "Vu."},
)
