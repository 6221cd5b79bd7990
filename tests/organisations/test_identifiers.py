"""SIREN, SIRET, NAF, postcodes: kept in one shape, refused with a reason; La Poste's exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siret as reference

from amarre.core.text import digits, fold
from amarre.organisations.identifiers import (
    BadValue,
    clean_naf,
    clean_postcode,
    clean_siren,
    clean_siret,
    spaced_siret,
)

LA_POSTE_HEAD, LA_POSTE_BRANCH = "35600000000048", "35600000049837"


@pytest.mark.parametrize("text", ["73282932000074", "732 829 320 00074", "732.829.320.00074", "'73282932000074"])
def test_a_siret_is_read_as_people_write_it(text: str) -> None:
    assert clean_siret(text) == "73282932000074"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "manque"),
        ("73282932000075", "clé"),
        ("732829320", "SIREN"),
        ("7328293200007", "14 chiffres"),
        ("732829320000744", "14 chiffres"),
        ("7,32829E+13", "arrondi"),
        ("7.32829E+13", "arrondi"),
        ("A3282932000074", "que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "que des chiffres"),
    ],
)
def test_a_bad_siret_says_why(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        clean_siret(text)


def test_la_poste_follows_a_rule_of_its_own() -> None:
    assert luhn.is_valid(LA_POSTE_HEAD)
    assert sum(map(int, LA_POSTE_BRANCH)) % 5 == 0
    assert not luhn.is_valid(LA_POSTE_BRANCH)
    assert clean_siret(LA_POSTE_HEAD) == LA_POSTE_HEAD
    assert clean_siret(LA_POSTE_BRANCH) == LA_POSTE_BRANCH
    neither = "35600000000001"
    assert sum(map(int, neither)) % 5 == 0, "the digit sum is what counts"
    with pytest.raises(BadValue):
        clean_siret("35600000000002")


@given(st.integers(0, 10**8 - 1), st.integers(0, 9999))
def test_every_right_number_is_kept_even_without_its_leading_zeros(base: int, nic: int) -> None:
    siren = f"{base:08d}"
    siren += luhn.calc_check_digit(siren)
    head = f"{siren}{nic:04d}"
    number = head + luhn.calc_check_digit(head)
    if siren == "356000000":
        return
    assert clean_siret(number) == number == reference.validate(number)
    assert clean_siren(siren) == siren
    short = number.lstrip("0")
    if len(short) >= 11:
        assert clean_siret(short) == number


@given(st.text(max_size=20))
def test_no_text_passes_without_its_key(text: str) -> None:
    found, reason = "", ""
    try:
        found = clean_siret(text)
    except BadValue as bad:
        reason = str(bad)
    assert reason.endswith(".") or reference.is_valid(found)


def test_a_siren_and_its_reasons() -> None:
    assert clean_siren("732 829 320") == "732829320"
    for text in ("", "73282932", "732829321", "abc"):
        with pytest.raises(BadValue):
            clean_siren(text)
    assert spaced_siret("73282932000074") == "732\u202f829\u202f320\u202f00074"
    assert spaced_siret("732829320") == "732\u202f829\u202f320"


def test_a_naf_code_and_a_postcode() -> None:
    assert [clean_naf(t) for t in ("56.21Z", "5621z", " 56.21 Z ", "")] == ["5621Z", "5621Z", "5621Z", ""]
    assert [clean_postcode(t) for t in ("93100", "1000", "20 000", "")] == ["93100", "01000", "20000", ""]
    for text in ("562Z", "5621", "ABCDE", "56.2.1Z"):
        with pytest.raises(BadValue):
            clean_naf(text)
    for text in ("931", "931000", "2A004", "Paris"):
        with pytest.raises(BadValue):
            clean_postcode(text)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.from_regex(r"0[1-9]\d{8}", fullmatch=True))
def test_a_french_number_has_one_shape(number: str) -> None:
    spaced = " ".join(number[i : i + 2] for i in range(0, 10, 2))
    dotted = spaced.replace(" ", ".")
    assert {digits(t) for t in (number, spaced, dotted, "+33 " + number[1:], "0033" + number[1:])} == {number}
