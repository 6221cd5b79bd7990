"""The shipped words: laid once, never over what the service edited; offered, closed and read by whom they must."""

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from amarre.core import commands
from amarre.core.scope import acting_as
from amarre.organisations import queries
from amarre.organisations.defaults import ensure_defaults, problems_of, shipped
from amarre.organisations.models import CrisisNumber, Term, Vocabulary
from tests.cast import actor

pytestmark = pytest.mark.django_db


def as_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local role amarre_owner")


def test_every_list_ships_with_words_and_no_number_claims_to_be_checked() -> None:
    claire = actor("claire")
    with acting_as(claire):
        assert {t.vocabulary for t in Term.objects.visible_to(claire)} == set(Vocabulary.values)
        numbers = queries.crisis_numbers(claire)
    assert [n.number for n in numbers[:3]] == ["112", "15", "17"]
    assert not any(n.checked_on for n in numbers)


def test_laying_the_words_again_changes_nothing_that_the_service_edited() -> None:
    with transaction.atomic(), commands.loading():
        as_owner()
        Term.objects.filter(vocabulary="problem", code="WORK").update(label="Au travail", active=False)
        CrisisNumber.objects.filter(number="112").update(label="Partout", position=1)
        Term.objects.filter(vocabulary="place", code="HOME").delete()
        assert ensure_defaults() == 1
        assert ensure_defaults() == 0
        work = Term.objects.get(vocabulary="problem", code="WORK")
        assert (work.label, work.active) == ("Au travail", False)
        assert CrisisNumber.objects.get(number="112").label == "Partout"


def test_several_lists_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    claire = actor("claire")
    with acting_as(claire), django_assert_num_queries(1):
        found = queries.choices(claire, "problem", "moment", "employment")
    assert found["problem"][0] == ("HEALTH_WORK", "Santé et travail, handicap")
    assert all(found.values())


def test_a_closed_word_is_not_offered_but_stays_readable() -> None:
    claire = actor("claire")
    with acting_as(claire):
        assert "TAKEN" not in dict(queries.choices(claire, "handover_reason")["handover_reason"])
        assert queries.label(claire, "handover_reason", "TAKEN") == "Dossier pris"
        assert queries.labels(claire, "handover_reason")["handover_reason"]["TAKEN"] == "Dossier pris"
        assert queries.label(claire, "problem", "GONE") == "GONE"
        assert queries.label(claire, "problem", "") == ""


def test_a_passer_by_reads_the_reasons_and_the_public_numbers_only() -> None:
    passer_by = actor("passer_by")
    with acting_as(passer_by):
        assert queries.terms(passer_by, "employee_reason")
        assert queries.terms(passer_by, "employer_reason")
        assert not queries.terms(passer_by, "problem")
        seen = {n.number for n in queries.crisis_numbers(passer_by)}
    public = {row["number"] for row in shipped("crisis_numbers") if row["public"] == "yes"}
    private = {row["number"] for row in shipped("crisis_numbers") if row["public"] != "yes"}
    assert {"112", "15", "17", "18", "114", "3114", "3919", "119", "115"} == public
    assert public <= seen
    assert not private & seen


def test_a_person_s_reasons_point_to_known_problems() -> None:
    codes = {row["code"] for row in shipped("vocabularies") if row["vocabulary"] == "problem"}
    reasons = [row["code"] for row in shipped("vocabularies") if row["vocabulary"] == "employee_reason"]
    assert {problem for reason in reasons for problem in problems_of(reason)} <= codes
    assert problems_of("MONEY_HOUSING") == ("BUDGET", "HOUSING")
    assert problems_of("OTHER") == problems_of("unknown") == ()
