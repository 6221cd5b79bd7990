"""The catalogue of rights applications that is shipped: whole, sourced, doubted where it must be."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from amarre.organisations.defaults import shipped as shipped_words
from amarre.plans.procedures import Procedure, Status, definitions, parse, shipped, shown, unparse

CODES = {
    *("rqth", "aah", "pch", "cmi", "invalidity_pension", "daily_allowances", "unfitness", "iti"),
    *("retirement_unfitness", "retirement_disability", "phased_retirement", "over_indebtedness", "housing_fund"),
    *("housing_move", "skills_assessment", "career_guidance", "career_transition", "prior_learning"),
    *("vocational_rehab", "company_rehab", "supervised_trial", "supported_employment", "therapeutic_part_time"),
    *("carer_leave", "carer_allowance", "protection_order", "financial_aid", "other"),
}


def made(**delay: Any) -> Procedure:
    """A procedure with one rule."""
    rule = {"id": "RULE", "from": "filed", "amount": 1, "unit": "months", "means": "answer_expected"}
    rule |= {"source": "[V:X]", "status": "verified", "article": "X, article 1", "counting": "C-DAY"}
    rule |= {"checked_on": "2026-08-20", **delay}
    return parse(bare(delays=[rule]))


def bare(**values: Any) -> dict[str, Any]:
    row = {"code": "thing", "label": "Une démarche", "short": "Démarche", "what": "Demander.", "decider": "Quelqu’un"}
    row |= {"decider_source": "[K]", "theme": "OTHER", "source": "[K]", "checked_on": "2026-11-21"}
    return row | values


def test_every_application_asked_for_is_there() -> None:
    assert set(shipped()) == CODES
    assert shipped() is shipped()
    assert all(code == procedure.code for code, procedure in shipped().items())


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_entry_says_its_source_and_what_is_to_check(code: str) -> None:
    entry = shipped()[code]
    assert entry.source
    assert entry.checked_on == date(2026, 11, 21)
    facts = [(entry.source, entry.status), (entry.decider_source, entry.decider_status)]
    facts += [(entry.duration_source, entry.duration_status)] if entry.duration_hint else []
    facts += [(entry.appeal_source, entry.appeal_status)] if entry.appeal else []
    facts += [(thing.source, thing.status) for thing in (*entry.documents, *entry.delays)]
    for source, status in facts:
        assert re.search(r"\[(V:|V2|K|D)", source), source
        assert status != Status.VERIFIED or ("[V:" in source and "CASF2009" not in source), source
    for delay in entry.delays:
        assert (delay.status == Status.VERIFIED) == (delay.checked_on is not None), delay.id


def test_the_themes_are_problems_that_the_service_knows() -> None:
    known = {row["code"] for row in shipped_words("vocabularies") if row["vocabulary"] == "problem"}
    assert {entry.theme for entry in shipped().values()} - known == set()


def test_a_rule_says_the_same_wherever_it_is_shared() -> None:
    seen: dict[str, object] = {}
    for entry in shipped().values():
        for delay in entry.delays:
            assert seen.setdefault(delay.id, delay) == delay
    assert {"MDPH_4M", "MDPH_RAPO", "RQTH_RENEW", "SURENDET_3M", "SURENDET_APPEAL", "INV_WHO", "INV_SILENCE"} <= set(
        seen
    )
    assert {"INAPT_RECOURS", "PTP_NOTICE_LONG", "PTP_NOTICE_SHORT", "PTP_EMPLOYER", "RET_INAPT_PROC"} <= set(seen)


def test_what_is_shipped_is_set_in_french_type() -> None:
    for code, row in definitions().items():
        for text in re.findall(r'"(?:[^"\\]|\\.)*"', json.dumps(row, ensure_ascii=False, default=str)):
            assert "'" not in text, (code, text)
            assert not re.search(r" [:;?!»%]|« ", text), (code, text)


def test_a_fact_to_check_is_shown_so() -> None:
    assert shown("La CDAPH.", Status.TO_CHECK) == "La CDAPH (à vérifier)"
    assert shown("La CDAPH.", Status.VERIFIED) == "La CDAPH."
    assert shown("", Status.TO_CHECK) == ""


def test_what_is_written_is_read_back_even_through_json() -> None:
    for entry in shipped().values():
        assert parse(json.loads(json.dumps(unparse(entry)))) == entry
    assert parse(bare()).documents == parse(bare()).delays == ()


def test_a_new_definition_of_the_shipped_entries_starts_afresh() -> None:
    definitions()["rqth"]["delays"].clear()
    assert len(definitions()["rqth"]["delays"]) == 4
