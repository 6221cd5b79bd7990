"""Agreements: asked for one recipient and one purpose, given in four ways, taken back at any time, told to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from amarre.audit.models import Entry
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.plans import models as plans
from amarre.sharing import commands, queries
from amarre.sharing import commands_agreements as acts
from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from amarre.sharing.parties import Party, other_party
from amarre.sharing.states import GivenHow
from amarre.web.employee.sharing.forms import AnswerForm
from amarre.web.staff.sharing.forms import GiveForm
from tests.cast import actor, as_owner, user
from tests.plans.acting import W, by, queued, refusal, told
from tests.rows import ANONYMOUS_CASE, CLOSED_CASE, TODAY, YANIS_CASE
from tests.rows_sharing import paper_of
from tests.sharing.acting import LATER, YESTERDAY, agreed, asked, hugo, kept, seen_by, sent, set_row, written
from tests.trios.sharing import STROKES

pytestmark = pytest.mark.django_db
GONE = "Cet accord n’est plus en cours. Rien ne peut partir\u00a0: demandez un autre accord."
NO_FUTURE = "La date est dans l’avenir. Indiquez quand l’accord a été donné."


def test_nothing_is_ticked_beforehand() -> None:
    for form in (AnswerForm(), GiveForm([], prefix="g")):
        assert "checked" not in form.as_p(), type(form)
        assert all(field.initial is None for field in form.fields.values())


def ask(code: str = "claire", **said: Any) -> str:
    said = {"case": W.case(), "to": hugo(), "purpose": "post", "what": "Les horaires", "until": LATER} | said
    return refusal(code, acts.ask_agreement, **said)


def test_asking_for_one_recipient_and_one_purpose() -> None:
    row = asked()
    assert (row.state, row.given_how, row.answered_at, row.heard_by_id) == ("proposed", "", None, None)
    assert (row.party_key, row.purpose, row.wording) == (("colleague", user("hugo").pk), "post", 1)
    assert row.person_id == W.case().person_id
    assert ask(what=" ") == "Écrivez ce qui pourra être dit\u00a0: la personne doit savoir à quoi elle dit oui."
    assert ask(purpose="other", purpose_words=" ") == "Précisez le but en quelques mots."
    assert ask(purpose="other", purpose_words="Le logement") == ""
    assert ask(to=other_party(" ")) == "Dites à qui cela s’adresse."
    assert ask(purpose="everything") == "Choisissez un but parmi ceux proposés."


def test_a_year_at_most_and_never_in_the_past() -> None:
    assert ask(until=YESTERDAY) == "Cette date est passée. Choisissez un jour à venir."
    assert ask(until=TODAY) == ask(until=TODAY + timedelta(days=366)) == ""
    assert ask(until=TODAY + timedelta(days=367)) == "Un accord vaut un an au plus. Choisissez une date plus proche."


def test_neither_a_closed_case_nor_somebody_without_a_name() -> None:
    assert ask("bruno", case=W.case(CLOSED_CASE)) == "Ce dossier est clos. Rouvrez-le pour écrire la suite."
    assert ask("nadia", case=W.case(ANONYMOUS_CASE)) == (
        "Ce contact est anonyme\u00a0: personne ne peut donner d’accord."
    )


def test_nobody_without_an_account_that_is_open() -> None:
    max_ = W.colleague("hugo")
    max_.is_active = False
    closed = "Cette personne ne peut plus rien recevoir\u00a0: son accès est fermé."
    assert ask(to=Party("colleague", "Dr Hugo", colleague=max_)) == closed


def give(code: str = "claire", row: m.Agreement | None = None, **said: Any) -> str:
    return refusal(code, acts.give_agreement, **{"agreement": row or asked(), "how": "oral"} | said)


def test_in_their_space_the_person_alone() -> None:
    row = asked()
    how = "Dites comment l’accord a été donné\u00a0: à l’oral, signé sur papier ou signé à l’écran."
    assert give("claire", row, how="space") == how
    for other in ("oral", "paper", "screen", "by pigeon"):
        assert give("ines", row, how=other) == how
    assert give("claire", row, how="by pigeon") == how
    by("ines", acts.give_agreement, agreement=row, how="space")
    found = kept(row)
    assert (found.state, found.given_how, found.heard_by_id, found.proof_id) == ("given", "space", None, None)
    assert give(row=row) == "Cette demande d’accord a déjà sa réponse."


def test_aloud_says_who_heard_and_when() -> None:
    row, yesterday = asked(), timezone.now() - timedelta(days=1)
    assert give(row=row, at=timezone.now() + timedelta(minutes=1)) == NO_FUTURE
    by("zoe", acts.give_agreement, agreement=row, how="oral", at=yesterday, signature=STROKES)
    found = kept(row)
    assert (found.given_how, found.heard_by_id, found.answered_at) == ("oral", user("zoe").pk, yesterday)
    assert found.signature is None, "aloud, nothing was signed"


def test_on_paper_with_a_document_of_the_same_case() -> None:
    row = asked()
    with as_owner():
        mine, other = paper_of(W.case()), plans.Document(plan=W.plan(YANIS_CASE))
        assert mine.plan.case_id
        assert other.plan.case_id
    no = "Joignez le papier signé\u00a0: ajoutez-le aux documents du projet, puis choisissez-le ici."
    assert give(row=row, how="paper") == give(row=row, how="paper", proof=other) == no
    assert give(row=row, how="paper", proof=mine) == ""
    assert kept(row).proof_id == mine.pk
    aloud = asked()
    assert give(row=aloud, how="oral", proof=mine) == ""
    assert kept(aloud).proof_id is None, "a paper goes with paper alone"


def test_on_the_screen_with_strokes() -> None:
    row = asked()
    none = "Il n’y a pas de signature. Signez dans le cadre, ou choisissez une autre façon."
    assert give(row=row, how="screen") == give(row=row, how="screen", signature="[]") == none
    assert give(row=row, how="screen", signature="<svg onload=alert(1)>") == none
    assert give(row=row, how="screen", signature=STROKES) == ""
    assert kept(row).signature == STROKES


def test_no_answer_after_the_last_day() -> None:
    row = set_row(asked(), until=YESTERDAY)
    late = "La date de cet accord est passée. Demandez-en un autre."
    assert give("ines", row, how="space") == late
    assert refusal("ines", acts.decline_agreement, agreement=row) == late


def test_no_is_an_answer() -> None:
    for code in ("ines", "claire"):
        row = asked()
        by(code, acts.decline_agreement, agreement=row)
        assert (kept(row).state, kept(row).answered_at is None) == ("declined", False)
        assert give("ines", row, how="space") == "Cette demande d’accord a déjà sa réponse."
        nothing = "Cet accord n’est pas en cours\u00a0: il n’y a rien à reprendre."
        assert refusal("ines", acts.withdraw_agreement, agreement=row) == nothing


@pytest.mark.parametrize("code", ["nadia", "theo", "hugo", "marc", "yanis", "paul"])
def test_nobody_else_answers_nor_takes_back(code: str) -> None:
    for act in (acts.give_agreement, acts.decline_agreement, acts.withdraw_agreement):
        with pytest.raises(NotAllowed):
            by(code, act, agreement=asked(), **({"how": "oral"} if act is acts.give_agreement else {}))


# Taken back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "who"), [("ines", "person"), ("zoe", "worker")])
def test_taken_back_recalls_what_was_not_read_and_leaves_the_rest(code: str, who: str) -> None:
    row = agreed()
    read, unread, draft, other = sent(row), sent(row), written(row), sent(agreed())
    by("hugo", commands.open_transmission, transmission=read)
    by("hugo", commands.answer_transmission, transmission=kept(read), kind="words", words="Bien reçu")
    before, waiting = kept(read), told()
    jobs = len(queued("core.notify"))
    by(code, acts.withdraw_agreement, agreement=row)
    found = kept(row)
    assert (found.state, found.withdrawn_by) == ("withdrawn", who)
    assert (kept(unread).state, kept(unread).recalled_at) == ("recalled", found.withdrawn_at)
    assert (kept(read).state, kept(read).read_at, kept(read).content) == ("sent", before.read_at, before.content)
    assert (kept(draft).state, kept(other).state) == ("draft", "sent")
    assert (told(), len(queued("core.notify"))) == (waiting, jobs), "nobody is told"
    assert refusal("claire", commands.send_transmission, transmission=draft, checked=seen_as(draft)) == GONE
    assert refusal("claire", commands.prepare_transmission, case=W.case(), agreement=row, subject="I", content="x") == (
        GONE
    )
    assert refusal(code, acts.withdraw_agreement, agreement=row) == (
        "Cet accord n’est pas en cours\u00a0: il n’y a rien à reprendre."
    )


def test_the_recipient_is_not_told_why() -> None:
    row = agreed()
    read, unread = sent(row), sent(row)
    by("hugo", commands.open_transmission, transmission=read)
    with as_owner():
        lines = Entry.objects.filter(user_id=user("hugo").pk).count()
    by("ines", acts.withdraw_agreement, agreement=row)
    assert [t.pk for t in seen_by("hugo", m.Transmission, pk__in=[read.pk, unread.pk])] == [read.pk]
    assert not seen_by("hugo", m.Agreement)
    who = actor("hugo")
    with acting_as(who):
        (found,) = [s for s in queries.received(who) if s.row.pk == read.pk]
        assert (found.row.state, found.row.recalled_at) == ("sent", None)
        assert unread.pk not in {s.row.pk for s in queries.received(who)}
    with as_owner():
        assert Entry.objects.filter(user_id=user("hugo").pk).count() == lines


@pytest.mark.parametrize("code", ["ines", "bruno"])
def test_taken_back_once_the_case_is_closed(code: str) -> None:
    row = agreed()
    unread = sent(row)
    set_row(W.assignment(), state="closed", closed_on=TODAY)
    by(code, acts.withdraw_agreement, agreement=row)
    assert (kept(row).state, kept(unread).state) == ("withdrawn", "recalled")


def test_taken_back_after_its_last_day() -> None:
    row = set_row(agreed(), until=YESTERDAY)
    assert refusal("ines", acts.withdraw_agreement, agreement=row) == ""


def test_who_gives_how_is_one_of_four() -> None:
    assert sorted(GivenHow.values) == ["oral", "paper", "screen", "space"]
