"""What the health team sends, asks and reads in the tests' world; who may be told « suivi en cours », and who may not.

Read by `tests.rows`. Dr Hugo may be told it of Yanis, and of nobody else; agreements that no longer hold stand beside.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from amarre.cases.models import Case
from amarre.intake.models import Referral
from amarre.people.models import Person
from amarre.sharing.models import FactSheet, Question
from tests.rows_sharing import THEN, agreement

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = datetime(2025, 3, 4, 10, 0, tzinfo=UTC)
MONTREUIL_WORKERS = frozenset({"claire", "bruno", "nadia", "zoe"})
CANARIES: dict[str, frozenset[str]] = {
    "canari-question-hugo": frozenset({"hugo", "claire"}),
    "canari-reponse-claire": frozenset({"hugo", "claire"}),
    "canari-question-nora": MONTREUIL_WORKERS | {"nora"},
    "canari-question-theo": frozenset({"theo", "hugo"}),
}
TELLS = {"party_kind": "colleague", "purpose": "followed", "party": "Dr Hugo Marchetti"}
DRAFT_SHEET, STAFF_SHEET = "Fiche en préparation", "Le rendez-vous de liaison"


def load_health(world: Any, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    _followed(world, cases)
    for code, person in (("hugo", people["ines"]), ("hugo", people["rosa"]), ("nora", None)):
        Referral(
            by=world.colleague(code), at=THEN, source="occupational_physician" if code == "hugo" else "nurse",
            first_name=person.first_name if person else "Jean", last_name=person.last_name if person else "Adressé",
            person=person,
        ).save()  # fmt: skip
    _questions(world)
    _sheets(world)


def _followed(world: Any, cases: dict[str, Case]) -> None:
    """Of Yanis, Dr Hugo may be told. Not of Inès (withdrawn), Odile (closed), nor of Rosa (time is over)."""
    hugo = world.colleague("hugo")
    agreement(world, cases["yanis"], "nadia", colleague=hugo, **TELLS)
    agreement(
        world,
        cases["ines"],
        "claire",
        colleague=hugo,
        state="withdrawn",
        withdrawn_at=THEN,
        withdrawn_by="person",
        **TELLS,
    )
    agreement(world, cases["closed"], "bruno", colleague=hugo, **TELLS)
    agreement(world, cases["theo"], "theo", colleague=hugo, until=YESTERDAY, **TELLS)


def _questions(world: Any) -> None:
    hugo, nora, claire, theo = (world.colleague(c) for c in ("hugo", "nora", "claire", "theo"))
    Question(
        asked_by=hugo, to=claire, text="canari-question-hugo", asked_at=LONG_AGO, answer="canari-reponse-claire",
        answered_by=claire, answered_at=THEN,
    ).save()  # fmt: skip
    Question(asked_by=nora, centre=world.montreuil, text="canari-question-nora", asked_at=LONG_AGO).save()
    Question(asked_by=theo, to=hugo, text="canari-question-theo", asked_at=LONG_AGO).save()


def _sheets(world: Any) -> None:
    for title, audience, published in (
        (DRAFT_SHEET, "staff", None),
        (STAFF_SHEET, "staff", TODAY),
        ("Qui peut écrire au service", "health_team", TODAY),
        ("Faire connaître le service", "employers", TODAY),
        ("Brouillon pour les employeurs", "employers", None),
    ):
        FactSheet(
            title=title, body=f"Texte de la fiche.\n\nUn second paragraphe de « {title} ».", audience=audience,
            author=world.colleague("claire"), published_on=published, reviewed_on=YESTERDAY,
        ).save()  # fmt: skip
