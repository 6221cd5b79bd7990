"""Nothing is learnt of fewer than five answers inside, of fewer than eleven outside: by no sum, no difference."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.collective import commands, commands_evaluation, gate
from amarre.collective.models import Finding, Tally
from amarre.collective.queries import SENSITIVE, TOO_FEW, UNCOUNTED, account_of, answered
from amarre.collective.queries_year import Line, year_of
from amarre.collective.states import Share
from amarre.core.commands import Refused
from amarre.core.scope import acting_as
from tests.cast import CAST, actor, as_owner
from tests.collective.acting import agreed, answer, asked, by, closed, evaluated, held, kept, planned, set_row

pytestmark = pytest.mark.django_db
YEAR = (timezone.localdate() - timedelta(days=40)).year


def seen(code: str, action: object) -> list[object]:
    who = actor(code)
    with acting_as(who):
        return answered(who, action)


def accounts(action: object) -> list[object]:
    """The account as Claire sees it before it leaves, and as Paul reads it."""
    found = []
    for code in ("claire", "paul"):
        who = actor(code)
        with acting_as(who):
            row = type(action).objects.visible_to(who).for_employer().get(pk=action.pk)
            found.append(account_of(who, row))
    return found


def test_nobody_reads_a_counter() -> None:
    for code in [p.code for p in CAST] + ["passer_by", "machine"]:
        with acting_as(actor(code)), pytest.raises(DatabaseError), transaction.atomic():
            Tally.objects.exists()


def test_nothing_is_shown_while_answers_come() -> None:
    action = agreed()
    held(action, 30)
    code = asked(action)
    answer(code, [[4, 4, 4]] * 20)
    assert seen("claire", action) == []
    with as_owner():
        assert not Finding.objects.filter(action=action).exists()


@pytest.mark.parametrize(("n", "shown"), [(0, False), (4, False), (5, True)])
def test_inside_from_five(n: int, shown: bool) -> None:
    action = evaluated(n)
    assert action.evaluation == ("shown" if shown else "silent")
    assert bool(seen("claire", action)) == shown
    with as_owner():
        assert not Tally.objects.filter(action=action).exists(), "the counters are destroyed either way"


@pytest.mark.parametrize(("n", "said"), [(10, False), (11, True)])
def test_outside_from_eleven_in_words_and_the_same_for_both(n: int, said: bool) -> None:
    action = evaluated(n)
    by("claire", commands.account_action, action=action, report="Une séance, des questions.")
    inside, outside = accounts(action)
    assert inside == outside
    assert bool(outside.said) == said
    assert (outside.silence == TOO_FEW) == (not said)
    assert str(n) not in " ".join(s.share for s in outside.said)


def test_more_answers_than_people_is_no_result() -> None:
    assert evaluated(12, heads=11).evaluation == "silent"
    assert evaluated(11, heads=11, hour=14).evaluation == "shown"


def test_closed_once_for_good() -> None:
    action = evaluated(4)
    with pytest.raises(Refused):
        asked(action)
    action = evaluated(6, hour=11)
    with pytest.raises(Refused):
        closed(action)


def test_a_bare_update_opens_nothing_again() -> None:
    """Past our code: whoever opens the questions again has no second result."""
    action = evaluated(6)
    set_row(action, evaluation="open", evaluation_code="encoreouvert")
    answer("encoreouvert", [[1, 1, 1]] * 6)
    with pytest.raises(DatabaseError), transaction.atomic():
        closed(action)


def test_an_employer_reads_a_band_and_no_number() -> None:
    action = evaluated(12)
    by("claire", commands.account_action, action=action, report="Une séance.")
    paul = actor("paul")
    with acting_as(paul):
        rows = Finding.objects.visible_to(paul).filter(action=action)
        assert {row.band for row in rows} == {"almost_all"}
        for column in ("answers", "favourable"):
            with pytest.raises(DatabaseError), transaction.atomic():
                list(Finding._base_manager.values_list(column))
    with acting_as(actor("rita")):
        assert not Finding._base_manager.filter(action_id=action.pk).exists(), "another company"


def test_a_sensitive_theme_tells_nothing_outside() -> None:
    action = evaluated(20, code="violence")
    by("claire", commands.account_action, action=action, report="Une séance.")
    inside, outside = accounts(action)
    assert inside == outside
    assert (outside.people, outside.said, outside.silence) == (None, (), SENSITIVE)
    assert seen("claire", action), "the service still learns from what was said"


def test_before_and_after_are_compared_as_totals_alone() -> None:
    action = agreed("managers")
    code = asked_with_session(action)
    answer(code, [[2, 2, 1]] * 6, "before")
    held_later(action)
    answer(code, [[4, 3, 3]] * 4, "after")
    few = closed(action)
    assert [row.before for row in seen("claire", few)] == [], "four after: no comparison"


def asked_with_session(action: object) -> str:
    action.test_session = planned(action, timezone.localdate() - timedelta(days=2))
    return asked(action)


def held_later(action: object) -> None:
    from amarre.collective.commands_sessions import hold_session

    by("claire", hold_session, session=action.test_session, head_count=8)


def test_the_question_of_a_small_team_is_never_asked() -> None:
    action = agreed("violence", headcount="12 salariés")
    assert action.discreet
    held(action, None)
    with pytest.raises(Refused):
        asked(action)
    by("claire", commands.account_action, action=kept(action), report="Une séance.")
    inside, outside = accounts(action)
    assert inside == outside
    assert (outside.people, outside.said, outside.silence) == (None, (), UNCOUNTED)


def test_the_share_is_the_one_that_the_database_writes() -> None:
    """Both say the same band; the code alone never computes one below five."""
    for answers in range(5, 40):
        for favourable in range(answers + 1):
            assert gate.share_of(favourable, answers) in Share
    with pytest.raises(ValueError, match="few"):
        gate.share_of(4, 4)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=6),
    st.lists(st.sampled_from(["HOUSING", "CARERS"]), min_size=6, max_size=6),
    st.lists(st.integers(1, 12), min_size=6, max_size=6),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_difference_of_totals_isolates_a_few(sizes: list[int], themes: list[str], months: list[int]) -> None:
    """Whatever is added or subtracted among the totals of a year, no group of one to four answers appears.

    Each action that is shown counts whole everywhere. A total is the set of its actions; the attacker knows the sets,
    may take any two apart, and looks for a remainder of one to four answers.
    """
    blocks = {n: size for n, size in enumerate(sizes) if size >= gate.INSIDE}  # what closing lets through
    totals = [frozenset(blocks)]
    totals += [frozenset(n for n in blocks if themes[n] == theme) for theme in set(themes)]
    totals += [frozenset(n for n in blocks if months[n] == month) for month in set(months)]
    totals += [frozenset({n}) for n in blocks]
    atoms = {sum(blocks[n] for n in left) for a, b in itertools.product(totals, totals) for left in (a - b, a & b)}
    assert not atoms & set(range(1, gate.INSIDE))


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["carers", "housing"])), min_size=1, max_size=3))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_year_holds_whole_actions_that_may_be_shown(made: list[tuple[int, str]]) -> None:
    """The real thing: commands, database, year; each line is a sum of blocks of five and more."""
    with transaction.atomic():
        before = year()
        for hour, (n, code) in enumerate(made, start=8):
            evaluated(n, code=code, hour=hour)
        after = year()
        expected = sum(n for n, _ in made if n >= gate.INSIDE)
        for lines in ("themes", "companies", "months"):
            grown = _answers(getattr(after, lines)) - _answers(getattr(before, lines))
            assert grown == expected, lines
        assert after.total.answers - before.total.answers == expected
        transaction.set_rollback(True)


def year() -> object:
    who = actor("claire")
    with acting_as(who):
        return year_of(who, YEAR)


def _answers(lines: list[Line]) -> int:
    return sum(line.answers for line in lines)


def test_the_clock_closes_what_is_late() -> None:
    from amarre.collective.tasks import close_evaluations

    action = agreed()
    held(action, 30)
    answer(asked(action), [[4, 4, 4]] * 7)
    set_row(action, evaluation_until=timezone.localdate() - timedelta(days=1))
    with acting_as(actor("machine")):
        with pytest.raises(Refused):
            commands_evaluation.close_evaluation(actor=actor("machine"), action=_open("housing"))
        assert close_evaluations() == 1
    assert kept(action).evaluation == "shown"


def _open(theme: str) -> object:
    from amarre.collective.models import Action

    with as_owner():
        return Action.objects.get(evaluation="open", offer__code=theme)
