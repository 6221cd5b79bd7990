"""Definitions that the service writes: the bad ones are refused with a word on how to mend them, and nothing breaks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amarre.plans.procedures import Malformed, parse, shipped, unparse
from tests.plans.test_procedures import bare, made


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, "une fiche est attendue"),
        ([], "une fiche est attendue"),
        ({}, "«\u202fcode\u202f» manque"),
        (bare(code="RQTH"), "n’est pas un code"),
        (bare(code="rqth\n"), "plusieurs lignes"),
        (bare(labl="x"), "champ inconnu, «\u202flabl\u202f»"),
        ({**bare(), 3: "x"}, "champ inconnu, sans nom"),
        (bare(label=""), "«\u202flabel\u202f» manque"),
        (bare(label="  "), "est vide"),
        (bare(label=3), "n’est pas un texte"),
        (bare(label="x\x00"), "signe illisible"),
        (bare(label="x\ud800"), "signe illisible"),
        (bare(short="x" * 31), "dépasse 30 signes"),
        (bare(checked_on=None), "«\u202fchecked_on\u202f» manque"),
        (bare(checked_on="21/11/2026"), "n’est pas une date"),
        (bare(checked_on="2026-02-30"), "n’est pas une date"),
        (bare(checked_on=datetime(2026, 1, 1)), "n’est pas une date"),
        (bare(status="sure"), "choix possible"),
        (bare(status=[]), "choix possible"),
        (bare(valid_from="2026-02-01", valid_to="2026-01-01"), "vient avant"),
        (bare(documents="x"), "n’est pas une liste"),
        (bare(documents=[{}] * 41), "plus de 40 lignes"),
        (bare(documents=[{"code": "a", "label": "A"}] * 2), "deux fois «\u202fa\u202f»"),
        (bare(delays=[3]), "délai n°\u00a01"),
    ],
)  # fmt: skip
def test_a_bad_definition_says_what_is_wrong_and_how_to_mend_it(row: object, said: str) -> None:
    with pytest.raises(Malformed) as bad:
        parse(row)
    assert said in str(bad.value)
    assert re.search(r"\. [A-ZÀ-Ý].*\.$", str(bad.value)), "no word on how to mend it"


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        ({"amount": 0}, "nombre entier de 1 à 360"),
        ({"amount": True}, "nombre entier"),
        ({"amount": 1.5}, "nombre entier"),
        ({"amount": 10**5000}, "nombre entier"),
        ({"unit": "weeks"}, "days, months, working_days"),
        ({"means": "magic"}, "silence_rejects"),
        ({"from": "birth"}, "filed, receipt"),
        ({"counting": "C-OUVRE"}, "ne va pas avec l’unité"),
        ({"unit": "working_days"}, "ne va pas avec l’unité"),
        ({"counting": "C-EXT", "direction": "before"}, "ne va pas avec le reste"),
        ({"first_day_counts": "yes"}, "ni vrai ni faux"),
        ({"first_day_counts": True, "direction": "before"}, "ne va pas avec le reste"),
        ({"states": ["lost"]}, "état inconnu"),
        ({"states": [[]]}, "état inconnu"),
        ({"checked_on": None}, "Un délai vérifié dit quel jour"),
        ({"article": ""}, "Un délai vérifié dit quel article"),
        ({"source": None}, "«\u202fsource\u202f» manque"),
        ({"status": None}, "verified, to_check"),
        ({"id": "rule"}, "MDPH_4M"),
    ],
)
def test_a_bad_rule_is_named(delay: dict[str, Any], said: str) -> None:
    with pytest.raises(Malformed, match="délai") as bad:
        made(**delay)
    assert said in str(bad.value)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.dates() | st.binary(max_size=5)
    | st.sampled_from(["filed", "days", "months", "C-DAY", "verified", "to_check", "2026-11-21", "RULE", "code"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = st.sampled_from(sorted(unparse(shipped()["rqth"])))
RULE_NAMES = st.sampled_from(sorted(unparse(shipped()["rqth"])["delays"][0]))


@settings(max_examples=300, deadline=None)
@given(ODD | st.dictionaries(NAMES, ODD, max_size=6), st.dictionaries(RULE_NAMES, ODD, max_size=3))
def test_no_definition_raises_anything_but_malformed(row: object, rule: dict[str, Any]) -> None:
    good = unparse(shipped()["rqth"])
    spoiled = {**good, **row} if isinstance(row, dict) else good
    broken = {**good, "delays": [{**good["delays"][0], **rule}]}
    for definition in (row, spoiled, broken):
        try:
            entry = parse(definition)
        except Malformed:
            continue
        assert parse(unparse(entry)) == entry
