"""Days that the service writes by hand: they prevail over computed ones, as long as they still mean something."""

from __future__ import annotations

from datetime import date

from amarre.plans.procedures import Dates, ProcedureState, due, shipped

S = ProcedureState
TODAY = date(2026, 11, 21)


def test_a_day_written_by_hand_prevails_and_says_what_the_rule_gave() -> None:
    dates, hand = Dates(filed_on=date(2026, 10, 1)), {"answer_expected_on": date(2026, 12, 4)}
    (found,) = due(shipped()["rqth"], dates, S.FILED, TODAY, hand)
    assert (found.on, found.what, found.firm) == (date(2026, 12, 4), "réponse attendue", True)
    assert "La règle MDPH_4M donnait le lundi\u00a01er\u00a0février\u00a02027 (à vérifier)." in found.why
    (late,) = due(shipped()["rqth"], dates, S.FILED, date(2026, 12, 5), hand)
    assert late.what == "relancer, réponse en retard"


def test_a_day_written_by_hand_needs_no_rule() -> None:
    asked = {"complement_due_on": date(2026, 12, 1), "answer_expected_on": date(2027, 1, 4)}
    found = due(shipped()["other"], Dates(), S.COMPLEMENT, TODAY, asked)
    assert [(d.on, d.what) for d in found] == [
        (date(2026, 12, 1), "envoyer le complément"),
        (date(2027, 1, 4), "réponse attendue"),
    ]
    sent = due(shipped()["other"], Dates(complement_sent_on=TODAY), S.COMPLEMENT, TODAY, asked)
    assert [d.rule_id for d in sent] == ["answer_expected_on"]
    assert due(shipped()["other"], Dates(), S.DECIDED_GRANTED, TODAY, asked) == []
    assert due(shipped()["other"], Dates(), S.COMPLEMENT, TODAY, {"nothing_known": TODAY}) == []


def test_the_last_day_of_an_appeal_can_be_written_before_any_other_date() -> None:
    (found,) = due(shipped()["unfitness"], Dates(), S.PREPARING, TODAY, {"appeal_until": date(2026, 12, 2)})
    assert (found.on, found.what) == (date(2026, 12, 2), "recours possible jusqu’au")


def test_the_answer_expected_to_the_request_is_not_the_one_to_the_appeal() -> None:
    dates, entry = Dates(appealed_on=date(2026, 11, 2)), shipped()["rqth"]
    old = due(entry, dates, S.APPEALED, TODAY, {"answer_expected_on": date(2026, 9, 1)})
    assert [(d.rule_id, d.on) for d in old] == [("MDPH_RAPO_SILENCE", date(2027, 1, 2))]
    new = due(entry, dates, S.APPEALED, TODAY, {"answer_expected_on": date(2026, 12, 1)})
    assert [d.rule_id for d in new] == ["answer_expected_on"]
