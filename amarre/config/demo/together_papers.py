"""Rights applications, budgets, and documents that are real files: a photographed letter, a budget on paper.

Read by `together`. Every letter is invented, and says « SPÉCIMEN » across its page.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import typst
from PIL import Image

from amarre.config.demo.together_project import Project, Row
from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.plans import procedures
from amarre.plans.models import Application, Budget, Document, DocumentFile, OwnProcedure, Scan
from amarre.plans.paper import BudgetColumn, BudgetLine, BudgetSheet, budget_pdf
from amarre.plans.queries_papers import Counted

_PAST = ("filed", "receipt", "complement_asked", "decided", "notified")
_COMING = {"answer_in": "answer_expected_on", "complement_due_in": "complement_due_on", "starts_in": "starts_on"}
_LETTER = Path(__file__).parent / "data" / "letter.typ"
_DESK, _TILT = (196, 187, 172), 1.6
_REWRITTEN = 140
"""How many days ago the centre completed the catalogue."""


def rewrite_the_catalogue(world: World) -> None:
    """What the centre asks for, more than the entry that is shipped."""
    for code, papers in read("together")["papers"].items():
        shipped = procedures.definitions()[code]
        more = [{**paper, "label": typeset(paper["label"])} for paper in papers]
        entry = procedures.parse({**shipped, "documents": [*shipped["documents"], *more]})
        world.add(
            OwnProcedure(
                code=code, definition=procedures.unparse(entry), by_id=world.users["alex"].pk,
                at=world.days.at(world.rng, world.days.ago(_REWRITTEN)),
            )
        )  # fmt: skip


def make_papers(project: Project) -> None:
    """Applications first: documents are tied to them."""
    for row in project.all("applications"):
        project.applications[row["code"]] = project.world.add(_application(project, row))
    for row in project.all("budgets"):
        project.budgets.append(project.world.add(_budget(project, row)))
    for row in project.all("documents"):
        _document(project, row)


def _application(project: Project, row: Row) -> Application:
    application = Application(
        plan=project.row, procedure=row["procedure"], state=row["state"], owner=row["owner"], at=project.at(row),
        gathered=row["gathered"], words=project.said(row, "words"), valid_from=project.ago(row, "valid_from"),
        valid_until=project.coming(row, "valid_until_in"), money=json.dumps(row["money"]) if "money" in row else None,
        renews=project.applications[row["renews"]] if "renews" in row else None,
    )  # fmt: skip
    for name in _PAST:
        setattr(application, f"{name}_on", project.ago(row, name))
    for name, column in _COMING.items():
        setattr(application, column, project.coming(row, name))
    return application


def _budget(project: Project, row: Row) -> Budget:
    lines = [[kind, typeset(label), amount] for kind, label, amount in row["lines"]]
    return Budget(
        plan=project.row, on=project.world.days.ago(row["ago"]), label=typeset(row["label"]), adults=row["adults"],
        children=row["children"], lines=json.dumps(lines, ensure_ascii=False), author_id=project.lead,
    )  # fmt: skip


def _document(project: Project, row: Row) -> None:
    letter = "letter" in row
    body = photograph([typeset(line) for line in row["letter"]]) if letter else _on_paper(project, row["budget"])
    document = project.world.add(
        Document(
            plan=project.row, title=project.say(row["title"]), kind="image/jpeg" if letter else "application/pdf",
            size=len(body), side=row["side"], author_id=project.author(row), at=project.at(row), scan=Scan.OFF,
            application=project.applications[row["application"]],
        )
    )  # fmt: skip
    project.world.add(DocumentFile(document=document, body=body))


def photograph(lines: list[str]) -> bytes:
    """A letter on a desk, a little askew, as a telephone sees it."""
    page = typst.compile(
        _LETTER, format="png", ppi=110, ignore_system_fonts=True, sys_inputs={"data": json.dumps(lines)}
    )
    kept = io.BytesIO()
    with Image.open(io.BytesIO(page)) as sheet:
        flat = sheet.convert("RGB").rotate(_TILT, Image.Resampling.BICUBIC, expand=True, fillcolor=_DESK)
        flat.save(kept, "JPEG", quality=72, optimize=True)
    return kept.getvalue()


def _on_paper(project: Project, purpose: str) -> bytes:
    """Both budgets side by side, as a commission reads them."""
    worker, person = project.episode.worker, project.row.person
    columns = [
        BudgetColumn(
            on=counted.budget.on, label=counted.budget.label, adults=counted.budget.adults,
            children=counted.budget.children, resources=counted.resources, charges=counted.charges,
            debts=counted.debts, remainder_month=counted.left, remainder_day_person=counted.a_day,
            lines=tuple(
                BudgetLine(kind, label, amount)
                for kind in ("resource", "charge", "debt")
                for label, amount in counted.of_kind(kind)
            ),
        )
        for counted in map(Counted, project.budgets)
    ]  # fmt: skip
    return budget_pdf(
        BudgetSheet(
            person=person.full_name if person else "", worker=project.world.users[worker.code].name,
            centre=worker.centre.name, phone=worker.centre.phone, hours=worker.centre.hours,
            purpose=project.say(purpose), columns=tuple(columns),
        )
    )  # fmt: skip
