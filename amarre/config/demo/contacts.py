"""Contacts of employers in the demonstration, and the questions that they asked about nobody.

Read by `service`. Paul and Karim speak for one establishment, Rita for another one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from amarre.config.demo.words import typeset
from amarre.config.demo.world import World
from amarre.organisations.models import Advice, Contact, Establishment
from amarre.organisations.queries_duties import largest
from amarre.organisations.states import AdviceState, CheckedHow, ContactKind

_QUESTION = (
    "Plusieurs retours d'absence longue se préparent cette année dans nos équipes. Par quoi commencer, et qui prévenir "
    "chez vous ?"
)
_ANSWER = (
    "Commencez tôt : au-delà de trente jours d'absence, faites connaître le rendez-vous de liaison et la visite de "
    "préreprise. "
    "Un modèle de courrier, le même pour tous, évite de viser quelqu'un. Nous pouvons venir le présenter à "
    "vos équipes."
)
_LATE = "Faut-il un affichage particulier pour faire connaître le service social à tous nos salariés ?"


def make_contacts(world: World) -> None:
    """Everybody at the employer's door; the questions wait for the social workers of the establishment's centre."""
    nearby = [place for place, _ in world.workplaces if place.centre_id == world.workers["claire"].centre.pk]
    here = max(nearby, key=lambda place: largest(place.headcount) or 0)
    there = next(place for place, _ in world.workplaces if place.company_id != here.company_id)
    paul = _contact(world, here, "paul", ContactKind.HR, "Responsable des ressources humaines")
    _contact(world, here, "karim", ContactKind.WORKS_COUNCIL, "Élu au CSE")
    rita = _contact(world, there, "rita", ContactKind.HR, "Assistante de direction")
    asked = _ask(world, paul, "RETURN", _QUESTION, days=9)
    worker = next(w for w in world.workers.values() if w.centre.pk == here.centre_id)
    asked.state, asked.taken_by_id, asked.minutes = AdviceState.ANSWERED, worker.user_id, 25
    asked.answer, asked.answered_on = typeset(_ANSWER), world.days.ago(5)
    _ask(world, rita, "DUTIES", _LATE, days=2)


def _contact(world: World, place: Establishment, code: str, kind: ContactKind, function: str) -> Contact:
    user, sophie = world.users[code], world.users["sophie"]
    at = _at(world, 60)
    return world.add(
        Contact(
            establishment=place, kind=kind, name=user.name, function=typeset(function), email=user.email,
            phone="01 99 00 20 10", user_id=user.pk, invited_at=at, invited_by_id=sophie.pk,
            confirmed_at=at + timedelta(days=1), confirmed_by_id=sophie.pk, checked_how=CheckedHow.SWITCHBOARD,
        )
    )  # fmt: skip


def _ask(world: World, contact: Contact, theme: str, question: str, days: int) -> Advice:
    place = contact.establishment
    return world.add(
        Advice(
            establishment=place, centre_id=place.centre_id or 0, asked_by=contact, theme=theme,
            question=typeset(question), asked_at=_at(world, days),
        )
    )  # fmt: skip


def _at(world: World, days: int) -> datetime:
    return world.now - timedelta(days=days)
