"""The plans of the tests' world: Inès's with one of each thing, Yanis's beside it, an open space for both.

Read by `tests.rows`. Every sealed text carries a canary; Yanis, whom Inès invited to her goals, reads that part.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from amarre.audit.models import DataRequest
from amarre.cases.models import Case, LookBack
from amarre.people.models import Person, PersonAccount
from amarre.plans import models as m
from amarre.plans import procedures
from amarre.plans.paper import Sheet, SheetGoal

LONG_AGO = date(2025, 3, 3)
THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
INES_CIRCLE = frozenset({"claire", "bruno", "zoe", "ines"})
NADIA_CIRCLE = frozenset({"nadia", "yanis"})
CANARIES: dict[str, frozenset[str]] = {
    "canari-rythme-ines": INES_CIRCLE,
    "canari-besoin-ines": INES_CIRCLE,
    "canari-objectif-ines": INES_CIRCLE | {"yanis"},
    "canari-indicateur-ines": INES_CIRCLE | {"yanis"},
    "canari-depart-ines": INES_CIRCLE | {"yanis"},
    "canari-cible-ines": INES_CIRCLE | {"yanis"},
    "canari-avancee-ines": INES_CIRCLE,
    "canari-commentaire-ines": INES_CIRCLE,
    "canari-action-ines": INES_CIRCLE | {"yanis"},
    "canari-tiers-ines": INES_CIRCLE | {"yanis"},
    "canari-pasfait-ines": INES_CIRCLE | {"yanis"},
    "canari-version-ines": INES_CIRCLE,
    "canari-reponse-ines": INES_CIRCLE,
    "canari-point-ines": INES_CIRCLE,
    "canari-reste-ines": INES_CIRCLE,
    "canari-grille-ines": INES_CIRCLE,
    "canari-demarche-ines": INES_CIRCLE,
    "canari-notes-demarche-ines": INES_CIRCLE,
    "canari-montant-ines": INES_CIRCLE,
    "canari-budget-ines": INES_CIRCLE,
    "canari-mars-ines": INES_CIRCLE,
    "canari-lien-ines": INES_CIRCLE,
    "canari-document-ines": INES_CIRCLE,
    "canari-octets-ines": INES_CIRCLE,
    "canari-message-ines": INES_CIRCLE,
    "canari-avis-ines": INES_CIRCLE,
    "canari-nouvelles-close": frozenset({"bruno"}),
    "canari-autre-ines": frozenset({"ines", "marc"}),
    "canari-donnees-ines": frozenset({"ines", "lea"}),
    "canari-reponse-donnees": frozenset({"ines", "lea"}),
    "canari-objectif-yanis": NADIA_CIRCLE,
    "canari-message-yanis": NADIA_CIRCLE,
    "canari-document-yanis": NADIA_CIRCLE,
}


def load_plans(world: Any, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    for code in ("ines", "yanis"):
        PersonAccount(
            person=people[code], user=world.colleague(code), email=f"{code}@demo.amarre.example", opened_at=THEN
        ).save()
    ines, yanis = _plan(cases["ines"], people["ines"]), _plan(cases["yanis"], people["yanis"])
    _goals(world, ines)
    _version(world, ines)
    _papers(world, ines)
    _talk(world, ines)
    _yanis(world, yanis)
    _closed(cases["closed"])
    _words(world)
    m.Companion(
        plan=ines, name="Yanis Diarra", relation="canari-lien-ines", kind="relative", parts=["goals"],
        user=world.colleague("yanis"), email="yanis@demo.amarre.example", since=LONG_AGO, named_by="person",
    ).save()  # fmt: skip
    DataRequest(
        person_id=people["ines"].pk, name="Inès Benali", kind="correction", words="canari-donnees-ines", asked_at=THEN,
        due_on=LONG_AGO, answer="canari-reponse-donnees", answered_at=THEN, answered_by=world.users["lea"].pk,
    ).save()  # fmt: skip
    DataRequest(
        person_id=people["yanis"].pk, name="Yanis Diarra", kind="access", words="", asked_at=THEN, due_on=LONG_AGO
    ).save()


def _plan(case: Case, person: Person | None) -> m.Plan:
    plan = m.Plan(case=case, person=person, opened_at=THEN, rhythm_weeks=3, rhythm_reason="canari-rythme-ines"
                  if person and person.last_name == "Benali" else None)  # fmt: skip
    plan.save()
    return plan


def _goals(world: Any, plan: m.Plan) -> None:
    claire = world.colleague("claire")
    need = m.Need(plan=plan, title="canari-besoin-ines", author=claire, at=THEN)
    need.save()
    goal = m.Goal(
        plan=plan, need=need, title="canari-objectif-ines", indicator="canari-indicateur-ines",
        baseline="canari-depart-ines", target="canari-cible-ines", due_on=date(2026, 1, 31), state="under_way",
        proposed_by="worker", author=claire, at=THEN,
    )  # fmt: skip
    goal.save()
    m.Goal(plan=plan, title="Mon idée", state="proposed", proposed_by="person", at=THEN).save()
    m.Goal(plan=plan, title="L’idée de Claire", state="proposed", proposed_by="worker", author=claire, at=THEN).save()
    m.Progress(plan=plan, goal=goal, side="person", value=1, words="canari-avancee-ines", on=LONG_AGO).save()
    m.Comment(plan=plan, goal=goal, side="person", words="canari-commentaire-ines", at=THEN).save()
    m.Action(
        plan=plan, goal=goal, what="canari-action-ines", owner="third", third="canari-tiers-ines", state="not_done",
        settled_on=LONG_AGO, settled_by="worker", why_not="canari-pasfait-ines", proposed_by="worker", at=THEN,
    ).save()  # fmt: skip
    m.Action(plan=plan, goal=goal, what="Apporter la lettre", owner="person", proposed_by="worker", at=THEN).save()


def _version(world: Any, plan: m.Plan) -> None:
    sheet = Sheet(
        person="Inès Benali", number=1, on=LONG_AGO, worker="Claire Kermadec", centre="Centre de Montreuil",
        phone="01 99 00 10 01", hours="", needs=(), goals=(SheetGoal(title="canari-version-ines"),), rhythm="",
        review_on=None, agreed="", signatures=(), stays_open=(), notes=(),
    )  # fmt: skip
    claire = world.colleague("claire")
    shared = {"plan": plan, "frozen_at": THEN, "frozen_by": claire}
    m.Version(
        **shared, number=1, content=sheet.to_json(), state="agreed", answered_on=LONG_AGO, answered_how="oral",
        answered_by="person", heard_by=claire, words="canari-reponse-ines",
    ).save()  # fmt: skip
    m.Version(**shared, number=2, content=sheet.to_json()).save()
    m.Review(
        plan=plan,
        on=LONG_AGO,
        kind="periodic",
        words="canari-point-ines",
        stays_open="canari-reste-ines",
        author=claire,
    ).save()


def _papers(world: Any, plan: m.Plan) -> None:
    claire = world.colleague("claire")
    application = m.Application(
        plan=plan, procedure="rqth", title="canari-demarche-ines", state="filed", filed_on=LONG_AGO,
        words="canari-notes-demarche-ines", money=json.dumps({"asked": "canari-montant-ines"}), at=THEN,
    )  # fmt: skip
    application.save()
    lines = json.dumps([["resource", "canari-budget-ines", str(Decimal(900))]])
    m.Budget(plan=plan, on=LONG_AGO, label="canari-mars-ines", lines=lines, author=claire).save()
    document = m.Document(
        plan=plan, title="canari-document-ines", kind="application/pdf", size=40, side="person", at=THEN, scan="off",
        application=application,
    )  # fmt: skip
    document.save()
    m.DocumentFile(document=document, body=b"%PDF-1.4 canari-octets-ines").save()
    answers = json.dumps({"1": "canari-grille-ines"})
    shared = {"plan": plan, "started_at": THEN, "changed_at": THEN}
    m.Filling(
        **shared, grid="essai", grid_version="1", side="worker", mode="worker", answers=answers, author=claire,
        finished_on=LONG_AGO,
    ).save()  # fmt: skip
    m.Filling(
        **shared, grid="epices", grid_version="1", side="person", mode="alone", answers="{}", author=claire
    ).save()


def _talk(world: Any, plan: m.Plan) -> None:
    claire = world.colleague("claire")
    m.Message(plan=plan, side="worker", author=claire, body="canari-message-ines", at=THEN).save()
    m.Message(plan=plan, side="person", body="canari-message-ines, ma réponse", at=THEN).save()
    m.Opinion(plan=plan, answers=json.dumps({"words": "canari-avis-ines"}), side="person", at=THEN).save()
    m.WorkerChange(
        plan=plan, centre=world.montreuil, number="D-2025-0001", words="canari-autre-ines", asked_at=THEN
    ).save()
    m.ChannelCheck(plan=plan, email="nouvelle@exemple.example", sent_at=THEN, asked_by=claire).save()


def _yanis(world: Any, plan: m.Plan) -> None:
    nadia = world.colleague("nadia")
    m.Goal(
        plan=plan, title="canari-objectif-yanis", state="under_way", proposed_by="worker", author=nadia, at=THEN
    ).save()
    m.Message(plan=plan, side="person", body="canari-message-yanis", at=THEN).save()
    document = m.Document(
        plan=plan, title="canari-document-yanis", kind="application/pdf", size=9, side="worker", author=nadia, at=THEN,
        scan="off",
    )  # fmt: skip
    document.save()
    m.DocumentFile(document=document, body=b"%PDF-1.4 ").save()


def _closed(case: Case) -> None:
    plan = _plan(case, None if case.person is None else case.person)
    back = LookBack.objects.get(case=case)
    content = json.dumps({"goals": {}, "words": "canari-nouvelles-close"})
    m.LookBackAnswer(plan=plan, look_back=back, employment="PERMANENT", content=content, side="worker", at=THEN).save()


OWN_GRID = {
    "code": "essai", "version": "1", "language": "fr", "title": "Grille d’essai", "short": "Essai",
    "purpose": "Pour les tests.", "instruction": "", "source": "Nous", "licence": "Nous", "notice": "",
    "sections": [{"code": "a", "title": "Une partie"}],
    "items": [{"number": 1, "label": "Comment ça va ?", "kind": "text", "section": "a"}],
    "scoring": {"kind": "none"},
}  # fmt: skip


def _words(world: Any) -> None:
    alex = world.colleague("alex")
    m.OwnGrid(code="essai", version=1, definition=OWN_GRID, state="published", published_at=THEN, by=alex).save()
    draft = {**OWN_GRID, "code": "brouillon", "title": "En préparation"}
    m.OwnGrid(code="brouillon", version=1, definition=draft, by=alex).save()
    cmi = procedures.definitions()["cmi"]
    m.OwnProcedure(code="cmi", definition=procedures.unparse(procedures.parse(cmi)), at=THEN, by=alex).save()
    m.GridSwitch(code="who5", enabled=False, at=THEN, by=alex).save()
