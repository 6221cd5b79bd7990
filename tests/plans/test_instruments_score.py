"""Scores: exact numbers, bands at their bounds, and no score rather than a false one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.plans.instruments import (
    REFUSED,
    asked,
    newest,
    parse,
    progress,
    score,
    urgent,
)

EPICES_YES = [1006, -1183, -828, -828, 1480, -651, -710, -710, -947, -947, -710]
"""Hundredths, copied from the domain reference and not from the file: an independent sum."""


def epices(*yes: int) -> dict[int, bool]:
    return {number: number in yes for number in range(1, 12)}


def spread(code: str, total: int, most: int) -> dict[int, int]:
    """Answers to a whole grid that add up to `total`."""
    answers = {}
    for item in newest(code).items:
        answers[item.number] = min(most, total)
        total -= answers[item.number]
    assert total == 0
    return answers


@pytest.mark.parametrize(
    ("yes", "expected", "band"),
    [
        ((1, 5), "100.00", "Q5"),
        ((2, 3, 4, 6, 7, 8, 9, 10, 11), "0.00", "Q1"),
        ((), "75.14", "Q5"),
        (range(1, 12), "24.86", "Q3"),
        ((2, 3, 6, 7, 8, 9), "24.85", "Q3"),
        ((2, 3, 4, 7, 8, 10), "23.08", "Q3"),
        ((2, 3, 4, 6, 7, 8, 9, 10), "7.10", "Q2"),
        ((2, 3, 4, 6, 7, 9, 10), "14.20", "Q2"),
        ((1, 2, 3, 7, 8, 9, 10), "31.95", "Q4"),
        ((2, 6, 7), "49.70", "Q5"),
        ((2, 6, 7, 8, 9, 10, 11), "16.56", "Q3"),
        ((2, 7, 8, 9, 10), "30.17", "Q4"),
        ((2, 3, 6), "48.52", "Q5"),
    ],
)
def test_epices_is_the_reference_sum(yes, expected, band):
    result = score(newest("epices"), epices(*yes))
    assert (str(result.score), result.band, result.complete) == (expected, band, True)
    assert isinstance(result.score, Decimal)


@pytest.mark.parametrize("missing", range(1, 12))
@pytest.mark.parametrize("absent", ["left out", None, "", REFUSED])
def test_epices_without_one_answer_has_no_score(missing, absent):
    answers = {**epices(1), missing: absent}
    if absent == "left out":
        del answers[missing]
    result = score(newest("epices"), answers)
    assert (result.score, result.band, result.band_label, result.complete) == (None, None, "", False)


@given(st.lists(st.booleans(), min_size=11, max_size=11))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_epices_stays_between_0_and_100_and_is_an_independent_sum(yes):
    result = score(newest("epices"), dict(enumerate(yes, 1)))
    hundredths = 7514 + sum(worth for worth, said in zip(EPICES_YES, yes, strict=True) if said)
    assert result.score == Decimal(hundredths) / 100
    assert 0 <= result.score <= 100
    assert result.band in {"Q1", "Q2", "Q3", "Q4", "Q5"}


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("0", "Q1"),
        ("7.09", "Q1"),
        ("7.10", "Q2"),
        ("16.55", "Q2"),
        ("16.56", "Q3"),
        ("30.16", "Q3"),
        ("30.17", "Q4"),
        ("48.51", "Q4"),
        ("48.52", "Q5"),
        ("100", "Q5"),
    ],
)
def test_the_quintiles_of_epices(value, band):
    found = newest("epices").band_of(Decimal(value))
    assert found.code == band
    assert ("précarité" in found.label) == (band in ("Q4", "Q5"))


@pytest.mark.parametrize(
    ("raw", "points", "band"),
    [(0, 0, "low"), (7, 28, "low"), (8, 32, "reduced"), (12, 48, "reduced"), (13, 52, "good"), (25, 100, "good")],
)
def test_who5_is_four_times_the_sum(raw, points, band):
    result = score(newest("who5"), spread("who5", raw, 5))
    assert (result.score, result.band) == (points, band)


def test_who5_counts_50_as_good_and_says_so():
    grid = newest("who5")
    assert [grid.band_of(points).code for points in (28, 29, 48, 49, 50, 52)] == [
        "low", "reduced", "reduced", "reduced", "good", "good",
    ]  # fmt: skip
    assert "50 n’est pas en dessous" in grid.band_of(50).label


@pytest.mark.parametrize(
    ("code", "total", "band"),
    [("phq9", total, "minimal") for total in (0, 4)]
    + [("phq9", total, "mild") for total in (5, 9)]
    + [("phq9", total, "moderate") for total in (10, 14)]
    + [("phq9", total, "moderately_severe") for total in (15, 19)]
    + [("phq9", total, "severe") for total in (20, 27)]
    + [("gad7", 4, "minimal"), ("gad7", 5, "mild"), ("gad7", 9, "mild"), ("gad7", 10, "moderate")]
    + [("gad7", 14, "moderate"), ("gad7", 15, "severe"), ("gad7", 21, "severe")]
    + [("phq2", 0, "negative"), ("phq2", 2, "negative"), ("phq2", 3, "positive"), ("phq2", 6, "positive")]
    + [("phq4", 0, "none"), ("phq4", 2, "none"), ("phq4", 3, "mild"), ("phq4", 5, "mild")]
    + [("phq4", 6, "moderate"), ("phq4", 8, "moderate"), ("phq4", 9, "severe"), ("phq4", 12, "severe")],
)
def test_each_band_of_the_screeners_at_its_bounds(code, total, band):
    result = score(newest(code), spread(code, total, 3))
    assert (result.score, result.band, result.complete) == (total, band, True)
    assert type(result.score) is int
    assert result.band_label


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9), st.integers(1, 9))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_worse_answer_never_lowers_the_phq9(points, worse):
    grid, answers = newest("phq9"), dict(enumerate(points, 1))
    before = score(grid, answers)
    after = score(grid, {**answers, worse: min(3, answers[worse] + 1)})
    order = [band.code for band in grid.bands]
    assert after.score >= before.score
    assert order.index(after.band) >= order.index(before.band)


def test_phq4_has_a_sub_score_for_anxiety_and_one_for_depression():
    grid = newest("phq4")
    assert score(grid, {1: 3, 2: 1, 3: 0, 4: 2}).subscores == {"anxiety": 4, "depression": 2}
    assert score(grid, {1: 3, 2: 1, 3: 0}).subscores == {"anxiety": 4, "depression": None}
    assert score(grid, {1: 3, 2: REFUSED, 3: 0, 4: 2}).subscores == {"anxiety": None, "depression": 2}
    assert {subscale.positive_from for subscale in grid.scoring.subscales} == {3}


def test_the_phq4_is_made_of_the_first_two_questions_of_each():
    labels = [item.label for item in newest("phq4").items]
    assert labels == [i.label for i in newest("gad7").items[:2]] + [i.label for i in newest("phq9").items[:2]]


def test_a_refusal_is_missing_for_the_score_and_dealt_with_for_progress():
    grid, answers = newest("phq2"), {1: 2, 2: REFUSED}
    assert progress(grid, answers) == (2, 2)
    result = score(grid, answers)
    assert (result.score, result.complete) == (None, False)
    assert progress(grid, {1: 2, 2: None}) == (1, 2)


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        ("phq9", {9: 0}, False),
        ("phq9", {9: 1}, True),
        ("phq9", {9: 3}, True),
        ("phq9", {9: REFUSED}, False),
        ("phq9", {8: 3}, False),
        ("phq9", {}, False),
        ("pdp", {14: True}, True),
        ("pdp", {14: False}, False),
        ("pdp", {13: True}, False),
    ],
)
def test_the_urgent_protocol_is_called_even_before_the_end(code, answers, expected):
    assert urgent(newest(code), answers) is expected


def test_the_screening_grid_lists_flags_and_scores_nothing():
    result = score(newest("pdp"), {number: number in (2, 7, 14) for number in range(1, 15)})
    assert (result.score, result.band, result.flags, result.complete) == (None, None, ("F02", "F07", "F14"), True)
    partial = score(newest("pdp"), {1: True, 2: REFUSED})
    assert (partial.flags, partial.complete) == (("F01",), False)


def test_the_self_rating_is_its_own_score_without_bands():
    grid = newest("work_ability")
    assert score(grid, {1: 7, 2: 0}).score == 7
    assert score(grid, {1: 7}).score == 7
    assert not score(grid, {1: 7}).complete
    assert score(grid, {1: 0, 2: 2}).band is None
    assert score(grid, {2: 2}).score is None


def test_a_question_is_asked_only_when_its_condition_holds():
    grid = newest("medico_social")
    numbers = {item.number for item in asked(grid, {1: 0})}
    assert not {2, 7, 8} & numbers
    assert {2, 7, 8} <= {item.number for item in asked(grid, {1: 1})}
    assert {2, 7, 8} & {item.number for item in asked(grid, {1: 2})} == {8}
    assert not {2, 7, 8} & {item.number for item in asked(grid, {1: REFUSED})}
    assert progress(grid, {1: 1})[1] == progress(grid, {1: 0})[1] + 3


def test_difficulties_are_counted_by_theme_and_those_not_asked_are_not():
    grid = newest("medico_social")
    debts = {14: True, 15: 2, 10: 2, 12: 1}
    assert score(grid, debts).subscores["resources"] == 2
    assert score(grid, {**debts, 14: False}).subscores["resources"] == 1
    assert score(grid, {}).subscores["resources"] is None
    assert score(grid, debts).score is None


CHAIN = {
    "code": "chaine",
    "version": "1",
    "title": "Une chaîne",
    "short": "Chaîne",
    "items": [
        {"number": 1, "label": "Un ?", "kind": "yes_no"},
        {"number": 2, "label": "Deux ?", "kind": "yes_no", "shown_if": {"item": 1, "values": [True]}},
        {"number": 3, "label": "Trois ?", "kind": "yes_no", "shown_if": {"item": 2, "values": [True]}},
        {"number": 4, "label": "Quatre ?", "kind": "yes_no", "sensitive": True},
    ],
    "scoring": {"kind": "sum", "items": [1, 2, 3]},
}


def test_a_question_whose_question_is_not_asked_is_not_asked_and_does_not_count():
    grid = parse(CHAIN, own=True)
    answers = {1: False, 2: True, 3: True}
    assert [item.number for item in asked(grid, answers)] == [1, 4]
    result = score(grid, answers)
    assert (result.score, result.complete) == (0, True)
    assert score(grid, {1: True, 2: True, 3: True}).score == 3
    assert score(grid, {1: True, 2: True}).score is None


def test_a_sensitive_question_is_not_needed_to_be_complete():
    grid = parse(CHAIN, own=True)
    assert progress(grid, {1: False}) == (1, 1)
    assert score(grid, {1: False}).complete


def test_a_partial_score_is_kept_when_the_grid_says_so():
    grid = parse(
        {**CHAIN, "scoring": {"kind": "sum", "complete_only": False, "multiplier": "1.5", "decimals": 1}}, own=True
    )
    result = score(grid, {1: True})
    assert (result.score, result.complete) == (Decimal("1.5"), False)
    assert score(grid, {}).score is None
