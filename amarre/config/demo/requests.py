"""The solicitations of the fictional service: those that became cases, those handled otherwise, those that wait.

Read by `service`. A third party says no word of the person's life: reasons come from the service's lists.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from amarre.config.demo.notes import about
from amarre.config.demo.persons import mail, phone, some_name
from amarre.config.demo.plans import Plan
from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.core.text import digits, fold
from amarre.intake import delays
from amarre.intake.models import Attempt, Solicitation, Statement
from amarre.intake.states import About, AttemptResult, Source, State
from amarre.organisations.models import Centre

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_WHO = {
    Source.PHYSICIAN: ("Dr Hugo Marchetti", "médecin du travail"),
    Source.NURSE: ("Nora Lindqvist", "infirmière de santé au travail"),
    Source.PSYCHOLOGIST: ("Irène Poulmarc", "psychologue du travail"),
    Source.PARTNER: ("Chloé Aubry", "conseillère, Cap emploi"),
    Source.PDP_UNIT: ("Cellule PDP", "animation de la cellule"),
    Source.FAMILY: ("Un proche", "famille"),
    Source.MANAGER: ("Agathe Lorient", "cheffe d’équipe"),
    Source.DISABILITY_OFFICER: ("Maud Kersaint", "référente handicap"),
    Source.EMPLOYER_HR: ("Paul Derouet", "responsable des ressources humaines"),
}
_TOLD = timedelta(hours=19)
_NEUTRAL = ("WISHES_TO_TALK", "RETURN_TO_PREPARE", "POST_QUESTION", "ASKED_FOR_CONTACT")


class Desk:
    """Where solicitations arrive: gives references that nobody has yet."""

    def __init__(self, world: World) -> None:
        self.world, self.rng = world, world.rng
        self.given: set[str] = set()
        self.labels: dict[str, Solicitation] = {}

    def reference(self) -> str:
        """A reference as the service gives them, drawn by our own chance so that two loads are alike."""
        while True:
            letters = "".join(self.rng.choices(_ALPHABET, k=7))
            if letters not in self.given:
                self.given.add(letters)
                return f"{letters[:3]}-{letters[3:]}"

    def add(self, row: Solicitation, reasons: list[str], words: str | None) -> Solicitation:
        """Keep a solicitation and why."""
        row.search, row.phone_digits = fold(f"{row.last_name} {row.first_name}"), digits(row.phone)
        self.world.add(row)
        self.world.add(Statement(solicitation=row, reasons=reasons, words=typeset(words) if words else None))
        return row


def make_requests(world: World, plans: list[Plan]) -> None:
    """Everything that was asked of the service."""
    desk = Desk(world)
    for plan in plans:
        if plan.previous is None:
            _became_a_case(desk, plan)
    for number in range(world.size.handled):
        _handled(desk, read("requests")["handled"][number % len(read("requests")["handled"])])
    for copy in range(world.size.open_copies):
        for row in read("requests")["open"]:
            _waiting(desk, row, copy)


def _became_a_case(desk: Desk, plan: Plan) -> None:
    world, rng, case = desk.world, desk.rng, plan.made
    waited = timedelta(days=rng.choice((0, 0, 1, 2, 3, 5, 8)), minutes=rng.randint(5, 200))
    received = case.opened_at - (_TOLD if plan.told else waited)
    row = _blank(desk, plan.source, plan.worker.centre, received, State.ANSWERED if plan.once else State.TAKEN)
    if plan.somebody:
        person = plan.somebody.person
        row.first_name, row.last_name, row.phone, row.email = (
            person.first_name, person.last_name, person.phone, person.email,
        )  # fmt: skip
        row.company, row.city, row.person = plan.somebody.company, plan.somebody.workplace.city, person
    row.case, row.handled_by_id, row.handled_at = case, case.opened_by_id, case.opened_at
    row.acknowledged_at, row.urgency = case.opened_at, plan.urgency
    row.due_on = delays.due_on(plan.urgency, received)
    own = plan.source == Source.EMPLOYEE
    told_reasons, told_words = plan.told.get("reasons"), plan.told.get("words")
    words = str(told_words or rng.choice(plan.theme.words)) if own and plan.somebody else None
    reasons = list(told_reasons) if isinstance(told_reasons, list) else plan.theme.reasons
    desk.add(row, reasons if own else [rng.choice(_NEUTRAL)], about(plan, words) if words else None)
    if not own:
        at = case.opened_at - timedelta(minutes=rng.randint(2, 4))
        if rng.random() < 0.25:
            _try(world, row, max(received, at - timedelta(days=1)), AttemptResult.NOT_REACHED, case.opened_by_id)
        _try(world, row, at, AttemptResult.AGREED, case.opened_by_id)


def _try(world: World, row: Solicitation, at: datetime, result: str, by: int) -> None:
    world.add(Attempt(solicitation=row, at=at, by_id=by, result=result))


def _blank(desk: Desk, source: str, centre: Centre, received: datetime, state: str) -> Solicitation:
    who, role = _WHO.get(Source(source), ("", ""))
    return Solicitation(
        reference=desk.reference(), centre=centre, source=source, state=state, received_at=received,
        requester_name=who, requester_role=role, requester_phone="01 99 00 47 11" if who else "",
    )  # fmt: skip


def _handled(desk: Desk, shape: dict[str, Any]) -> None:
    """Something that ended without a case."""
    rng, world = desk.rng, desk.world
    centre = rng.choice(list(world.centres.values()))
    on = world.days.ago(rng.randint(8, world.size.years * 365))
    row = _blank(desk, shape["source"], centre, world.days.at(rng, on), shape["state"])
    _fill(desk, row, shape)
    row.handled_by_id = _worker_of(desk, centre)
    row.handled_at = row.acknowledged_at = row.received_at + timedelta(days=rng.randint(1, 9), hours=1)
    row.closing_reason = shape.get("closing_reason", "")
    desk.add(row, shape["reasons"], shape.get("words"))
    for place, result in enumerate(shape.get("attempts", ())):
        _try(world, row, row.received_at + timedelta(hours=2 + 20 * place), result, row.handled_by_id)


def _worker_of(desk: Desk, centre: Centre) -> int:
    here = [w for w in desk.world.workers.values() if w.centre is centre and w.code not in ("max", "zoe")]
    return desk.rng.choice(here).user_id


def _fill(desk: Desk, row: Solicitation, shape: dict[str, Any]) -> None:
    """Who asks, for whom, from where."""
    world = desk.world
    row.about = shape.get("about", About.PERSON)
    if "requester" in shape:
        row.requester_name, row.requester_role = map(typeset, shape["requester"])
        row.requester_phone = phone(world)
        row.requester_email = "contact@entreprise.example"
    here = [pair for pair in world.workplaces if pair[0].centre_id == row.centre.pk]
    place, row.company = world.rng.choice(here)
    row.city = place.city
    row.do_not_call, row.contact_note = shape.get("do_not_call", False), typeset(shape.get("note", ""))
    twin = desk.labels.get(f"{shape.get('same_as')}")
    if twin:
        row.first_name, row.last_name, row.phone, row.email = twin.first_name, twin.last_name, twin.phone, ""
        row.company, row.city = twin.company, twin.city
    elif shape.get("known"):
        somebody = world.stranger(row.centre)
        person = somebody.person
        row.first_name, row.last_name, row.phone, row.email = (
            person.first_name, person.last_name, person.phone, person.email,
        )  # fmt: skip
        row.company, row.city = somebody.company, somebody.workplace.city
    elif row.about == About.PERSON and not shape.get("anonymous"):
        row.first_name, row.last_name = shape["name"] if "name" in shape else some_name(world)[:2]
        row.phone = phone(world)
        row.email = mail(row.first_name, row.last_name) if world.rng.random() < 0.4 else ""


def _waiting(desk: Desk, shape: dict[str, Any], copy: int) -> None:
    """Something that somebody still has to look at."""
    world = desk.world
    centre = world.centres[shape["centre"]]
    received = world.now.replace(second=0, microsecond=0) - timedelta(hours=shape["hours"] + 24 * copy)
    row = _blank(desk, shape["source"], centre, received, shape["state"])
    _fill(desk, row, shape if copy == 0 else {k: v for k, v in shape.items() if k not in ("known", "same_as")})
    if "label" in shape and copy == 0:
        desk.labels[shape["label"]] = row
    if shape.get("urgency"):
        row.urgency, row.due_on = shape["urgency"], delays.due_on(shape["urgency"], received)
        row.acknowledged_at = received + timedelta(hours=min(3, shape["hours"] / 2))
    if shape.get("assigned"):
        row.assigned_to_id = world.workers[shape["assigned"]].user_id
    desk.add(row, shape["reasons"], shape.get("words"))
    tries = shape.get("attempts", ())
    for place, result in enumerate(tries):
        after = timedelta(hours=shape["hours"] * (place + 1) / (len(tries) + 2))
        _try(world, row, received + after, result, _worker_of(desk, centre))
