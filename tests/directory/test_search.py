"""What is found, in which order, and how near it is said to be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from amarre.core import commands
from amarre.core.scope import acting_as
from amarre.directory.models import Service, Structure
from amarre.directory.queries import Place, Search, nearness, place_of, search, suggest
from tests.cast import actor, as_owner

pytestmark = pytest.mark.django_db

MONTREUIL = {"city": "Montreuil", "postcode": "93100"}
FOUND: list[dict[str, Any]] = [
    {"name": "Au bout de la rue", **MONTREUIL, "latitude": 48.861, "longitude": 2.441},
    {"name": "À Lyon", "city": "Lyon", "postcode": "69001", "latitude": 45.767, "longitude": 4.834},
    {"name": "Même commune", **MONTREUIL},
    {"name": "Même département", "city": "Sevran", "postcode": "93270"},
    {"name": "Ailleurs, sans coordonnées", "city": "Brest", "postcode": "29200"},
    {"name": "Homonyme", "city": "Montreuil", "postcode": "62170", "latitude": 50.46, "longitude": 1.76},
]


@pytest.fixture(autouse=True)
def _port() -> None:
    with as_owner(), commands.loading():
        for number, said in enumerate(FOUND):
            row = Structure(source="port", source_id=str(number), kind="CSAPA", **said)
            row.refresh()
            row.save()


def km(latitude: float, longitude: float) -> float:
    """The same distance by another formula (spherical law of cosines), from the middle of Montreuil."""
    here = [math.radians(x) for x in (48.8605, 2.4405)]
    there = [math.radians(x) for x in (latitude, longitude)]
    cosine = math.sin(here[0]) * math.sin(there[0])
    cosine += math.cos(here[0]) * math.cos(there[0]) * math.cos(there[1] - here[1])
    return 6371 * math.acos(cosine)


def found(**asked: Any) -> list[tuple[str, str]]:
    claire = actor("claire")
    with acting_as(claire):
        if where := asked.pop("where", ""):
            asked["place"] = place_of(claire, where)
        rows = [*search(claire, Search(kind=asked.pop("kind", "CSAPA"), **asked))]
        return [(row.name, nearness(row, asked.get("place"))) for row in rows]


def place(said: str) -> Place:
    claire = actor("claire")
    with acting_as(claire):
        here = place_of(claire, said)
    assert here is not None
    return here


def test_the_nearest_first_then_the_same_commune_and_departement() -> None:
    assert found(where="Montreuil") == [
        ("Au bout de la rue", "moins d’1\u00a0km"), ("Même commune", "même commune"),
        ("Homonyme", f"{km(50.46, 1.76):.0f}\u00a0km"), ("À Lyon", f"{km(45.767, 4.834):.0f}\u00a0km"),
        ("Même département", "même département"),
    ]  # fmt: skip


def test_a_distance_keeps_what_has_no_coordinates_nearby() -> None:
    names = [name for name, _ in found(where="93100", within=25)]
    assert names == ["Au bout de la rue", "Même commune", "Même département"]


def test_without_any_coordinates_commune_then_departement() -> None:
    assert found(where="Sevran (93)") == [
        ("Même département", "même commune"), ("Au bout de la rue", "même département"),
        ("Même commune", "même département"),
    ]  # fmt: skip
    assert not place("Sevran").has_middle


@pytest.mark.parametrize(
    ("said", "department", "postcode"),
    [
        ("Montreuil", "93", "93100"), ("MONTREUIL (62)", "62", ""), ("montreuil 62", "62", ""),
        ("93100", "93", "93100"),
        ("Montreuil 93100", "93", "93100"), ("Nulle-Part", "", ""), ("Nulle-Part (2A)", "2A", ""),
    ],
)  # fmt: skip
def test_a_commune_is_understood_as_it_is_typed(said: str, department: str, postcode: str) -> None:
    here = place(said)
    assert (here.department, here.postcode) == (department, postcode)


def test_a_name_that_two_departements_share_is_offered_twice() -> None:
    assert place("Montreuil").others == ("Montreuil (62)",)
    assert place("Montreuil (62)").latitude == 50.46
    claire = actor("claire")
    with acting_as(claire):
        assert place_of(claire, "  ") is None


def test_by_need_by_theme_by_public_and_by_words() -> None:
    kept = {"kind": ""}
    assert [n for n, _ in found(need="HEALTH_WORK", **kept)] == ["Cap emploi d’essai"]
    assert [n for n, _ in found(need="HEALTH_WORK", public="actifs", **kept)] == ["Cap emploi d’essai"]
    assert found(need="HEALTH_WORK", public="etudiants", **kept) == []
    assert [n for n, _ in found(theme="equipement-et-alimentation--alimentation", **kept)] == ["CCAS d’essai"]
    assert [n for n, _ in found(words="SECOURS", **kept)] == ["CCAS d’essai"]
    assert [n for n, _ in found(words="point pantin", **kept)] == ["Point conseil d’essai"]
    assert {n for n, _ in found(withdrawn=True, **kept)} == {"Ancienne adresse", "Halte fermée"}


def test_a_service_for_everybody_answers_for_each_public() -> None:
    with as_owner(), commands.loading():
        Service.objects.filter(name="Secours").update(publics=["tous-publics"])
    assert [n for n, _ in found(kind="", public="etudiants")] == ["CCAS d’essai"]


def test_suggestions_are_near_and_bounded() -> None:
    claire = actor("claire")
    with acting_as(claire):
        here = place_of(claire, "Montreuil 93100")
        said = suggest(claire, ["ADDICTION", "OTHER", "ADDICTION", "BUDGET"], place=here)
        assert [one.problem for one in said] == ["ADDICTION", "BUDGET"]
        names = [row.name for row in said[0].structures]
        assert names == ["Au bout de la rue", "Même commune", "Même département"], "nothing from Lyon"
        themes = suggest(claire, [], themes=["trouver-un-emploi--maintien-dans-lemploi"], place=here)
        assert [row.name for row in themes[0].structures] == ["Cap emploi d’essai"]
