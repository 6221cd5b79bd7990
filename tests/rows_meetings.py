"""Meetings of the unit of Montreuil, and interviews held with somebody else: rows of the tests' world.

Read by `tests.rows`. Dr Hugo and Nora sit in the unit, Bruno and Max once did; Nadia put Yanis's item (which nobody has
opened) and another one, opened; Bruno an anonymous one. Claire, Inès and Dr Hugo sat down together.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from amarre.cases.models import Case
from amarre.sharing import models as m
from tests.rows_sharing import THEN, TODAY, agreement, sent

LAST_WEEK, NEXT_WEEK = TODAY - timedelta(days=7), TODAY + timedelta(days=7)
OTHER_UNIT = "Cellule PDP de Nanterre"
UNIT = frozenset({"hugo", "nora"})
WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
INES_CIRCLE = frozenset({"claire", "bruno", "zoe", "ines"})
CANARIES: dict[str, frozenset[str]] = {
    "canari-mot-reunion": UNIT | WORKERS,
    "canari-point-anonyme": UNIT | {"bruno"},
    "canari-decision-anonyme": UNIT | {"bruno"},
    "canari-point-ouvert": UNIT | {"nadia", "yanis"},
    "canari-decision-yanis": UNIT | {"nadia", "yanis"},
    "canari-qui-yanis": UNIT | {"nadia", "yanis"},
    "canari-compte-rendu-yanis": frozenset({"nadia"}),
    "canari-convenu-ines": INES_CIRCLE,
    "canari-avec-qui-ines": INES_CIRCLE | {"hugo"},
    "canari-conclu-ines": INES_CIRCLE | {"hugo"},
}


def load_meetings(world: Any, cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`, after `load_sharing`."""
    unit = m.Unit.objects.get(name="Cellule d’essai")
    for code in ("bruno", "max"):
        m.UnitMember(unit=unit, user=world.colleague(code), since=THEN.date(), until=LAST_WEEK).save()
    hugo = world.colleague("hugo")
    held = m.Meeting(unit=unit, on=LAST_WEEK, at=time(14), place="Salle 2", state="held", convened_by=hugo)
    coming = m.Meeting(unit=unit, on=NEXT_WEEK, at=time(14), convened_by=hugo, note="canari-mot-reunion")
    dropped = m.Meeting(unit=unit, on=LAST_WEEK - timedelta(days=7), state="cancelled", convened_by=hugo)
    m.Unit(name=OTHER_UNIT, centre=world.nanterre, active=False).save()
    for meeting in (held, coming, dropped):
        meeting.save()
    m.Participant(meeting=held, user=hugo).save()
    m.Participant(meeting=held, user=world.colleague("nora"), presence="excused").save()
    m.Participant(meeting=held, name="Solène Essai, service social de l’assurance maladie").save()
    _items(world, cases["yanis"], held, coming)
    _together(world, cases["ines"])


def _items(world: Any, case: Case, held: m.Meeting, coming: m.Meeting) -> None:
    nadia = world.colleague("nadia")
    waiting = m.Transmission.objects.get(case=case, kind="item")
    m.AgendaItem(meeting=coming, transmission=waiting, put_by=nadia, put_at=THEN).save()
    agreed = m.Agreement.objects.get(case=case, purpose="unit")
    opened = sent(
        world, agreed, "nadia", subject="Yanis Diarra", content="canari-point-ouvert", kind="item", to_user=None,
        read_at=THEN,
    )  # fmt: skip
    item = m.AgendaItem(meeting=held, transmission=opened, put_by=nadia, put_at=THEN)
    item.save()
    nameless = m.AgendaItem(
        meeting=held, position=2, anonymous="canari-point-anonyme", put_by=world.colleague("bruno"), put_at=THEN
    )
    nameless.save()
    said = {"due_on": NEXT_WEEK, "written_at": THEN, "written_by": world.colleague("hugo")}
    m.Decision(item=item, what="canari-decision-yanis", who_words="canari-qui-yanis", **said).save()
    m.Decision(item=item, what="Déjà fait.", who=world.colleague("nora"), done_on=TODAY, **said).save()
    m.Decision(item=nameless, what="canari-decision-anonyme", who=world.colleague("hugo"), **said).save()
    draft = sent(
        world, agreed, "nadia", subject="Yanis Diarra", content="canari-compte-rendu-yanis", kind="minutes",
        to_user=None, state="draft", sent_at=None, sent_by=None, checked="",
    )  # fmt: skip
    m.Minutes(item=item, transmission=draft).save()


def _together(world: Any, case: Case) -> None:
    claire, hugo = world.colleague("claire"), world.colleague("hugo")
    agreed = agreement(
        world, case, "claire", party_kind="colleague", party="canari-avec-qui-ines", colleague=hugo, purpose="together"
    )
    rows = {"case": case, "person_id": case.person_id, "kind": "joint", "written_by": claire}
    held = m.JointInterview(**rows, on=LAST_WEEK, state="held", agreed="canari-convenu-ines")
    planned = m.JointInterview(**rows, on=NEXT_WEEK, agreed="Les horaires, rien d’autre.")
    for row in (held, planned):
        row.save()
        m.InterviewParty(interview=row, kind="physician", words="canari-avec-qui-ines", agreement=agreed).save()
    told = sent(world, agreed, "claire", content="canari-conclu-ines", kind="minutes", read_at=THEN)
    m.Minutes(interview=held, transmission=told).save()
