"""Companies and workplaces of the fictional service, and the communes that each centre answers for.

Read by `service`. SIREN and SIRET have valid keys (Luhn) but begin with four zeros, which INSEE does not give.
"""

from __future__ import annotations

from typing import Any

from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.core.text import fold
from amarre.organisations.models import Commune, Company, Establishment

_HEADCOUNTS = (
    ("1 ou 2 salariés", 18), ("3 à 5 salariés", 22), ("6 à 9 salariés", 22), ("10 à 19 salariés", 14),
    ("20 à 49 salariés", 12), ("50 à 99 salariés", 6), ("100 à 199 salariés", 3), ("250 à 499 salariés", 3),
)  # fmt: skip


def luhn(digits: str) -> str:
    """The digit that makes the whole pass Luhn's check."""
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def siren_of(number: int) -> str:
    """A SIREN that is nobody's, with its key."""
    body = f"0000{number:04d}"
    return body + luhn(body)


def siret_of(siren: str, number: int) -> str:
    """The SIRET of a company's workplace, with its key."""
    body = f"{siren}{number:04d}"
    return body + luhn(body)


def make_communes(world: World) -> None:
    """Which commune is answered for by which centre."""
    for centre_name, communes in read("places").items():
        for name, postcode in communes:
            world.add(Commune(centre=world.centres[centre_name], name=name, search=fold(name)[:80], postcode=postcode))


def make_firms(world: World) -> None:
    """Companies, each with a seat, some with more places; those of the hand-written stories first."""
    told = {(s["company"], s["city"]): s for s in read("stories")["stories"]}
    cities = [(centre, *commune) for centre, communes in read("places").items() for commune in communes]
    city_of = {city: (centre, city, postcode) for centre, city, postcode in cities}
    seats = [(name, city_of[city]) for name, city in told]
    names = _names(world, avoid={name for name, _ in seats})
    seats += [(next(names), world.rng.choice(cities)) for _ in range(world.size.companies - len(seats))]
    firms = [_firm(world, number, name) for number, (name, _) in enumerate(seats, start=1)]
    for (company, sector), (_, where) in zip(firms, seats, strict=True):
        _place(world, company, sector, where, number=1)
    more = world.size.establishments - len(firms)
    big = firms[: max(1, len(firms) // 3)]
    for number in range(more):
        company, sector = big[number % len(big)]
        _place(world, company, sector, world.rng.choice(cities), number=2 + number // len(big))


def _names(world: World, avoid: set[str]) -> Any:
    """Names of companies, all different."""
    firms = read("firms")
    pairs = [f"{kind} {place}" for sector in firms["sectors"] for kind in sector["kinds"] for place in firms["places"]]
    world.rng.shuffle(pairs)
    turn = 0
    while True:
        turn += 1
        for pair in pairs:
            if pair not in avoid:
                yield pair if turn == 1 else f"{pair} {turn}"


def _sector_of(name: str) -> dict[str, Any]:
    sectors: list[dict[str, Any]] = read("firms")["sectors"]
    return next(s for s in sectors if any(name.startswith(f"{kind} ") for kind in s["kinds"]))


def _firm(world: World, number: int, name: str) -> tuple[Company, dict[str, Any]]:
    rng = world.rng
    since = world.days.ago(rng.randint(200, 9_000))
    left = world.days.ago(rng.randint(20, 180)) if number > 8 and rng.random() < 0.04 else None
    company = Company(
        siren=siren_of(number), name=typeset(name), legal_form=rng.choice(read("firms")["forms"]),
        member_since=since, member_until=left,
    )  # fmt: skip
    company.refresh_search()
    return world.add(company), _sector_of(name)


def _place(world: World, company: Company, sector: dict[str, Any], where: tuple[str, str, str], *, number: int) -> None:
    rng, (centre, city, postcode) = world.rng, where
    place = Establishment(
        company=company, centre=world.centres[centre], siret=siret_of(company.siren, number),
        sign="" if number == 1 else rng.choice(read("firms")["signs"]), naf=sector["naf"],
        address=typeset(f"{rng.randint(1, 140)} {rng.choice(read('people')['streets'])}"), postcode=postcode, city=city,
        headcount=rng.choices([h for h, _ in _HEADCOUNTS], [w for _, w in _HEADCOUNTS])[0],
    )  # fmt: skip
    place.refresh_search(company.name)
    world.workplaces.append((world.add(place), company.name))


def job_in(world: World, place: Establishment, *, female: bool) -> str:
    """A job that people have in such a place."""
    sector = next(s for s in read("firms")["sectors"] if s["naf"] == place.naf)
    return str(world.rng.choice(sector["jobs"])[0 if female else 1])
