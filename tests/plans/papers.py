"""A usual plan and a usual budget to print, and how the tests of papers read a PDF back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from amarre.plans.paper import BudgetColumn, BudgetLine, BudgetSheet, Sheet, SheetAction, SheetGoal

PERSON, WORKER = "Nadia Benali", "Claire Morel"
HOUSING = SheetGoal(
    "Garder mon logement",
    indicator="Le retard de loyer diminue chaque mois",
    baseline="1 240 € de retard",
    target="aucun retard, et un accord écrit avec le bailleur",
    due_on=date(2027, 3, 1),
    owner=PERSON,
    actions=(
        SheetAction("J’apporte mes trois dernières quittances et le courrier", PERSON, date(2026, 11, 20), done=True),
        SheetAction("J’appelle le bailleur pour proposer 60 € par mois", "nadia benali ", date(2026, 12, 1)),
        SheetAction("Elle prépare avec moi la demande au fonds de solidarité", WORKER, date(2026, 12, 4)),
    ),
)
WORK = SheetGoal(
    "Reprendre mon poste en douceur",
    indicator="Je tiens mes journées sans douleur forte",
    baseline="à l’arrêt depuis le 3 juin",
    target="reprise à mi-temps en janvier",
    due_on=date(2027, 1, 18),
    owner=WORKER,
    actions=(
        SheetAction("Je demande la visite de préreprise", PERSON, date(2026, 11, 27)),
        SheetAction("Je note les gestes qui me font mal au travail", PERSON),
        SheetAction("Elle m’explique le temps partiel pour raison de santé", WORKER, date(2026, 12, 8)),
    ),
)
RIGHTS = SheetGoal(
    "Toucher tout ce à quoi j’ai droit",
    indicator="Chaque demande a une réponse",
    actions=(
        SheetAction("Je réunis mes bulletins de salaire depuis janvier"),
        SheetAction("Elle vérifie mes droits à la prime d’activité", WORKER, date(2026, 12, 1)),
        SheetAction("Il verse le complément de la prévoyance", "Service de la paie", date(2026, 12, 31)),
    ),
)
USUAL = Sheet(
    PERSON,
    2,
    date(2026, 11, 12),
    WORKER,
    "Centre de Saint-Denis",
    "0149330012",
    "du lundi au vendredi, de 9 h à 17 h",
    needs=("Garder mon logement", "Reprendre le travail sans me blesser", "Y voir clair dans mes papiers"),
    goals=(HOUSING, WORK, RIGHTS),
    rhythm="un appel toutes les deux semaines",
    review_on=date(2027, 1, 14),
    agreed="D’accord le 12 novembre 2026, sur papier",
    signatures=(PERSON, WORKER),
    stays_open=("Le choix d’une formation",),
)
BEFORE = BudgetColumn(
    date(2026, 5, 1),
    "Avant l’arrêt",
    1,
    2,
    (
        BudgetLine("resource", "Salaire net", Decimal("1734.5")),
        BudgetLine("charge", "Loyer", Decimal("742.10")),
        BudgetLine("charge", "Assurance", Decimal("30")),
        BudgetLine("charge", "Assurance", Decimal("44.30")),
        BudgetLine("debt", "Crédit", Decimal("118")),
    ),
    resources=Decimal("1734.5"),
    charges=Decimal("816.40"),
    debts=Decimal("118"),
    remainder_month=Decimal("800.10"),
    remainder_day_person=Decimal("8.89"),
)
NOW = replace(
    BEFORE,
    on=date(2026, 11, 12),
    label="Aujourd’hui",
    children=0,
    lines=(BudgetLine("resource", "Indemnités", Decimal("1021.2")), BudgetLine("charge", "Loyer", Decimal("742.10"))),
    resources=Decimal("1021.2"),
    charges=Decimal("742.10"),
    debts=Decimal(0),
    remainder_month=Decimal("-106.755"),
    remainder_day_person=Decimal("-1.19"),
)
BUDGET = BudgetSheet(PERSON, WORKER, "Centre de Saint-Denis", "0149330012", "Demande au fonds", (BEFORE, NOW))
INVISIBLE = re.compile(r"[\s\u200b]+")


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without spaces and line breaks, which the layout chooses."""
    return INVISIBLE.sub("", text)


def says(pdf: bytes, *expected: str) -> list[str]:
    """What a paper fails to say."""
    found = squeezed(text_of(pdf))
    return [words for words in expected if squeezed(words) not in found]


def tags(pdf: bytes) -> list[str]:
    """The kinds of the structure elements, in reading order."""
    kinds: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, DictionaryObject):
            kinds.append(str(node.get("/S", "")))
            walk(node.get("/K"))
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return kinds


def sizes(pdf: bytes) -> set[float]:
    """The sizes of the letters, in points."""
    found: set[float] = set()

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * tm[0] * cm[0]), 1))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return found


def colours(pdf: bytes) -> set[tuple[str, ...]]:
    """What is drawn with: one number is a grey, 0 black and 1 white."""
    drawn = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(pdf)).pages).decode("latin-1")
    return {tuple(found.split()) for found in re.findall(r"((?:[\d.]+ )+)(?:scn|SCN|rg|RG|g|G)\b", drawn)}


def embedded(page: object) -> list[DictionaryObject]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]
