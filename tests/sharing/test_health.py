"""« Suivi en cours »: to the very colleague whom the person agreed to tell, while it holds; and what is read again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from amarre.accounts.models import User
from amarre.cases.models import Assignment
from amarre.core import commands
from amarre.core.models import Notice
from amarre.core.scope import acting_as
from amarre.intake.commands_health import refer_someone
from amarre.intake.models import Referral, Solicitation, Statement
from amarre.organisations.models import Contact
from amarre.people.models import Person
from amarre.sharing.commands_health import answer_question, ask_question
from amarre.sharing.models import Agreement, FactSheet, Question
from amarre.sharing.queries_health import Waiting, followed, waiting
from amarre.sharing.reread_health import before_asking, before_sending, mark
from tests.cast import CAST, actor, as_owner, user
from tests.plans.acting import by, refusal
from tests.rows import TODAY, YANIS_CASE
from tests.trios import World
from tests.trios.health import question

pytestmark = pytest.mark.django_db
W = World()
EVERYBODY = [p.code for p in CAST] + ["passer_by"]


def told(code: str) -> frozenset[int]:
    """Whom somebody may be told of."""
    who = actor(code)
    with acting_as(who):
        return followed(who)


def twin(code: str) -> set[int]:
    """The same rule, as the code alone says it."""
    with as_owner():
        return set(Agreement.objects.telling(actor(code)).values_list("person_id", flat=True))


def announced(key: str) -> list[Notice]:
    with as_owner():
        return list(Notice.objects.filter(key=key))


def yanis() -> int:
    return W.person("Diarra").pk


def test_one_colleague_is_told_of_one_person_and_both_walls_say_so() -> None:
    for code in EVERYBODY:
        assert told(code) == twin(code), code
        assert told(code) == ({yanis()} if code == "hugo" else set()), code


@pytest.mark.parametrize(
    "change",
    [
        {"state": "withdrawn", "withdrawn_at": "2026-01-05T10:00Z", "withdrawn_by": "person"},
        {"state": "proposed", "given_how": "", "answered_at": None, "heard_by": None},
        {"state": "declined", "given_how": "", "heard_by": None},
        {"until": TODAY - timedelta(days=1)},
        {"purpose": "return"},
        {"colleague": "nora"},
        {"party_kind": "unit"},
    ],
    ids=["withdrawn", "asked", "declined", "over", "another purpose", "another colleague", "another kind"],
)
def test_nothing_else_tells_it(change: dict[str, Any]) -> None:
    if "colleague" in change:
        change = {"colleague_id": user(change["colleague"]).pk}
    with as_owner(), commands.loading():
        rows = Agreement.objects.filter(case__number=YANIS_CASE, purpose="followed")
        assert rows.update(**change) == 1
    assert told("hugo") == twin("hugo") == set()


def test_it_ends_with_the_case_and_with_the_role() -> None:
    with as_owner(), commands.loading():
        Assignment.objects.filter(number=YANIS_CASE).update(state="closed", closed_on=TODAY)
    assert told("hugo") == twin("hugo") == set()
    with as_owner(), commands.loading():
        Assignment.objects.filter(number=YANIS_CASE).update(state="on_hold", closed_on=None)
    assert told("hugo") == twin("hugo") == {yanis()}
    with as_owner():
        User.objects.filter(pk=user("hugo").pk).update(roles=["secretary"])
    assert told("hugo") == twin("hugo") == set()


def test_what_is_sent_goes_with_what_is_known_and_comes_back_as_a_name() -> None:
    person = W.person("Benali")
    sent = by(
        "hugo", refer_someone, source="occupational_physician", centre_id=W.centre().pk, said_agreed=True,
        reason_code="RETURN_TO_PREPARE", words="Retour en mars.", person=person,
    )  # fmt: skip
    with as_owner():
        row = Solicitation.objects.order_by("-received_at")[0]
        assert (row.last_name, row.phone, row.do_not_call) == ("Benali", person.phone, True)
        assert (row.said_agreed, row.needs_agreement, row.state) == (True, True, "received")
        assert row.person_id is None, "the social service says who it is"
        assert Statement.objects.get(solicitation=row).words == "Retour en mars."
        names = {f.name for f in Referral._meta.concrete_fields}
    assert names == {"id", "by", "at", "source", "first_name", "last_name", "person"}, "no state is there to be read"
    assert sent.last_name == "Benali"
    assert announced("passed_on") == [], "whoever sends is told on the page, and by no mail"


@pytest.mark.parametrize("wrong", [{"source": "employee"}, {"source": "manager"}, {"said_agreed": False}])
def test_nobody_is_sent_without_agreeing_nor_by_somebody_else(wrong: dict[str, Any]) -> None:
    right = {
        "source": "nurse",
        "centre_id": W.centre().pk,
        "said_agreed": True,
        "reason_code": "OTHER",
        "last_name": "X",
    }
    assert refusal("nora", refer_someone, **right | wrong)


def test_a_question_goes_across_once_and_tells_only_that_it_waits() -> None:
    asked = by("hugo", ask_question, text="Comment orienter vers une aide au logement ?", to=W.colleague("claire"))
    assert [(n.kind, n.says) for n in announced(f"question:{asked.pk}")] == [("account", "waiting")]
    by("claire", answer_question, question=asked, answer="Par le fonds du département.")
    assert "déjà répondu" in refusal("claire", answer_question, question=asked, answer="Encore.")
    for wrong in (
        {"to": W.colleague("nora")},
        {"to": W.colleague("max")},
        {},
        {"to": W.colleague("hugo")},
        {"text": " "},
    ):
        assert refusal("hugo", ask_question, **{"text": "Une question"} | wrong), wrong
    closed = W.centre()
    closed.active = False
    assert refusal("hugo", ask_question, text="Une question", centre=closed)
    assert refusal("bruno", answer_question, question=question("nora"), answer=" ")
    assert by("bruno", answer_question, question=question("nora"), answer="Oui.").answered_by_id == user("bruno").pk
    assert "déjà répondu" in refusal("claire", answer_question, question=question("nora"), answer="Moi aussi.")


def test_the_count_of_the_mail() -> None:
    counted = {}
    for code in ("hugo", "nora", "claire"):
        who = actor(code)
        with acting_as(who):
            counted[code] = waiting(who)
    assert counted == {"hugo": Waiting(5, 2, 1), "nora": Waiting(3, 2, 0), "claire": Waiting(0, 0, 1)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quels délais pour un dossier de logement ?", ""),
        ("Mme Dupont demande un logement", "nom"),
        ("J’ai vu M. Le Goff ce matin", "nom"),
        ("Madame B. demande un logement", "initiales"),
        ("Une personne née le 3 mars 1980", "naissance"),
        ("Une personne, 12/04/1979", "naissance"),
        ("Son numéro : 06 00 00 01 02", "téléphone"),
        ("2 80 03 75 123 456 78", "sécurité sociale"),
        ("Écrire à jean@exemple.example", "adresse"),
        ("Une personne en arrêt de longue maladie", ""),
    ],
)
def test_a_question_is_read_again_for_names(text: str, said: str) -> None:
    found = before_asking(text)
    assert [said in r.what for r in found] == ([True] if said else []), found


def test_words_of_health_are_pointed_at_before_sending() -> None:
    assert before_sending("") == before_sending("Retour à préparer en mars") == []
    found = before_sending("Dépression depuis l’opération")
    assert "depression" in found[0].what
    assert "operation" in found[0].what
    assert mark([]) == ""
    assert mark(found) not in ("", mark(before_sending("Un cancer")))


def test_identity_alone_says_nothing() -> None:
    """The people whom Dr Hugo sent are among those of whom he is told nothing."""
    who = actor("hugo")
    with acting_as(who):
        sent = {r.person_id for r in Referral.objects.visible_to(who)}
        assert not sent & followed(who)
        assert Person.objects.visible_to(who).filter(pk__in=sent).count() == len(sent)
        assert not Question.objects.visible_to(who).filter(asked_by__name="Nora Lindqvist").exists()


def test_an_employer_reads_the_sheets_meant_for_them_and_not_who_wrote_them() -> None:
    paul = actor("paul")
    with acting_as(paul):
        rows = FactSheet.objects.visible_to(paul).only("title", "body", "reviewed_on")
        assert [r.title for r in rows] == ["Faire connaître le service"]
        with pytest.raises(DatabaseError), transaction.atomic():
            list(FactSheet.objects.visible_to(paul).values_list("author_id"))
    with as_owner(), commands.loading():
        Contact.objects.filter(user_id=paul.user_id).update(ended_on=TODAY)
    with acting_as(paul):
        assert not FactSheet.objects.visible_to(paul).exists()
        assert not FactSheet._base_manager.exists()
