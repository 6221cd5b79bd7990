"""The cases that were written by hand (`data/stories.toml`): the first ones that somebody opens.

Read by `service`. Inès's is the one in the README.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.urls import reverse

from amarre.config.demo.persons import birthday, known_by
from amarre.config.demo.plans import Plan
from amarre.config.demo.words import read, themes, typeset
from amarre.config.demo.world import Somebody, World
from amarre.core.models import Draft
from amarre.organisations.models import Establishment
from amarre.people.models import Job, Person

_AS_WRITTEN = ("first_name", "last_name", "phone", "email", "channel", "language", "do_not_call")


def tell(world: World) -> list[Plan]:
    """The plans of the stories; their people are made on the way."""
    return [_plan(world, row) for row in read("stories")["stories"]]


def _plan(world: World, row: dict[str, Any]) -> Plan:
    workers = world.workers
    return Plan(
        worker=workers[row["lead"]], theme=themes()[row["theme"]], opened=world.days.ago(row["opened"]), closed=None,
        source=row["source"], urgency=row["urgency"], somebody=_somebody(world, row), employment=row["employment"],
        co_lead=workers.get(row.get("co_lead", "")), trainee=workers.get(row.get("trainee", "")), told=row,
    )  # fmt: skip


def end_the_told(world: World, plans: list[Plan]) -> None:
    """Some stories are over; nobody's second episode begins there."""
    for plan in plans:
        if "closed" in plan.told:
            plan.closed = world.days.ago(int(str(plan.told["closed"])))


def _somebody(world: World, row: dict[str, Any]) -> Somebody:
    place, company = _workplace(world, row)
    as_written = {name: row[name] for name in _AS_WRITTEN if name in row}
    person = Person(
        **as_written, birth_date=birthday(world, row["age"]), channel_note=typeset(row.get("channel_note", "")),
        address="3 rue des Amarres", postcode=place.postcode, city=place.city,
    )  # fmt: skip
    world.add(known_by(person))
    since = world.today.replace(day=1) - timedelta(days=round(row["job_years"] * 365.25))
    world.add(Job(person=person, establishment=place, title=row["job"], contract="CDI", since=since))
    return Somebody(person, row["female"], place, company, row["age"])


def _workplace(world: World, row: dict[str, Any]) -> tuple[Establishment, str]:
    return next(
        (place, company)
        for place, company in world.workplaces
        if company == row["company"] and place.city == row["city"]
    )


def leave_a_draft(world: World, plans: list[Plan]) -> None:
    """Claire was interrupted while she wrote about Marek."""
    marek = next(plan for plan in plans if plan.told.get("code") == "marek")
    words = typeset("Il a retrouvé les relevés. Reste l'avis d'imposition, que son frère")
    values = {"kind": ["step"], "body": [words], "on": [world.days.ago(1).isoformat()]}
    back = reverse("staff:note_new", args=[marek.made.pk])
    world.add(
        Draft(
            owner=f"user:{marek.worker.user_id}", form=f"note:{marek.made.pk}", page="demo",
            body=json.dumps({"back": back, "values": values}, ensure_ascii=False),
            saved_at=world.days.at(world.rng, world.days.ago(1)),
        )
    )  # fmt: skip
