"""Answers as they come from a form or from a file: read, refused, or not given."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.plans.instruments import (
    REFUSED,
    BadAnswer,
    newest,
    progress,
    read_answer,
    read_answers,
    score,
    shipped,
)

ITEMS = {
    "yes_no": newest("epices").item(1),
    "choice": newest("phq9").item(1),
    "scale": newest("work_ability").item(1),
    "text": newest("medico_social").item(3),
    "multiple": newest("medico_social").item(36),
}


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [("yes_no", raw, True) for raw in (True, "yes", "oui", "1", 1, ["true"], " Oui ")]
    + [("yes_no", raw, False) for raw in (False, "no", "non", "0", 0, ["false"])]
    + [(kind, raw, None) for kind in ITEMS for raw in (None, "", "  ", [], [""])]
    + [(kind, raw, REFUSED) for kind in ITEMS for raw in (REFUSED, [REFUSED])]
    + [("choice", raw, 3) for raw in (3, "3", ["3"])]
    + [("scale", "10", 10), ("scale", 0, 0), ("text", " Bonjour \n", "Bonjour")]
    + [("multiple", raw, (1, 3)) for raw in (["3", "1"], [1, 3, 3], (3, 1))]
    + [("multiple", "3", (3,)), ("multiple", 0, (0,))],
)
def test_an_answer_is_read_from_a_form_or_from_json(kind, raw, value):
    found = read_answer(ITEMS[kind], raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("yes_no", raw) for raw in ("peut-être", 2, 1.0, ["yes", "no"], {}, object())]
    + [("choice", raw) for raw in (4, -1, "4", True, 1.0, "1.0", "٣", "9" * 5000, ["1", "2"], {})]
    + [("scale", raw) for raw in (11, -1, "11", "dix", False)]
    + [("text", raw) for raw in (3, True, "x" * 4001, "a\x00b", "\ud800", ["a", "b"])]
    + [("multiple", raw) for raw in ([7], ["0", "x"], [REFUSED, "1"], [[0]], True)],
)
def test_an_answer_that_is_not_offered_is_refused_in_french(kind, raw):
    with pytest.raises(BadAnswer, match=r"^Question \d+\u00a0: .*\.$"):
        read_answer(ITEMS[kind], raw)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1", REFUSED]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(sorted(shipped())), st.dictionaries(st.integers(1, 12), ANYTHING))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_sent_is_scored_or_refused(key, raw):
    grid = shipped()[key]
    try:
        answers = read_answers(grid, {str(number): value for number, value in raw.items()})
    except BadAnswer:
        return
    done, of = progress(grid, answers)
    result = score(grid, answers)
    assert 0 <= done <= of
    assert result.complete or done < of or REFUSED in answers.values()
    assert (result.score is None) == (result.band is None) or not grid.bands


def test_a_score_is_never_made_of_a_value_that_is_not_offered():
    with pytest.raises(BadAnswer):
        score(newest("phq9"), {**dict.fromkeys(range(1, 10), 0), 1: 7})


def test_answers_are_named_by_number_or_by_code():
    assert read_answers(newest("pdp"), {"F02": True, "3": False}) == {2: True, 3: False}
    assert read_answers(newest("serafin"), {"1.3.2.1": 2}) == {16: 2}
    with pytest.raises(BadAnswer, match="n’existe pas"):
        read_answers(newest("pdp"), {"15": True})
    with pytest.raises(BadAnswer, match="deux réponses"):
        read_answers(newest("pdp"), {"F02": True, "2": False})
