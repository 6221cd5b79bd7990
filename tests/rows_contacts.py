"""Contacts of employers and their questions: Paul and Karim speak for the Conserverie, Rita for the Corderie.

Read by `tests.rows`. One contact waits to be confirmed, one has ended: neither sees anything.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from amarre.core.text import fold
from amarre.organisations.models import Advice, Centre, Company, Contact, Establishment

ASKED = datetime(2025, 10, 6, 9, 0, tzinfo=UTC)
WAITING, ENDED = "vera.attend@anse.example", "noe.parti@anse.example"
MONTREUIL_ANSWERS = frozenset({"claire", "bruno", "nadia", "zoe", "marc"})
CANARIES = {
    "canari-conseil-paul": MONTREUIL_ANSWERS | {"paul"},
    "canari-reponse-paul": MONTREUIL_ANSWERS | {"paul"},
    "canari-conseil-paul-attend": MONTREUIL_ANSWERS | {"paul"},
    "canari-conseil-rita": frozenset({"theo", "rita"}),
    "canari-reponse-rita": frozenset({"theo", "rita"}),
}


def load_contacts(world: Any) -> None:
    """Runs as the owner, inside `commands.loading()`."""
    here = Establishment.objects.get()
    there = _corderie(world.nanterre)
    paul = _contact(world, here, "paul", "hr", "Direction des ressources humaines")
    rita = _contact(world, there, "rita", "hr", "Gérante")
    _contact(world, here, "karim", "works_council", "Secrétaire du CSE")
    _waiting(world, here, WAITING, "Véra Attend")
    _waiting(world, here, ENDED, "Noé Parti", ended_on=date(2025, 6, 1))
    _advice(world, paul, world.montreuil, "canari-conseil-paul", "canari-reponse-paul", "claire")
    _advice(world, paul, world.montreuil, "canari-conseil-paul-attend")
    _advice(world, rita, world.nanterre, "canari-conseil-rita", "canari-reponse-rita", "theo")


def _corderie(centre: Centre) -> Establishment:
    company = Company(siren="404833048", name="Corderie de la Pointe", search=fold("Corderie de la Pointe"))
    company.save()
    place = Establishment(
        company=company, centre=centre, siret="40483304800022", city="Nanterre", postcode="92000",
        headcount="20 à 49 salariés", search=fold("Corderie de la Pointe Nanterre"),
    )  # fmt: skip
    place.save()
    return place


def _contact(world: Any, place: Establishment, code: str, kind: str, function: str) -> Contact:
    user, sophie = world.users[code], world.colleague("sophie")
    contact = Contact(
        establishment=place, kind=kind, name=user.name, function=function, email=user.email, phone="01 99 00 20 01",
        user_id=user.pk, invited_at=ASKED, invited_by=sophie, confirmed_at=ASKED, confirmed_by=sophie,
        checked_how="switchboard",
    )  # fmt: skip
    contact.save()
    return contact


def _waiting(world: Any, place: Establishment, email: str, name: str, **more: Any) -> None:
    Contact(
        establishment=place, kind="manager", name=name, email=email, invited_at=ASKED,
        invited_by=world.colleague("sophie"), **more,
    ).save()  # fmt: skip


def _advice(world: Any, contact: Contact, centre: Centre, question: str, answer: str = "", by: str = "") -> None:
    answered: dict[str, Any] = {
        "state": "answered", "answer": f"Réponse : {answer}.", "minutes": 30, "answered_on": date(2025, 10, 8),
        "taken_by": world.colleague(by),
    } if by else {}  # fmt: skip
    Advice(
        establishment=contact.establishment, centre=centre, asked_by=contact, theme="RETURN",
        question=f"Question : {question}.", asked_at=ASKED, **answered,
    ).save()  # fmt: skip
