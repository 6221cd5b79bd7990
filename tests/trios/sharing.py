"""The commands of `sharing`: agreements, transmissions, exceptions, links.

Nadia, the busy neighbour, has agreements and transmissions of her own; Nora receives hers, Dr Hugo Claire's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from amarre.cases.commands import Conflict
from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from amarre.sharing.parties import colleague_party, other_party
from tests.cast import as_owner
from tests.rows import INES_CASE, TODAY
from tests.trios import World, trio

SAID = "canari-commande"
LATER, YESTERDAY = TODAY + timedelta(days=30), TODAY - timedelta(days=1)
STROKES = "[[[10,10],[20,20],[30,30],[40,40],[50,50],[60,60],[70,70],[80,80],[90,90]]]"


def one(model: Any, number: str = INES_CASE, **wanted: Any) -> Any:
    """The first row of a case that is as wanted."""
    with as_owner():
        row = model.objects.filter(case__number=number, **wanted).order_by("pk").first()
        assert row is not None, f"no such {model._meta.label}"
        for name in ("case", "agreement", "exception", "colleague", "to_user", "unit"):
            getattr(row, name, None)
        return row


def draft() -> Any:
    return one(m.Transmission, state="draft")


def left(**wanted: Any) -> Any:
    return one(m.Transmission, state="sent", **wanted)


def asked() -> Any:
    return one(m.Agreement, state="proposed")


def given(**wanted: Any) -> Any:
    return one(m.Agreement, state="given", **wanted)


def first(model: Any, **wanted: Any) -> Any:
    with as_owner():
        row = model.objects.filter(**wanted).select_related().order_by("pk")[0]
        if isinstance(row, m.AccessLink):
            assert row.transmission.case.pk
        return row


def _asking(w: World, **said: Any) -> dict[str, Any]:
    to = colleague_party(w.colleague("hugo"), SAID)
    return {"case": w.case(), "to": to, "purpose": "post", "what": SAID, "until": LATER} | said


trio(
    "agreement.ask",
    allowed=("zoe", _asking),
    refused="nadia",
    failed=lambda w: _asking(w, until=YESTERDAY),
)
trio(
    "agreement.give",
    allowed=("ines", lambda _: {"agreement": asked(), "how": "space"}),
    refused="yanis",
    failed=("claire", lambda _: {"agreement": asked(), "how": "space"}),
)
trio("agreement.decline", allowed=("ines", lambda _: {"agreement": asked()}), refused="nadia",
     failed=lambda _: {"agreement": given()})  # fmt: skip
trio("agreement.withdraw", allowed=("ines", lambda _: {"agreement": given()}), refused="hugo",
     failed=lambda _: {"agreement": asked()})  # fmt: skip
trio(
    "exception.declare",
    allowed=("bruno", lambda w: {"case": w.case(), "basis": "peril", "reason_words": f"{SAID}, en une phrase."}),
    refused="zoe",
    failed=lambda w: {"case": w.case(), "basis": "peril", "reason_words": "Vite"},
)
trio(
    "exception.review",
    allowed=("marc", lambda _: {"exception": first(m.LawException), "outcome": "right"}),
    refused="claire",
    failed=lambda _: {"exception": first(m.LawException, reviewed_at__isnull=False), "outcome": "discuss"},
)


def _preparing(w: World, **said: Any) -> dict[str, Any]:
    return {"case": w.case(), "agreement": given(), "subject": SAID, "content": SAID} | said


trio(
    "transmission.prepare",
    allowed=("zoe", _preparing),
    refused="nadia",
    failed=lambda w: _preparing(w, agreement=asked()),
)
trio(
    "transmission.except",
    allowed=("bruno", lambda w: {"case": w.case(), "exception": first(m.LawException), "to": other_party(SAID),
                                 "subject": SAID, "content": SAID}),
    refused="zoe",
    failed=lambda w: {"case": w.case(), "exception": first(m.LawException), "to": other_party(" "),
                      "subject": SAID, "content": SAID},
)  # fmt: skip


def _revising(w: World, version: int = 1) -> dict[str, Any]:
    return {"transmission": draft(), "version": version, "subject": SAID, "content": SAID}


trio("transmission.revise", allowed=("zoe", _revising), refused="nadia", failed=lambda w: _revising(w, 7),
     error=Conflict)  # fmt: skip
trio("transmission.discard", allowed=("zoe", lambda _: {"transmission": draft()}), refused="hugo",
     failed=lambda _: {"transmission": left()})  # fmt: skip
trio(
    "transmission.send",
    allowed=("claire", lambda _: {"transmission": draft(), "checked": seen_as(draft())}),
    refused="zoe",
    failed=lambda _: {"transmission": draft(), "checked": "0" * 64},
)
trio("transmission.recall", allowed=("bruno", lambda _: {"transmission": left(read_at=None)}), refused="zoe",
     failed=lambda _: {"transmission": left(read_at__isnull=False)})  # fmt: skip
trio("transmission.open", allowed=("hugo", lambda _: {"transmission": left(read_at=None)}), refused="nora",
     failed=lambda _: {"transmission": left(read_at__isnull=False)})  # fmt: skip


def _answering(w: World, kind: str = "refused", **wanted: Any) -> dict[str, Any]:
    return {"transmission": left(**({"read_at__isnull": False} | wanted)), "kind": kind, "words": SAID}


trio("transmission.answer", allowed=("hugo", _answering), refused="claire",
     failed=lambda w: _answering(w, "started"))  # fmt: skip
trio("answer.see", allowed=("zoe", lambda _: {"answer": first(m.Answer)}), refused="hugo",
     failed=lambda _: {"answer": first(m.Answer, seen_at__isnull=False)})  # fmt: skip
trio("link.make", allowed=("claire", lambda _: {"transmission": left(carrier="link"), "email": "clair@essai.example"}),
     refused="zoe",
     failed=lambda _: {"transmission": left(carrier="inbox"), "email": "clair@essai.example"})  # fmt: skip
trio("link.end", allowed=("bruno", lambda _: {"link": first(m.AccessLink)}), refused="nadia",
     failed=lambda _: {"link": first(m.AccessLink, ended_at__isnull=False)})  # fmt: skip
trio("link.miss", allowed=("by_link", lambda _: {"link": first(m.AccessLink)}), refused="chloe",
     failed=("by_old_link", lambda _: {"link": first(m.AccessLink, ended_at__isnull=False)}))  # fmt: skip
trio("link.open", allowed=("by_code", lambda _: {"link": first(m.AccessLink)}), refused="passer_by",
     failed=("by_link", lambda _: {"link": first(m.AccessLink)}))  # fmt: skip
