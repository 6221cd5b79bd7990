"""The commands of the health team's side: sending somebody, questions without identity, fact sheets."""

from __future__ import annotations

from typing import Any

from amarre.sharing.models import FactSheet, Question
from tests.cast import as_owner
from tests.rows_health import DRAFT_SHEET, STAFF_SHEET
from tests.trios import World, trio

SAID = "canari-commande"


def question(text: str) -> Question:
    """By its asker: the words are sealed."""
    with as_owner():
        return Question.objects.select_related().get(asked_by__email=f"{text}@demo.amarre.example")


def sheet(title: str) -> FactSheet:
    with as_owner():
        return FactSheet.objects.get(title=title)


def _referring(w: World, **said: Any) -> dict[str, Any]:
    base = {"source": "nurse", "centre_id": w.centre().pk, "said_agreed": True, "reason_code": "WISHES_TO_TALK"}
    return base | {"words": SAID, "last_name": "Essai"} | said


trio(
    "solicitation.refer",
    allowed=("nora", _referring),
    refused="claire",
    failed=lambda w: _referring(w, said_agreed=False),
)
trio(
    "question.ask",
    allowed=("hugo", lambda w: {"text": SAID, "centre": w.centre()}),
    refused="marc",
    failed=("claire", lambda w: {"text": SAID, "centre": w.centre()}),
)
trio(
    "question.answer",
    allowed=("bruno", lambda _: {"question": question("nora"), "answer": SAID}),
    refused="theo",
    failed=("claire", lambda _: {"question": question("hugo"), "answer": SAID}),
)
WRITTEN = {"title": "Une fiche d’essai", "body": "Deux lignes.", "audience": "staff"}
trio("sheet.write", allowed=("claire", WRITTEN), refused="hugo", failed=WRITTEN | {"body": " "})
trio(
    "sheet.edit",
    allowed=("marc", lambda _: {"sheet": sheet(STAFF_SHEET), **WRITTEN}),
    refused="sophie",
    failed=lambda _: {"sheet": sheet(STAFF_SHEET), **WRITTEN, "title": ""},
)
trio("sheet.publish", allowed=("bruno", lambda _: {"sheet": sheet(DRAFT_SHEET)}), refused="nora",
     failed=lambda _: {"sheet": sheet(STAFF_SHEET)})  # fmt: skip
trio("sheet.withdraw", allowed=("bruno", lambda _: {"sheet": sheet(STAFF_SHEET)}), refused="alex",
     failed=lambda _: {"sheet": sheet(DRAFT_SHEET)})  # fmt: skip


def _read_today() -> FactSheet:
    with as_owner():
        found = FactSheet.objects.get(title=STAFF_SHEET)
        found.reviewed_on = found.published_on or found.reviewed_on
        return found


trio("sheet.review", allowed=("theo", lambda _: {"sheet": sheet(STAFF_SHEET)}), refused="hugo",
     failed=lambda _: {"sheet": _read_today()})  # fmt: skip
