"""The fictional service's partners: a dozen structures around its centres, what they offer, whom one knows there.

Read by `service`. Communes are real, everything else is not: names say so, numbers are those kept for fiction.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.core.text import fold
from amarre.directory.models import LOCAL, PartnerContact, Service, Structure

_SOURCE = "demonstration"


def make_directory(world: World) -> None:
    """Structures first, then what they offer, then whom one knows."""
    rows = read("directory")["structures"]
    known = [_structure(world, number, row) for number, row in enumerate(rows, start=1)]
    for structure, row in zip(known, rows, strict=True):
        for place, service in enumerate(row.get("services", ()), start=1):
            _service(world, structure, place, service)
    for structure, row in zip(known, rows, strict=True):
        if "contact" in row:
            _contact(world, structure, *row["contact"])


def _structure(world: World, number: int, row: dict[str, Any]) -> Structure:
    latitude, longitude = row.get("at", (None, None))
    name = typeset(row["name"])
    where = fold(name.removesuffix(" (démonstration)")).replace(" ", "-")[:40]
    structure = Structure(
        source=LOCAL if row.get("local") else _SOURCE, source_id=f"{_SOURCE}--{number}", name=name, kind=row["kind"],
        networks=row.get("networks", []), address=typeset(row["address"]), city=row["city"], postcode=row["postcode"],
        latitude=latitude, longitude=longitude, phone=f"01 99 00 30 {number:02d}", email=f"accueil@{where}.example",
        website=f"https://{where}.example/", opening_hours=row.get("hours", ""),
        updated_on=world.today - timedelta(days=row["days"]),
    )  # fmt: skip
    structure.refresh()
    return world.add(structure)


def _service(world: World, structure: Structure, place: int, row: dict[str, Any]) -> None:
    service = Service(
        structure=structure, source=structure.source, source_id=f"{structure.source_id}-{place}",
        name=typeset(row["name"]), description=typeset(row["text"]), type=row["type"], themes=row["themes"],
        publics=row["publics"], cost=row["cost"], cost_words=row.get("cost_words", ""),
        conditions=typeset(row.get("conditions", "")), ways_in=row.get("ways_in", []),
        ways_to_ask=row.get("ways_to_ask", []), updated_on=structure.updated_on,
    )  # fmt: skip
    service.refresh()
    world.add(service)


def _contact(world: World, structure: Structure, name: str, function: str, code: str) -> None:
    """Whom one knows there; somebody of the cast has the account of a regular partner."""
    user = world.users.get(code)
    since = timezone.make_aware(datetime.combine(world.today - timedelta(days=90), time(10)))
    account: dict[str, Any] = (
        {"user_id": user.pk, "regular": True, "invited_at": since, "invited_by_id": world.users["alex"].pk}
        if user is not None
        else {}
    )
    world.add(
        PartnerContact(
            structure=structure,
            name=name,
            function=typeset(function),
            phone=structure.phone,
            email=user.email if user is not None else structure.email,
            confirmed_at=since,
            **account,
        )
    )
