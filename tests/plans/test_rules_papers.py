"""Rights applications and the budget: what is refused, in which sentence; and the money, counted to the cent."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from amarre.core.scope import acting_as
from amarre.plans import commands_papers, procedures, queries_papers
from amarre.plans import models as m
from amarre.plans.queries_papers import Counted
from tests.cast import actor
from tests.plans.acting import W, again, by, refusal
from tests.rows import CLOSED_CASE, TODAY, YANIS_CASE

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def rqth() -> m.Application:
    return W.part(m.Application)


def move(code: str = "claire", **said: Any) -> str:
    whole = {"application": rqth(), "plan": W.plan(), "version": 1, "state": "filed", "dates": {"filed_on": TODAY}}
    return refusal(code, commands_papers.move_application, **{**whole, **said})


# Applications --------------------------------------------------------------------------------------


def test_an_application_changed_meanwhile_is_not_written_over() -> None:
    read = rqth()
    assert move(words="De Claire") == ""
    said = {"plan": W.plan(), "application": read, "version": 1, "state": "filed", "dates": {"filed_on": TODAY}}
    bruno = actor("bruno")
    with acting_as(bruno), pytest.raises(commands_papers.ApplicationChanged) as raised:
        commands_papers.move_application(actor=bruno, **said, words="De Bruno")
    assert str(raised.value).startswith("Cette démarche a été modifiée pendant que vous l’aviez ouverte.")
    assert raised.value.application.words == again(read).words == "De Claire"
    assert by("bruno", commands_papers.move_application, **{**said, "version": 2}).version == 3


@pytest.mark.parametrize("name", ["filed_on", "receipt_on", "complement_asked_on", "decided_on", "appealed_on"])
def test_what_has_happened_is_not_in_the_future(name: str) -> None:
    assert move(dates={"filed_on": TODAY, name: TOMORROW}) == "Une des dates passées est dans l’avenir. Corrigez-la."


@pytest.mark.parametrize(
    ("state", "dates", "sentence"),
    [
        ("filed", {}, "Indiquez le jour du dépôt."),
        ("decided_granted", {"filed_on": TODAY}, "Indiquez le jour de la décision."),
        ("decided_refused", {"filed_on": TODAY}, "Indiquez le jour de la décision."),
        ("decided_partly", {"filed_on": TODAY}, "Indiquez le jour de la décision."),
        (
            "decided_granted",
            {"filed_on": TODAY, "decided_on": YESTERDAY},
            "La décision est datée d’avant le dépôt. Corrigez l’une des deux dates.",
        ),
        (
            "filed",
            {"filed_on": TODAY, "valid_from": TOMORROW, "valid_until": TODAY},
            "La fin du droit est avant son début. Corrigez l’une des deux dates.",
        ),
        ("preparing", {}, ""),
        ("dropped", {}, ""),
        ("decided_granted", {"filed_on": YESTERDAY, "decided_on": TODAY, "valid_until": TOMORROW}, ""),
    ],
)
def test_dates_that_contradict_each_other(state: str, dates: dict[str, Any], sentence: str) -> None:
    assert move(state=state, dates=dates) == sentence
    assert rqth().state == ("filed" if sentence else state)


def test_what_was_written_is_replaced_whole() -> None:
    assert move(money={"asked": "300", "granted": ""}, title=" ", words=" ", dates={"filed_on": TODAY}) == ""
    row = rqth()
    assert (json.loads(row.money or ""), row.title, row.words) == ({"asked": "300"}, None, None)
    assert move(version=2) == ""
    assert rqth().money is None


def test_an_application_is_of_the_catalogue_and_of_its_plan() -> None:
    opening = {"plan": W.plan(), "procedure": "rqth"}
    assert refusal("claire", commands_papers.open_application, **{**opening, "procedure": "x"}) == (
        "Cette démarche n’est pas au catalogue."
    )
    renewed = by("claire", commands_papers.open_application, **opening, renews=rqth())
    assert (renewed.renews_id, renewed.state) == (rqth().pk, "preparing")
    there = {"plan": W.plan(YANIS_CASE)}
    assert refusal("nadia", commands_papers.open_application, **there, procedure="rqth", renews=rqth()) == (
        "La démarche à renouveler n’est pas de ce projet."
    )
    no = "Cette démarche n’est pas de ce projet."
    assert move("nadia", **there) == no
    assert refusal("nadia", commands_papers.gather, **there, application=rqth(), gathered=[]) == no


def test_papers_of_the_list_are_ticked_and_no_other() -> None:
    claire = actor("claire")
    with acting_as(claire):
        known = queries_papers.procedure_of(claire, "rqth")
        assert known
        followed = queries_papers.applications(claire, W.plan())
        assert followed[0].missing == len(known.documents)
    codes = [document.code for document in known.documents]
    by("claire", commands_papers.gather, plan=W.plan(), application=rqth(), gathered=[*codes[:1], "autre"])
    assert rqth().gathered == codes[:1]
    with acting_as(claire):
        assert queries_papers.applications(claire, W.plan())[0].missing == len(codes) - 1


def test_the_service_rewrites_an_entry_of_the_catalogue() -> None:
    shipped = procedures.definitions()["rqth"]
    assert refusal("alex", commands_papers.rewrite_procedure, code="rqth", definition={**shipped, "label": 3})
    by("marc", commands_papers.rewrite_procedure, code="rqth", definition={**shipped, "what": "Ancien."})
    by("alex", commands_papers.rewrite_procedure, code="rqth", definition={**shipped, "what": "Nouveau."})
    for code in ("claire", "ines"):
        who = actor(code)
        with acting_as(who):
            known = queries_papers.procedure_of(who, "rqth")
            assert known
            assert known.what == queries_papers.catalogue(who)["rqth"].what == "Nouveau."


# The budget ----------------------------------------------------------------------------------------

LINE = ("resource", "Salaire", Decimal(900))


def write(code: str = "claire", **said: Any) -> str:
    whole = {"plan": W.plan(), "on": TODAY, "adults": 1, "children": 0, "lines": [LINE]}
    return refusal(code, commands_papers.write_budget, **{**whole, **said})


def test_a_budget() -> None:
    assert write(lines=[]) == "Écrivez au moins une ressource, une charge ou une dette."
    assert write(lines=[LINE] * 61) == "Pas plus de 60 lignes\u00a0: regroupez-en quelques-unes."
    assert write(lines=[("charge", "Loyer", Decimal("-0.01"))]) == (
        "Un montant s’écrit sans signe moins\u00a0: une charge ou une dette est déjà retirée."
    )
    assert write(lines=[LINE] * 60, label=" Mars ") == ""
    row = W.part(m.Budget, on=TODAY)
    assert (row.label, row.version, row.author_id) == ("Mars", 1, actor("claire").user_id)
    assert write("bruno", budget=row, version=1, lines=[LINE]) == ""
    assert write(budget=row, version=1) == (
        "Ce budget a été modifié ailleurs pendant que vous l’écriviez. Rechargez-le dans un autre onglet."
    )
    assert write(budget=row) == "", "without a version, the last word is kept"
    assert again(row).version == 3
    assert refusal("bruno", commands_papers.remove_budget, plan=W.plan(CLOSED_CASE), budget=row) == (
        "Ce budget n’est pas de ce projet."
    )
    by("claire", commands_papers.remove_budget, plan=W.plan(), budget=row)
    with pytest.raises(m.Budget.DoesNotExist):
        again(row)


def test_somebody_lives_on_it() -> None:
    with pytest.raises(IntegrityError):
        write(adults=0)


CENTS = st.integers(0, 10_000_00).map(lambda cents: Decimal(cents) / 100)
LINES = st.lists(st.tuples(st.sampled_from(["resource", "charge", "debt"]), st.text(max_size=8), CENTS), max_size=20)


@given(LINES, st.integers(1, 20), st.integers(0, 20))
def test_money_is_counted_to_the_cent(lines: list[tuple[str, str, Decimal]], adults: int, children: int) -> None:
    kept = json.dumps([[kind, words, str(amount)] for kind, words, amount in lines])
    counted = Counted(m.Budget(on=TODAY, adults=adults, children=children, lines=kept))
    total = {k: sum((a for kind, _, a in lines if kind == k), Decimal(0)) for k in ("resource", "charge", "debt")}
    assert counted.lines == lines
    assert (counted.resources, counted.charges, counted.debts) == tuple(total.values())
    assert counted.left == total["resource"] - total["charge"] - total["debt"]
    assert sum(len(counted.of_kind(kind)) for kind in total) == len(lines)
    assert counted.people == adults + children >= 1
    exact = Fraction(counted.left) / 30 / counted.people
    assert abs(Fraction(counted.a_day) - exact) <= Fraction(1, 200)
    assert counted.a_day.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("left", "people", "a_day"),
    [
        ("900", 1, "30.00"), ("0.15", 1, "0.01"), ("0.14", 1, "0.00"), ("0.45", 1, "0.02"), ("-0.15", 1, "-0.01"),
        ("100", 3, "1.11"), ("-900", 3, "-10.00"), ("0", 5, "0.00"),
    ],
)  # fmt: skip
def test_half_a_cent_goes_up(left: str, people: int, a_day: str) -> None:
    kind = "charge" if left.startswith("-") else "resource"
    lines = json.dumps([[kind, "", left.removeprefix("-")]])
    counted = Counted(m.Budget(on=TODAY, adults=1, children=people - 1, lines=lines))
    assert (str(counted.a_day), str(counted.left)) == (a_day, str(Decimal(left)))
