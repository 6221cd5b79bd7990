"""What the trade refuses of the plan, its versions and its reviews, each in a sentence; and what it lets through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from amarre.plans import commands
from amarre.plans import models as m
from tests.cast import actor
from tests.plans.acting import W, again, by, change, refusal, told
from tests.rows import THEO_CASE, TODAY, YANIS_CASE

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def proposed() -> m.Version:
    return W.part(m.Version, state="proposed")


def test_a_plan_is_begun_once() -> None:
    plan = by("theo", commands.open_plan, case=W.case(THEO_CASE))
    assert plan.person_id == W.case(THEO_CASE).person_id
    assert by("theo", commands.open_plan, case=W.case(THEO_CASE)).pk == plan.pk
    assert by("claire", commands.open_plan, case=W.case()).pk == W.plan().pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"until": YESTERDAY}, "Ce rythme est déjà passé. Indiquez une date à venir, ou laissez vide."),
        ({"review_on": YESTERDAY}, "Le prochain point est déjà passé. Indiquez une date à venir."),
        (
            {"review_on": TODAY + timedelta(days=93)},
            "Un point se fait au moins tous les trois mois. Choisissez une date plus proche.",
        ),
        ({"review_on": TODAY + timedelta(days=92), "until": TODAY}, ""),
        ({}, ""),
    ],
)
def test_the_rhythm(said: dict[str, Any], sentence: str) -> None:
    assert refusal("claire", commands.agree_rhythm, plan=W.plan(), weeks=2, **said) == sentence
    assert W.plan().rhythm_weeks == (3 if sentence else 2)


@pytest.mark.parametrize("regime", ["", "safeguard", "family", "assisted", "reinforced", "guardianship"])
def test_who_is_protected_has_a_protector(regime: str) -> None:
    no = refusal("claire", commands.say_protection, plan=W.plan(), regime=regime)
    named = regime in ("assisted", "reinforced", "guardianship")
    assert no == ("Indiquez qui assiste ou représente la personne, et comment la ou le joindre." if named else "")
    assert not refusal("claire", commands.say_protection, plan=W.plan(), regime=regime, protector=" UDAF ")
    assert (W.plan().regime, W.plan().protector) == (regime, "UDAF")


def test_a_new_version_replaces_the_one_that_waits_and_leaves_what_was_answered() -> None:
    waiting, agreed = proposed(), W.part(m.Version, state="agreed")
    version = by("claire", commands.freeze_plan, plan=W.plan(), content="{}")
    assert (version.number, version.state) == (3, "proposed")
    assert (again(waiting).state, again(agreed).state) == ("replaced", "agreed")
    assert told() == [W.plan().person_id]
    assert version.frozen_by_id == actor("claire").user_id


ANSWERED = "Une réponse est déjà écrite pour cette version, ou une autre l’a remplacée."
HOW = "Dites comment la personne a répondu\u00a0: sur papier, ou à l’oral."
PROOF = "Un accord sur papier se garde\u00a0: ajoutez d’abord la page signée aux documents, puis choisissez-la."


@pytest.mark.parametrize(("code", "how"), [("ines", {}), ("claire", {"how": "oral"})])
def test_a_version_that_was_replaced_while_one_answered(code: str, how: dict[str, str]) -> None:
    read = proposed()
    by("bruno", commands.freeze_plan, plan=W.plan(), content="{}")
    assert refusal(code, commands.answer_version, version=read, agreed=True, **how) == ANSWERED
    assert again(read).state == "replaced"
    assert proposed().number == 3


@pytest.mark.parametrize(("code", "how"), [("ines", {}), ("claire", {"how": "oral"})])
def test_a_version_is_answered_once(code: str, how: dict[str, str]) -> None:
    read = proposed()
    by("ines", commands.answer_version, version=read, agreed=False, words=" Pas tout. ")
    assert refusal(code, commands.answer_version, version=read, agreed=True, **how) == ANSWERED
    kept = again(read)
    assert (kept.state, kept.answered_how, kept.answered_by, kept.words) == ("declined", "space", "person", "Pas tout.")
    assert (kept.answered_on, kept.heard_by_id) == (timezone.localdate(), None)


@pytest.mark.parametrize(
    ("code", "said", "sentence"),
    [
        ("claire", {}, HOW),
        ("ines", {"how": "oral"}, HOW),
        ("claire", {"how": "paper"}, PROOF),
        ("claire", {"how": "oral", "on": TOMORROW}, "La date est dans l’avenir. Indiquez le jour où cela s’est passé."),
        (
            "claire",
            {"how": "oral", "on": TODAY.replace(year=2024)},
            "La réponse est datée d’avant le projet. Corrigez la date.",
        ),
        ("claire", {"how": "paper", "agreed": False}, ""),
        ("claire", {"how": "oral", "by": "assisted"}, ""),
        ("ines", {}, ""),
    ],
)
def test_an_answer(code: str, said: dict[str, Any], sentence: str) -> None:
    assert refusal(code, commands.answer_version, version=proposed(), **{"agreed": True, **said}) == sentence


def test_an_agreement_on_paper_keeps_its_proof() -> None:
    paper = {"version": proposed(), "agreed": True, "how": "paper"}
    elsewhere = W.part(m.Document, YANIS_CASE)
    no = "Ce document n’est pas de ce dossier, ou il ne s’ouvre pas."
    assert refusal("claire", commands.answer_version, **paper, proof=elsewhere) == no
    page = W.part(m.Document)
    assert refusal("claire", commands.answer_version, **paper, proof=change(page, scan="infected")) == no
    page = change(page, scan="off")
    kept = by("claire", commands.answer_version, **paper, proof=page, on=YESTERDAY)
    assert (kept.state, kept.proof_id, kept.heard_by_id) == ("agreed", page.pk, actor("claire").user_id)


@pytest.mark.parametrize(
    ("code", "said", "sentence"),
    [
        ("ines", {"how": ["hand"]}, "C’est la personne qui vous accompagne qui vous remet le projet."),
        (
            "claire",
            {"how": ["hand"], "on": TOMORROW},
            "La date est dans l’avenir. Indiquez le jour où cela s’est passé.",
        ),
        ("claire", {"how": []}, "Dites comment le projet a été remis."),
        (
            "claire",
            {"how": ["hand"], "on": TODAY.replace(year=2024)},
            "La remise est datée d’avant le projet. Corrigez la date.",
        ),
        ("claire", {"how": ["hand", "letter"]}, ""),
        ("claire", {"how": ["space"]}, ""),
    ],
)
def test_handing_over(code: str, said: dict[str, Any], sentence: str) -> None:
    version = W.part(m.Version, number=1)
    assert refusal(code, commands.hand_over_version, version=version, **{"on": TODAY, **said}) == sentence
    assert again(version).handed_how == ([] if sentence else said["how"])
    assert len(told()) == (1 if said["how"] == ["space"] else 0)


def test_a_replaced_version_may_have_been_handed_over() -> None:
    old = proposed()
    by("claire", commands.freeze_plan, plan=W.plan(), content="{}")
    by("claire", commands.hand_over_version, version=old, on=TODAY, how=["hand"])
    assert again(old).handed_on == TODAY


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": TOMORROW}, "La date est dans l’avenir. Indiquez le jour où cela s’est passé."),
        ({"words": " "}, "Écrivez au moins une phrase sur ce qui a été dit."),
        ({"next_on": TODAY}, "Le prochain point est avant celui-ci. Corrigez l’une des deux dates."),
        (
            {"next_on": TODAY + timedelta(days=93)},
            "Un point se fait au moins tous les trois mois. Choisissez une date plus proche.",
        ),
        ({"next_on": TOMORROW}, ""),
        ({"kind": "balance", "next_on": TOMORROW, "stays_open": " Le logement. "}, ""),
    ],
)
def test_a_review(said: dict[str, Any], sentence: str) -> None:
    whole = {"plan": W.plan(), "on": TODAY, "kind": "periodic", "words": "Dit.", **said}
    assert refusal("claire", commands.hold_review, **whole) == sentence
    if not sentence:
        review = W.part(m.Review, on=TODAY)
        expected = None if whole["kind"] == "balance" else TOMORROW
        assert W.plan().review_on == review.next_on == expected
        assert review.stays_open == ("Le logement." if "stays_open" in said else None)
