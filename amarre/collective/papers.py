"""Papers of an action: poster and leaflet, account, certificate, sign-in sheet, card of questions. One page each.

Read by the doors, for staff and for an employer's contacts alike: the same facts give the same bytes. Must not know
HTTP. Raises `Unprintable`, with a sentence, when there is nothing to print yet or when it does not hold on one page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

from amarre.collective import policy
from amarre.collective.links import questions_path
from amarre.collective.models import Action, Attendance, Session
from amarre.collective.queries import Account, account_of, certificate_of
from amarre.collective.states import EvaluationState
from amarre.collective.told import REMOTE, SWORN, Told, details, told_of
from amarre.core.actor import Actor
from amarre.core.letters import hour, length
from amarre.core.notices import door_url
from amarre.core.paper import NBSP, Unprintable, day, long_day, pdf, phone
from amarre.organisations.models import Centre

TEMPLATES = Path(__file__).parent / "paper"
TOLD = {
    "affiche-a4": "Affiche A4",
    "affiche-a5": "Affiche A5",
    "depliant-a4": "Dépliant A4",
    "depliant-a5": "Dépliant A5",
}
_MEETINGS, _SESSIONS = 4, 8
_LARGEST = {"affiche-a4": 26, "affiche-a5": 18, "depliant-a4": 19, "depliant-a5": 13.5}
_CODE = {"a4": 44, "a5": 32}
_TOO_LONG = "une page ne suffit pas"
_LINES = 18
_ONE_PAGE = f"Cela ne tient pas sur une page lisible{NBSP}: raccourcissez le texte."


def told_paper(actor: Actor, action: Action, which: str) -> bytes:
    """A poster or a leaflet. Raises `Unprintable` when no session is to come."""
    return print_told(told_of(actor, action), which)


def print_told(told: Told, which: str) -> bytes:
    """What is announced, on one page of that size, in letters as large as it allows."""
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
    return "Pour s’inscrire ou en savoir plus" if told.sign_up else "Pour en savoir plus"


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


def account_paper(actor: Actor, action: Action) -> bytes:
    """The account to employer and works council, once handed over. Raises `Unprintable` before."""
    if action.report_on is None:
        raise Unprintable(f"Le compte rendu n’est pas encore remis{NBSP}: il s’imprime ensuite.")
    return print_account(account_of(actor, action), action.centre)


def print_account(account: Account, centre: Centre) -> bytes:
    """An account on one page, even one that is only being written. Raises `Unprintable` when it is too long for it."""
    counted = account.people is not None
    facts = {
        "title": account.title, "kind": account.kind, "where": account.where, "on": account.on, "words": account.words,
        "sessions": [
            {"when": _when(s.day, s.starts, s.ends), "place": s.place, "people": _people(s.people)}
            for s in account.sessions[:_SESSIONS]
        ],
        "more": max(0, len(account.sessions) - _SESSIONS),
        "people": f"{_people(account.people)} en tout" if counted and len(account.sessions) > 1 else "",
        "said": [(s.question, f"Plutôt oui{NBSP}: {s.share}", s.before) for s in account.said],
        "silence": account.silence, "included": account.included, "look-back": account.look_back,
        "look-back-on": account.look_back_on, "centre": centre.name, "phone": phone(centre.phone),
    }  # fmt: skip
    return _made("account.typ", facts)


def _people(many: int | None) -> str:
    return "" if many is None else f"{many}{NBSP}personne{'s' if many > 1 else ''}"


def _when(on: date, starts: time, ends: time) -> str:
    return f"{long_day(on)}, de{NBSP}{hour(starts)} à{NBSP}{hour(ends)}"


def certificate_paper(actor: Actor, attendance: Attendance) -> bytes:
    """What somebody who came to a training takes away: a name, a title, a day, how long; to be signed by hand."""
    said = certificate_of(actor, Attendance.objects.visible_to(actor).get(pk=attendance.pk))
    session = Session.objects.visible_to(actor).select_related("action__centre").get(pk=attendance.session_id)
    centre = session.action.centre
    facts = {
        "name": said.name, "title": said.title, "when": _when(said.day, said.starts, said.ends), "place": said.place,
        "length": length(said.minutes), "centre": centre.name, "phone": phone(centre.phone), "day": day(said.day),
    }  # fmt: skip
    return _made("certificate.typ", facts)


def sign_in_sheet(actor: Actor, session: Session) -> bytes:
    """Empty lines to sign at a training. Raises `Unprintable` where nobody has to give a name."""
    row = Session.objects.visible_to(actor).select_related("action__centre").get(pk=session.pk)
    if not row.action.signs:
        raise Unprintable(f"Cette action n’a pas de feuille d’émargement{NBSP}: personne n’a à donner son nom.")
    facts = {
        "title": row.action.title, "when": _when(row.day, row.starts, row.ends),
        "place": REMOTE if row.link else row.place, "centre": row.action.centre.name, "lines": _LINES,
        "days": settings.AMARRE_SIGN_IN_DAYS,
    }  # fmt: skip
    return _made("signing.typ", facts)


def evaluation_card(actor: Actor, action: Action) -> bytes:
    """The card that opens the questions, for the way out. Raises `Unprintable` while they are not open."""
    if not policy.is_staff(actor) or action.evaluation != EvaluationState.OPEN or not action.evaluation_until:
        raise Unprintable("Les questions ne sont pas ouvertes.")
    address = door_url(questions_path(action.evaluation_code))
    facts = {
        "title": action.title, "until": day(action.evaluation_until), "address": [*address], "code": code_of(address),
        "before": bool(action.knowledge),
    }  # fmt: skip
    return _made("card.typ", facts)


def _made(template: str, facts: Mapping[str, Any]) -> bytes:
    try:
        return pdf(TEMPLATES, template, facts)
    except typst.TypstError as error:
        if _TOO_LONG not in error.message:
            raise
        raise Unprintable(_ONE_PAGE) from error
