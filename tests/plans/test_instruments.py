"""The shipped grids: a published file never changes, and each says what it must."""

from __future__ import annotations

import hashlib
import re

import pytest

from amarre.plans import instruments
from amarre.plans.instruments import DATA, NOT_SHIPPED, UnknownGrid, codes, get, newest, shipped

PUBLISHED = {
    "epices-1.toml": "f6f9929d0ad589f7ef757a7c091f90b6408d6bd0489595b92974db4fee1ddc8f",
    "gad7-1.toml": "ff83cdbb682477f61ac65f7a45697b73d80a2fc1d21bedf8da966df6b409d6b4",
    "medico_social-1.toml": "d800da90ccfc2e9bcc39b8c6d4d19f728871d6d1bef8257302fbce7568175591",
    "pdp-1.toml": "2eb2e99b57f67f51f676d0b88d392fef9d92de94c4831cba4f05013068cd66b4",
    "phq2-1.toml": "6a9106dc40f9754cca04c7ecfc7b050e237242c25ba10662501eadf7bec486a1",
    "phq4-1.toml": "45f9d0327d5a62652080ac30cdf438ea461472971a4c2c390cb160b0d2783baf",
    "phq9-1.toml": "9cbc2f5f60a3d644da7f165fc44291b82cd76080943f9f2a22331b888d243fe9",
    "serafin-1.toml": "33e2b86d3aebddf72d092d249eb3cf44b90850941dc339000046edc30c19add8",
    "who5-1.toml": "9020addc3fda26ac4c4b407ba1ea86cbc7589967f12165129e3e4d8c41c37f17",
    "work_ability-1.toml": "67618e43598fb2aa1b9e95daee3448e9040a9ea02fb699dbaef6ba9d88737119",
}
SCREENERS = {"gad7", "phq2", "phq4", "phq9", "who5"}
ITEMS = {
    "epices": 11,
    "gad7": 7,
    "medico_social": 40,
    "pdp": 14,
    "phq2": 2,
    "phq4": 4,
    "phq9": 9,
    "serafin": 25,
    "who5": 5,
    "work_ability": 2,
}


@pytest.mark.parametrize("name", sorted(PUBLISHED.keys() | {path.name for path in DATA.iterdir()}))
def test_a_published_version_never_changes(name: str) -> None:
    found = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    assert found == PUBLISHED.get(name), (
        f"{name} is published: make a new version (a new file, `version` one higher) instead of changing this one; "
        f"a new file is written down here with its sum, {found}"
    )


def test_the_grids_that_were_promised_are_shipped() -> None:
    assert {code: len(newest(code).items) for code in codes()} == ITEMS


@pytest.mark.parametrize("code", ITEMS)
def test_each_says_where_it_comes_from_and_under_what_licence(code: str) -> None:
    grid = newest(code)
    assert grid.language == "fr"
    assert grid.source
    assert grid.licence
    assert grid.checked_on
    assert grid.purpose
    assert not grid.own
    assert get(code, grid.version) is grid


@pytest.mark.parametrize("code", sorted(SCREENERS | {"epices"}))
def test_what_was_not_verified_says_so(code: str) -> None:
    assert "vérifier" in newest(code).notice


def test_mental_health_screeners_are_off_by_default_and_they_alone() -> None:
    assert {grid.code for grid in shipped().values() if grid.off_by_default} == SCREENERS


def test_the_who5_file_carries_its_own_licence() -> None:
    text = (DATA / "who5-1.toml").read_text("utf-8")
    assert "SPDX-License-Identifier: CC-BY-NC-SA-3.0-IGO" in text
    others = [path.name for path in DATA.glob("*.toml") if "SPDX" in path.read_text("utf-8")]
    assert others == ["who5-1.toml"]
    assert "CC BY-NC-SA 3.0 IGO" in newest("who5").licence


def test_the_typography_is_french() -> None:
    for path in DATA.glob("*.toml"):
        values = re.findall(r'"([^"]*)"', re.sub(r"^#.*$", "", path.read_text("utf-8"), flags=re.M))
        assert not [value for value in values if re.search(r"'| [;?!:]|« | »", value)], path.name


def test_serafin_follows_its_codes_in_their_natural_order_and_hides_health() -> None:
    items = newest("serafin").items
    codes_of = [item.code for item in items]
    assert codes_of == sorted(codes_of, key=lambda code: [int(part) for part in code.split(".")])
    assert codes_of[8:11] == ["1.1.9", "1.1.10", "1.2.1.1"]
    assert {item.code for item in items if item.sensitive} == {f"1.1.{n}" for n in range(1, 11)}
    assert not [code for code in codes_of if any(other.startswith(f"{code}.") for other in codes_of)], "leaves only"


def test_the_screening_grid_has_the_fourteen_flags() -> None:
    items = newest("pdp").items
    assert [item.code for item in items] == [f"F{number:02}" for number in range(1, 15)]
    assert [item.code for item in items if item.urgent_from is not None] == ["F14"]


def test_only_two_questions_call_the_urgent_protocol() -> None:
    found = {(grid.code, i.number, i.urgent_from) for grid in shipped().values() for i in grid.items if i.urgent_from}
    assert found == {("phq9", 9, 1), ("pdp", 14, 1)}


def test_a_person_is_never_asked_for_a_diagnosis() -> None:
    words = " ".join(f"{item.label} {item.help}" for item in newest("medico_social").items).lower()
    assert not re.search(r"diagnostic|maladie dont|traitement|symptôme|médicament", words)


def test_what_may_not_be_given_is_not() -> None:
    names = " ".join(NOT_SHIPPED)
    for name in ("CBI", "COPSOQ", "WAI", "WAS", "WHODAS", "MBI", "HAD", "SF-12", "36"):
        assert name in names
    assert all(reason.endswith(".") for reason in NOT_SHIPPED.values())
    assert not {"cbi", "copsoq", "wai", "was", "whodas", "mbi", "had", "sf12", "sf36"} & set(codes())


def test_an_unknown_grid_or_version_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownGrid, match="epices, gad7"):
        newest("epicea")
    with pytest.raises(UnknownGrid, match="epices, gad7"):
        get("epicea", "1")
    with pytest.raises(UnknownGrid, match="la plus récente est la version 1"):
        get("epices", "2")


def test_versions_are_ordered_as_numbers() -> None:
    assert sorted(["1.10", "2", "1.9", "10"], key=instruments._order) == ["1.9", "1.10", "2", "10"]
