"""The days of a rights application: counted as the domain reference says, in the states where they make sense."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amarre.plans.procedures import Dates, Due, ProcedureState, Status, due, shipped
from tests.plans.test_procedures import CODES, made

S = ProcedureState
TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
FIELDS = list(Dates.__dataclass_fields__)


def one(code: str, dates: Dates, state: str, rule: str, today: date = TODAY) -> Due:
    (found,) = [d for d in due(shipped()[code], dates, state, today) if d.rule_id == rule]
    return found


# Vectors of the domain reference, § 2.0


@pytest.mark.parametrize(
    ("notified", "last", "firm"),
    [
        (date(2026, 11, 6), date(2026, 11, 23), False),  # Saturday 21, to Monday; the extension itself is to check
        (date(2026, 11, 9), date(2026, 11, 24), True),  # Tuesday
        (date(2026, 4, 17), date(2026, 5, 4), False),  # Saturday 2 May, to Monday
        (date(2026, 4, 16), date(2026, 5, 4), False),  # Friday 1 May, a holiday, to Monday
        (date(2026, 12, 10), date(2026, 12, 28), False),  # Friday 25 December, to Monday
        (date(2026, 3, 22), date(2026, 4, 7), False),  # Easter Monday, to Tuesday
    ],
)
def test_the_dispute_of_an_opinion_ends_on_a_worked_day(notified: date, last: date, firm: bool) -> None:
    found = one("unfitness", Dates(notified_on=notified), S.PREPARING, "INAPT_RECOURS", notified)
    assert (found.on, found.firm) == (last, firm)
    assert found.what == "contester l’avis jusqu’au"
    assert ("à vérifier" in found.why) != firm


def test_an_extended_day_says_the_day_that_it_was() -> None:
    why = one("unfitness", Dates(notified_on=date(2026, 11, 6)), S.PREPARING, "INAPT_RECOURS").why
    assert "INAPT_RECOURS (CT, articles L4624-7 et R4624-45)" in why
    assert "15 jours après la notification de l’avis (vendredi\u00a06\u00a0novembre\u00a02026)" in why
    assert "samedi\u00a021\u00a0novembre\u00a02026 n’est pas ouvré\u00a0: reporté au lundi\u00a023\u00a0novembre" in why


@pytest.mark.parametrize(
    ("exam", "resumes"),
    [
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_salary_resumes_on_the_same_day_of_the_next_month_or_its_last(exam: date, resumes: date) -> None:
    found = one("unfitness", Dates(event_on=exam), S.PREPARING, "INAPT_SALAIRE")
    assert (found.on, found.firm) == (resumes, True)


@pytest.mark.parametrize(
    ("filed", "answer"),
    [
        (date(2026, 3, 3), date(2026, 7, 3)),
        (date(2026, 10, 31), date(2027, 2, 28)),
        (date(2027, 10, 31), date(2028, 2, 29)),
        (date(2027, 10, 29), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 6, 29)),
    ],
)
def test_four_months_without_an_answer(filed: date, answer: date) -> None:
    found = one("rqth", Dates(filed_on=filed), S.FILED, "MDPH_4M", filed)
    assert (found.on, found.what, found.firm) == (answer, "réponse attendue", False)
    assert "CASF, article R241-33" in found.why
    assert "la demande serait rejetée" in found.why
    assert "Délai à vérifier avant de s’y fier (source\u00a0: [V:CASF2009 R241-33]" in found.why
    assert one("retirement_unfitness", Dates(filed_on=filed), S.FILED, "RET_INAPT_PROC", filed).on == answer


def test_a_year_from_the_29th_of_february() -> None:
    found = one("invalidity_pension", Dates(event_on=date(2028, 2, 29)), S.PREPARING, "INV_WHO")
    assert (found.on, found.what, found.firm) == (date(2029, 2, 28), "faire la demande avant le", True)


@pytest.mark.parametrize(
    ("code", "dates", "state", "rule", "on", "firm"),
    [
        ("rqth", Dates(valid_until=date(2027, 8, 31)), S.DECIDED_GRANTED, "RQTH_RENEW", date(2027, 2, 28), False),
        ("aah", Dates(decided_on=date(2026, 12, 31)), S.DECIDED_REFUSED, "MDPH_RAPO", date(2027, 2, 28), True),
        ("aah", Dates(appealed_on=date(2027, 1, 5)), S.APPEALED, "MDPH_RAPO_SILENCE", date(2027, 3, 5), False),
        ("over_indebtedness", Dates(filed_on=date(2026, 11, 30)), S.RECEIPT, "SURENDET_3M", date(2027, 2, 28), True),
        # Sunday 22 November, to Monday.
        (
            "over_indebtedness",
            Dates(notified_on=date(2026, 11, 7)),
            S.DECIDED_REFUSED,
            "SURENDET_APPEAL",
            date(2026, 11, 23),
            False,
        ),
        (
            "career_transition",
            Dates(starts_on=date(2027, 3, 3)),
            S.PREPARING,
            "PTP_NOTICE_LONG",
            date(2026, 11, 3),
            True,
        ),
        (
            "career_transition",
            Dates(starts_on=date(2027, 3, 3)),
            S.PREPARING,
            "PTP_NOTICE_SHORT",
            date(2027, 1, 2),
            True,
        ),
        (
            "career_transition",
            Dates(receipt_on=date(2026, 11, 21)),
            S.RECEIPT,
            "PTP_EMPLOYER",
            date(2026, 12, 21),
            False,
        ),
        ("carer_leave", Dates(starts_on=date(2027, 3, 31)), S.PREPARING, "CARER_NOTICE", date(2027, 2, 28), True),
        ("invalidity_pension", Dates(filed_on=date(2026, 12, 31)), S.FILED, "INV_SILENCE", date(2027, 2, 28), False),
        ("protection_order", Dates(event_on=date(2026, 11, 20)), S.FILED, "OP_6D", date(2026, 11, 26), True),
        # From Monday 9, counted; Saturdays count, Wednesday 11 does not.
        (
            "supervised_trial",
            Dates(starts_on=date(2026, 11, 9)),
            S.DECIDED_GRANTED,
            "TRIAL_14",
            date(2026, 11, 25),
            False,
        ),
    ],
)
def test_a_rule_gives_its_day(code: str, dates: Dates, state: str, rule: str, on: date, firm: bool) -> None:
    found = one(code, dates, state, rule)
    assert (found.on, found.firm) == (on, firm)


def test_working_days_leave_out_saturdays_only_in_a_week_of_five() -> None:
    start = Dates(filed_on=date(2026, 11, 10))
    five = made(unit="working_days", counting="C-OUVRE", amount=3)
    six = made(unit="working_days", counting="C-OUVRABLE", amount=3)
    before = made(unit="working_days", counting="C-OUVRE", amount=2, direction="before")
    days = [due(rule, start, S.FILED, TODAY)[0] for rule in (five, six, before)]
    assert [day.on for day in days] == [date(2026, 11, 16), date(2026, 11, 14), date(2026, 11, 6)]
    assert not any(day.firm for day in days), "no text was read for the way of counting"
    assert "3 jours ouvrables après" in days[1].why


# Which days make sense, and in which words


def test_only_the_days_of_the_state_are_given() -> None:
    every = Dates(**dict.fromkeys(FIELDS, date(2026, 6, 1)))
    given_rules = {
        state: {found.rule_id for found in due(shipped()["rqth"], every, state, TODAY)}
        for state in ProcedureState.values
    }
    assert given_rules == {
        S.PREPARING: set(),
        S.FILED: {"MDPH_4M"},
        S.RECEIPT: {"MDPH_4M"},
        S.COMPLEMENT: {"MDPH_4M"},
        S.DECIDED_GRANTED: {"RQTH_RENEW"},
        S.DECIDED_REFUSED: {"MDPH_RAPO"},
        S.DECIDED_PARTLY: {"MDPH_RAPO", "RQTH_RENEW"},
        S.APPEALED: {"MDPH_RAPO_SILENCE"},
        S.ENDED: set(),
        S.DROPPED: set(),
    }
    assert due(shipped()["rqth"], every, "no such state", TODAY) == []


def test_a_day_that_has_passed_says_what_it_means() -> None:
    filed = Dates(filed_on=date(2026, 3, 3), receipt_on=date(2026, 3, 3))
    assert one("rqth", filed, S.FILED, "MDPH_4M", date(2026, 7, 3)).what == "réponse attendue"
    assert one("rqth", filed, S.FILED, "MDPH_4M", date(2026, 7, 4)).what == "sans réponse, c’est un refus"
    refused = one("retirement_unfitness", filed, S.FILED, "RET_INAPT_PROC")
    assert refused.what == "sans réponse, c’est un refus"
    assert "Sans réponse à cette date, la demande est rejetée." in refused.why
    agreed = one("career_transition", filed, S.FILED, "PTP_EMPLOYER")
    assert agreed.what == "réponse de l’employeur attendue\u00a0: sans réponse, c’est un accord"


def test_a_decision_without_its_notification_counts_from_the_decision_and_says_so() -> None:
    decided = Dates(decided_on=date(2026, 11, 2))
    received = Dates(decided_on=date(2026, 11, 2), notified_on=date(2026, 11, 10))
    early = one("rqth", decided, S.DECIDED_REFUSED, "MDPH_RAPO")
    late = one("rqth", received, S.DECIDED_REFUSED, "MDPH_RAPO")
    assert (early.on, late.on) == (date(2027, 1, 2), date(2027, 1, 10))
    assert "dont la date manque\u202f: à partir de la décision (lundi\u00a02\u00a0novembre\u00a02026)" in early.why
    assert "manque" not in late.why
    assert "que si la notification le mentionne" in late.why


def test_a_complement_that_was_sent_is_not_due_any_more() -> None:
    rule = made(means="complement_before", **{"from": "complement_asked"})
    (found,) = due(rule, Dates(complement_asked_on=date(2026, 10, 31)), S.COMPLEMENT, date(2026, 11, 30))
    assert (found.on, found.what) == (date(2026, 11, 30), "envoyer le complément")
    sent = Dates(complement_asked_on=date(2026, 10, 31), complement_sent_on=date(2026, 11, 3))
    assert due(rule, sent, S.COMPLEMENT, TODAY) == []


def test_the_rule_of_the_day_is_the_one_that_was_in_force() -> None:
    rule = made(valid_from="2026-02-01", valid_to="2026-06-30")
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [bool(due(rule, Dates(filed_on=day), S.FILED, TODAY)) for day in days] == [False, True, True, False]
    phased = shipped()["phased_retirement"]
    assert [phased.in_force(day) for day in (date(2025, 8, 31), date(2025, 9, 1))] == [False, True]


# Whatever happens


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(CODES)),
    st.builds(Dates, **{name: st.none() | st.dates() for name in FIELDS}),
    st.sampled_from(ProcedureState.values) | st.text(max_size=5),
    st.dates(),
    st.dictionaries(st.sampled_from(["answer_expected_on", "complement_due_on", "appeal_until", "x"]), st.dates()),
)
def test_due_never_raises_and_never_trusts_what_is_to_check(
    code: str, dates: Dates, state: str, today: date, hand: Mapping[str, date]
) -> None:
    entry = shipped()[code]
    unsure = {delay.id for delay in entry.delays if delay.status != Status.VERIFIED}
    found = due(entry, dates, state, today, hand)
    assert [d.on for d in found] == sorted(d.on for d in found)
    for day in found:
        assert day.what
        assert day.firm or "à vérifier" in day.why
        assert not (day.rule_id in unsure and day.firm)
    if state in (S.ENDED, S.DROPPED):
        assert found == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CODES)), DAYS, st.integers(0, 400), st.sampled_from(ProcedureState.values))
def test_what_starts_later_is_never_due_sooner(code: str, day: date, shift: int, state: str) -> None:
    entry = shipped()[code]

    def days(start: date) -> dict[str, date]:
        known = Dates(**{**dict.fromkeys(FIELDS, start), "complement_sent_on": None})
        return {d.rule_id: d.on for d in due(entry, known, state, start)}

    before, after = days(day), days(day + timedelta(days=shift))
    assert [rule for rule, on in before.items() if rule in after and after[rule] < on] == []
    ahead = {delay.id for delay in entry.delays if delay.direction == "after"}
    assert [rule for rule, on in before.items() if (on >= day) != (rule in ahead)] == []


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(1, 40), st.sampled_from(["days", "months"]))
def test_an_extended_day_is_worked_and_the_first_one_that_is(day: date, amount: int, unit: str) -> None:
    plain, longer = made(amount=amount, unit=unit), made(amount=amount, unit=unit, counting="C-EXT")
    (first,), (last,) = (due(rule, Dates(filed_on=day), S.FILED, day) for rule in (plain, longer))
    assert last.on.weekday() < 5
    assert timedelta() <= last.on - first.on <= timedelta(days=5)
    assert first.on.weekday() >= 5 or last.on == first.on or "n’est pas ouvré" in last.why


def test_a_day_past_all_calendars_gives_nothing() -> None:
    for unit, counting in (("days", "C-DAY"), ("months", "C-DAY"), ("working_days", "C-OUVRE"), ("days", "C-EXT")):
        rule = made(unit=unit, counting=counting, amount=360)
        assert due(rule, Dates(filed_on=date.max), S.FILED, TODAY) == []
    rule = made(direction="before", amount=360)
    assert due(rule, Dates(filed_on=date.min), S.FILED, TODAY) == []
