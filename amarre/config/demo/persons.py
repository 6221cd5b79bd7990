"""The employees of the fictional service, their jobs, and how they may be reached.

Read by `service` and `stories`. Telephone numbers are of the ranges that ARCEP keeps for fiction (06 39 98, 01 99 00).
"""

from __future__ import annotations

from datetime import date, timedelta

from amarre.config.demo.firms import job_in
from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import Somebody, World
from amarre.core.text import digits, fold
from amarre.organisations.models import Establishment
from amarre.people.models import Channel, Job, Person

_CHANNELS = ("", "", "", "", Channel.PHONE, Channel.SMS, Channel.SMS, Channel.EMAIL, Channel.LETTER)


def make_people(world: World) -> None:
    """Everybody, each at a workplace; the story-told ones are made elsewhere."""
    rng = world.rng
    told = len(read("stories")["stories"])
    weights = [_weight(place) for place, _ in world.workplaces]
    for place, company in rng.choices(world.workplaces, weights, k=world.size.people - told):
        somebody = _somebody(world, place, company)
        world.people.setdefault(somebody.workplace.centre_id or 0, []).append(somebody)


def _weight(place: Establishment) -> int:
    return int(place.headcount.split()[0]) + 3


def phone(world: World) -> str:
    """A number that rings nowhere."""
    a, b = world.rng.randint(0, 99), world.rng.randint(0, 99)
    return f"{'06 39 98' if world.rng.random() < 0.9 else '01 99 00'} {a:02d} {b:02d}"


def mail(first: str, last: str) -> str:
    """An address that goes nowhere."""
    return f"{fold(first).replace(' ', '-')}.{fold(last).replace(' ', '-')}@courriel.example"


def some_name(world: World) -> tuple[str, str, bool]:
    """First name, last name, and whether the person is a woman."""
    names, female = read("people"), world.rng.random() < 0.56
    first = world.rng.choice(names["female" if female else "male"])
    return first, typeset(world.rng.choice(names["last"])), female


def known_by(person: Person) -> Person:
    """Fold what the person is found by."""
    person.search, person.phone_digits = fold(f"{person.last_name} {person.first_name}"), digits(person.phone)
    return person


def _somebody(world: World, place: Establishment, company: str) -> Somebody:
    rng, names = world.rng, read("people")
    first, last, female = some_name(world)
    _, city, postcode = rng.choice([(c, *pair) for c, pairs in read("places").items() for pair in pairs])
    foreign, age = rng.random() < 0.06, rng.randint(19, 64)
    person = Person(
        first_name=first, last_name=last, birth_date=birthday(world, age),
        phone=phone(world) if rng.random() < 0.94 else "", email=mail(first, last) if rng.random() < 0.6 else "",
        address=typeset(f"{rng.randint(1, 140)} {rng.choice(names['streets'])}"), postcode=postcode, city=city,
        channel=rng.choice(_CHANNELS), do_not_call=rng.random() < 0.03,
        channel_note=typeset(rng.choice(names["channel_notes"])) if rng.random() < 0.08 else "",
        language=rng.choice(names["languages"]) if foreign else "", interpreter=foreign and rng.random() < 0.5,
        legal_representative=rng.choice(names["representatives"]) if rng.random() < 0.01 else "",
    )  # fmt: skip
    world.add(known_by(person))
    title = job_in(world, place, female=female)
    contract = rng.choice(read("firms")["contracts"])
    _jobs(world, person, place, title, contract, rng.randint(1, min(240, 12 * (age - 18))))
    return Somebody(person, female, place, company, age)


def _jobs(world: World, person: Person, place: Establishment, title: str, contract: str, months: int) -> None:
    since = world.days.ago(months * 30)
    world.add(Job(person=person, establishment=place, title=title, contract=contract, since=since))
    if world.rng.random() < 0.15:
        before, _ = world.rng.choice(world.workplaces)
        until = since - timedelta(days=world.rng.randint(1, 90))
        world.add(
            Job(
                person=person, establishment=before, title=title, contract="CDD", until=until,
                since=until - timedelta(days=world.rng.randint(60, 900)),
            )
        )  # fmt: skip


def birthday(world: World, age: int) -> date:
    """The birth date of somebody of that age today."""
    return world.today - timedelta(days=age * 365 + age // 4 + world.rng.randint(1, 360))
