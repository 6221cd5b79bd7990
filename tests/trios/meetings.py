"""The commands of the unit and of interviews held together.

Dr Hugo sits in the unit of Montreuil; Nadia put Yanis's items, Bruno an anonymous one; Claire sat down with Inès and Dr
Hugo.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from amarre.cases.commands import Conflict
from amarre.sharing import models as m
from amarre.sharing.commands_meetings import reread_as
from tests.cast import as_owner
from tests.rows import INES_CASE, TODAY, YANIS_CASE
from tests.rows_meetings import OTHER_UNIT
from tests.trios import World, trio
from tests.trios.sharing import one

SAID = "canari-commande"
LATER, LONG_AGO = TODAY + timedelta(days=30), TODAY - timedelta(days=300)
NAMELESS = "Une personne reprend bientôt. Comment aménager ses matinées ?"


def found(model: Any, **wanted: Any) -> Any:
    """The first row that is as wanted, with what it points at."""
    links = {
        m.AgendaItem: ("meeting__unit", "transmission__case", "put_by"),
        m.Decision: ("item__meeting", "item__transmission"),
        m.Meeting: ("unit",),
        m.UnitMember: ("unit", "user"),
        m.JointInterview: ("case",),
    }
    with as_owner():
        row = model.objects.filter(**wanted).select_related(*links.get(model, ())).order_by("pk").first()
    assert row is not None, f"no such {model._meta.label}"
    return row


def unit() -> Any:
    return found(m.Unit, active=True)


def seat(code: str) -> Any:
    return found(m.UnitMember, user__email__startswith=code)


def coming() -> Any:
    return found(m.Meeting, state="planned")


def held() -> Any:
    return found(m.Meeting, state="held")


def opened() -> Any:
    return found(m.AgendaItem, transmission__read_at__isnull=False)


def waiting() -> Any:
    return found(m.AgendaItem, transmission__isnull=False, transmission__read_at=None)


def nameless() -> Any:
    return found(m.AgendaItem, transmission=None)


trio("unit.create", allowed=("alex", {"name": "clair-commande"}), refused="hugo",
     failed={"name": "cellule d’essai"})  # fmt: skip
trio("unit.edit", allowed=("marc", lambda _: {"unit": unit(), "name": "clair-commande"}), refused="nora",
     failed=lambda _: {"unit": unit(), "name": OTHER_UNIT})  # fmt: skip
trio("unit.join", allowed=("alex", lambda w: {"unit": unit(), "user": w.colleague("claire")}), refused="claire",
     failed=lambda w: {"unit": unit(), "user": w.colleague("sophie")})  # fmt: skip
trio("unit.leave", allowed=("marc", lambda _: {"seat": seat("nora")}), refused="nora",
     failed=lambda _: {"seat": seat("bruno")})  # fmt: skip
trio("meeting.convene", allowed=("hugo", lambda _: {"unit": unit(), "on": LATER}), refused="bruno",
     failed=lambda _: {"unit": unit(), "on": LONG_AGO})  # fmt: skip
trio("meeting.edit", allowed=("nora", lambda _: {"meeting": coming(), "on": LATER}), refused="claire",
     failed=lambda _: {"meeting": coming(), "on": LONG_AGO})  # fmt: skip
trio("meeting.settle", allowed=("hugo", lambda _: {"meeting": coming(), "state": "cancelled"}), refused="nadia",
     failed=lambda _: {"meeting": coming(), "state": "held"})  # fmt: skip
trio(
    "meeting.attend",
    allowed=("hugo", lambda w: {"meeting": held(), "present": [w.colleague("hugo")], "others": ["clair-commande"]}),
    refused="bruno",
    failed=lambda _: {"meeting": found(m.Meeting, state="cancelled"), "others": ["clair-commande"]},
)


def _putting(number: str = YANIS_CASE, **wanted: Any) -> dict[str, Any]:
    return {"meeting": coming(), "transmission": one(m.Transmission, number, **wanted)}


trio(
    "item.put",
    allowed=("nadia", lambda _: _putting(kind="item", read_at__isnull=False)),
    refused="claire",
    failed=lambda _: _putting(kind="item", read_at=None),
)


def _asking(words: str, seen: str = "") -> dict[str, Any]:
    return {"meeting": coming(), "words": words, "reread": reread_as(seen or words)}


trio(
    "item.put_nameless",
    allowed=("claire", lambda _: _asking(NAMELESS)),
    refused="hugo",
    failed=lambda _: _asking("Une question au sujet de Benali."),
)
trio("item.remove", allowed=("nadia", lambda _: {"item": waiting()}), refused="hugo",
     failed=lambda _: {"item": opened()})  # fmt: skip


def _deciding(w: World, item: Any, **said: Any) -> dict[str, Any]:
    return {"item": item, "what": SAID, "due_on": LATER, "who": w.colleague("hugo")} | said


trio("decision.write", allowed=("nora", lambda w: _deciding(w, opened())), refused="claire",
     failed=lambda w: _deciding(w, waiting()))  # fmt: skip
trio(
    "decision.settle",
    allowed=("nadia", lambda _: {"decision": found(m.Decision, done_on=None, item__transmission__isnull=False)}),
    refused="bruno",
    failed=lambda _: {"decision": found(m.Decision, done_on__isnull=False)},
)


def _account(item: Any, **said: Any) -> dict[str, Any]:
    agreed = one(m.Agreement, YANIS_CASE, purpose="unit")
    return {"item": item, "agreement": agreed, "subject": SAID, "content": SAID} | said


trio("minutes.prepare", allowed=("nadia", lambda _: _account(opened())), refused="hugo",
     failed=lambda _: _account(opened(), agreement=None))  # fmt: skip


def together(state: str = "planned") -> Any:
    return found(m.JointInterview, state=state)


def _table(**said: Any) -> dict[str, Any]:
    agreed = one(m.Agreement, INES_CASE, purpose="together")
    return {"kind": "joint", "on": LATER, "agreed": SAID, "agreements": [agreed]} | said


trio("together.plan", allowed=("zoe", lambda w: {"case": w.case()} | _table()), refused="nadia",
     failed=lambda w: {"case": w.case()} | _table(agreements=[one(m.Agreement, purpose="other")]))  # fmt: skip
trio("together.edit", allowed=("bruno", lambda _: {"interview": together(), "version": 1} | _table()), refused="hugo",
     failed=lambda _: {"interview": together(), "version": 7} | _table(), error=Conflict)  # fmt: skip
trio("together.settle", allowed=("claire", lambda _: {"interview": together(), "state": "cancelled"}), refused="nadia",
     failed=lambda _: {"interview": together(), "state": "held"})  # fmt: skip


def _concluding(**said: Any) -> dict[str, Any]:
    agreed = one(m.Agreement, INES_CASE, purpose="together")
    return {"interview": together("held"), "agreement": agreed, "subject": SAID, "content": SAID} | said


trio("together.conclude", allowed=("claire", lambda _: _concluding()), refused="nadia",
     failed=lambda _: _concluding(interview=together()))  # fmt: skip
