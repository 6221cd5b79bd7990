"""Papers of an action: poster and leaflet, account, certificate, sign-in sheet, card of questions. One page each.

Read by the doors, for staff and for an employer's contacts alike: the same facts give the same bytes. Must not know
HTTP. Raises `Unprintable`, with a sentence, when there is nothing to print yet or when it does not hold on one page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst

from amarre.collective.models import Action
from amarre.collective.told import SWORN, Told, details, told_of
from amarre.core.actor import Actor
from amarre.core.letters import hour
from amarre.core.paper import NBSP, Unprintable, long_day, pdf

TEMPLATES = Path(__file__).parent / "paper"
TOLD = {
    "affiche-a4": "Affiche A4",
    "affiche-a5": "Affiche A5",
    "depliant-a4": "Dépliant A4",
    "depliant-a5": "Dépliant A5",
}
_MEETINGS = 4
_LARGEST = {"affiche-a4": 26, "affiche-a5": 18, "depliant-a4": 19, "depliant-a5": 13.5}
_CODE = {"a4": 44, "a5": 32}
_TOO_LONG = "une page ne suffit pas"
_ONE_PAGE = f"Cela ne tient pas sur une page lisible{NBSP}: raccourcissez le texte."


def told_paper(actor: Actor, action: Action, which: str) -> bytes:
    """A poster or a leaflet. Raises `Unprintable` when no session is to come."""
    told = told_of(actor, action)
    form, paper = which.split("-")
    places = {meeting.where for meeting in told.meetings}
    same = places.pop() if len(places) == 1 else ""
    facts = {
        "form": "poster" if form == "affiche" else "leaflet", "format": paper, "largest": str(_LARGEST[which]),
        "code-width": _CODE[paper], "title": told.title, "kind": told.kind, "workplace": told.workplace,
        "aim": told.aim, "meetings": [
            {"day": long_day(m.day), "hours": f"de{NBSP}{hour(m.starts)} à{NBSP}{hour(m.ends)}",
             "place": "" if same else m.where}
            for m in told.meetings[:_MEETINGS]
        ],
        "more": max(0, len(told.meetings) - _MEETINGS), "same-place": same[:1].upper() + same[1:],
        "details": details(told), "promises": told.promises, "welcome": told.welcome, "phone": told.phone,
        "centre": told.centre, "hours": told.hours, "sworn": SWORN, "contacts": told.contacts,
        "numbers": told.numbers, "caption": _caption(told), "address": [*told.address], "code": code_of(told.address),
    }  # fmt: skip
    return _made("told.typ", facts)


def _caption(told: Told) -> str:
    return "S’inscrire, ou en savoir plus" if told.sign_up else "En savoir plus"


def code_of(address: str) -> dict[str, Any]:
    """A QR code as its dark runs, row by row: x, y and length, in modules."""
    drawn = segno.make(address, error="m", micro=False)
    runs = []
    for y, row in enumerate(drawn.matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append([start, y, x - start])
            x = max(x, start + 1)
    return {"side": len(drawn.matrix), "runs": runs}


def _made(template: str, facts: Mapping[str, Any]) -> bytes:
    try:
        return pdf(TEMPLATES, template, facts)
    except typst.TypstError as error:
        if _TOO_LONG not in error.message:
            raise
        raise Unprintable(_ONE_PAGE) from error
