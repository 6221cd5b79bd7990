"""The commands of `plans` about grids, rights applications, the budget and documents."""

from __future__ import annotations

from decimal import Decimal

from amarre.plans import models as m
from amarre.plans import procedures
from tests.core.hostile_files import picture
from tests.rows import CLOSED_CASE, TODAY
from tests.rows_plans import OWN_GRID
from tests.trios import World, trio

SAID = "canari-commande"


def asked(w: World) -> m.Filling:
    """The grid that Inès was asked to fill."""
    return w.part(m.Filling, side="person")


def written(w: World) -> m.Filling:
    """The one that Claire finished."""
    return w.part(m.Filling, side="worker")


def begun(w: World) -> m.Filling:
    """The grid of Inès, with an answer."""
    filling = asked(w)
    filling.answers = '{"1": true}'
    return w.made(filling)


START = {"code": "pdp", "side": "worker", "mode": "worker"}
trio(
    "grid.start",
    allowed=("claire", lambda w: {"plan": w.plan(), **START}),
    refused=("ines", lambda w: {"plan": w.plan(), **START}),
    failed=lambda w: {"plan": w.plan(), "code": "epices", "side": "person", "mode": "alone"},
)
trio(
    "grid.answer",
    allowed=("ines", lambda w: {"filling": asked(w), "answers": {1: "yes"}}),
    refused="yanis",
    failed=("claire", lambda w: {"filling": written(w), "answers": {1: SAID}}),
)
trio(
    "grid.finish",
    allowed=("ines", lambda w: {"filling": begun(w)}),
    refused=("ines", lambda w: {"filling": written(w)}),
    failed=("claire", lambda w: {"filling": asked(w)}),
)
trio(
    "grid.switch",
    allowed=("marc", {"code": "phq9", "enabled": True}),
    refused="claire",
    failed={"code": "inconnue", "enabled": True},
)
trio(
    "grid.draft",
    allowed=("alex", {"code": "maison", "definition": {"title": "clair-commande"}}),
    refused="claire",
    failed={"code": "who5", "definition": OWN_GRID},
)
trio(
    "grid.publish",
    allowed=("alex", lambda w: {"grid": w.own_grid("brouillon")}),
    refused="claire",
    failed=lambda w: {"grid": w.own_grid("essai")},
)
trio(
    "grid.withdraw",
    allowed=("marc", lambda w: {"grid": w.own_grid("essai")}),
    refused="sophie",
    failed=lambda w: {"grid": w.own_grid("brouillon")},
)

trio(
    "procedure.open",
    allowed=("claire", lambda w: {"plan": w.plan(), "procedure": "rqth", "title": SAID}),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), "procedure": "inconnue"},
)
MOVED = {"state": "filed", "dates": {"filed_on": TODAY}, "words": SAID, "money": {"asked": SAID}, "title": SAID}
trio(
    "procedure.move",
    allowed=("claire", lambda w: {"plan": w.plan(), "application": w.part(m.Application), "version": 1, **MOVED}),
    refused="nadia",
    failed=lambda w: {"plan": w.plan(), "application": w.part(m.Application), "version": 7, **MOVED},
)
trio(
    "procedure.gather",
    allowed=(
        "claire",
        lambda w: {"plan": w.plan(), "application": w.made(m.Application(
            plan=w.plan(), procedure="rqth", gathered=["ancien"], at=w.part(m.Message).at,
        )), "gathered": [SAID]},
    ),
    refused=("nadia", lambda w: {"plan": w.plan(), "application": w.part(m.Application), "gathered": []}),
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE), "application": w.part(m.Application), "gathered": []}),
)  # fmt: skip
trio(
    "procedure.rewrite",
    allowed=("alex", {"code": "cmi", "definition": {**procedures.definitions()["cmi"], "what": "clair-commande"}}),
    refused=("claire", {"code": "cmi", "definition": {}}),
    failed=("alex", {"code": "cmi", "definition": {}}),
)

MONEY = {"on": TODAY, "adults": 1, "children": 0, "lines": [("resource", SAID, Decimal(900))], "label": SAID}
trio(
    "budget.write",
    allowed=("claire", lambda w: {"plan": w.plan(), **MONEY}),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), **MONEY, "lines": []},
)
trio(
    "budget.remove",
    allowed=("claire", lambda w: {"plan": w.plan(), "budget": w.part(m.Budget)}),
    refused="nadia",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE), "budget": w.part(m.Budget)}),
)


def sent(w: World) -> m.Document:
    return w.part(m.Document, side="person")


def waiting(w: World) -> m.Document:
    """A document that came while the antivirus was silent."""
    document = m.Document(
        plan=w.plan(), title="Lettre", kind="application/pdf", size=9, side="person", at=sent(w).at, scan="pending"
    )
    w.made(m.DocumentFile(document=w.made(document), body=b"%PDF-1.4 "))
    return document


FILE = {"name": f"{SAID}.png", "content": picture("PNG"), "title": SAID}
trio(
    "document.add",
    allowed=("ines", lambda w: {"plan": w.plan(), **FILE}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), **FILE, "content": b"MZ" + bytes(200)},
)
trio(
    "document.scan",
    allowed=("claire", lambda w: {"document": waiting(w)}),
    refused=("yanis", lambda w: {"document": sent(w)}),
    failed=("ines", lambda w: {"document": sent(w)}),
)
trio(
    "document.remove",
    allowed=("ines", lambda w: {"document": sent(w)}),
    refused="claire",
    failed=lambda w: {"document": m.Document(pk=1, plan=w.plan(), side="person")},
    error=m.Document.DoesNotExist,
)
