"""Transmissions: drafted, checked, sent as checked; recalled unread, opened once, answered as is expected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from amarre.cases.commands import Conflict
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.directory.models import PartnerContact
from amarre.organisations.models import Contact
from amarre.sharing import commands
from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from amarre.sharing.parties import Party, contact_party, other_party, partner_party, unit_party
from amarre.sharing.states import AnswerKind
from tests.cast import actor, as_owner, user
from tests.plans.acting import W, by, refusal, told
from tests.rows import CLOSED_CASE, TODAY, YANIS_CASE
from tests.sharing.acting import LATER, YESTERDAY, agreed, kept, one, seen_by, sent, set_row, written

pytestmark = pytest.mark.django_db
GONE = "Cet accord n’est plus en cours. Rien ne peut partir\u00a0: demandez un autre accord."
CHANGED = "Ce texte a changé depuis que vous l’avez relu. Relisez-le avant de l’envoyer."
CLOSED = "Cette personne ne peut plus rien recevoir\u00a0: son accès est fermé."


def prepare(code: str = "claire", **said: Any) -> str:
    said = {"case": W.case(), "agreement": agreed(), "subject": "Inès Benali", "content": "Le matin"} | said
    return refusal(code, commands.prepare_transmission, **said)


def send(row: m.Transmission, checked: str = "", code: str = "claire") -> str:
    return refusal(code, commands.send_transmission, transmission=kept(row), checked=checked or seen_as(kept(row)))


def test_a_draft_rests_on_its_agreement() -> None:
    row = written(agreed())
    assert (row.state, row.version, row.sent_at, row.checked, row.read_at) == ("draft", 1, None, "", None)
    assert (row.to_user_id, row.carrier, row.purpose, row.visible_until) == (user("hugo").pk, "inbox", "post", LATER)
    assert prepare(content=" ") == "Le texte est vide. Écrivez ce que le destinataire lira."
    assert prepare(subject=" ") == "Dites de qui il s’agit\u00a0: le destinataire doit le savoir."
    assert prepare("bruno", case=W.case(CLOSED_CASE)) == "Ce dossier est clos. Rouvrez-le pour écrire la suite."
    followed = "Cet accord permet de montrer que l’accompagnement est en cours. Rien ne s’envoie avec lui."
    assert prepare(agreement=agreed(purpose="followed")) == followed


def test_an_agreement_of_another_case_or_an_action_of_another_plan() -> None:
    theirs = one(m.Agreement, YANIS_CASE, state="given")
    assert prepare(agreement=theirs) == GONE, "not even seen"
    row = agreed()
    set_row(row, case=W.case(CLOSED_CASE))
    assert prepare("bruno", agreement=row) == "Cet accord appartient à un autre dossier."
    from amarre.plans.models import Action

    with as_owner():
        action = Action.objects.select_related("plan").filter(plan__case__number=YANIS_CASE).first()
    assert action is None or prepare(action=action) == "Cette action appartient à un autre projet."
    mine = W.part(Action)
    assert prepare(action=mine) == ""
    mine.plan = W.plan(YANIS_CASE)
    assert prepare(action=mine) == "Cette action appartient à un autre projet."


def test_no_longer_to_be_read_than_the_agreement() -> None:
    row = agreed()
    assert written(row, visible_until=LATER + timedelta(days=9)).visible_until == LATER
    soon = written(row, visible_until=TODAY)
    assert soon.visible_until == TODAY
    said = {"transmission": soon, "version": 1, "subject": "Inès", "content": "Le soir"}
    by("zoe", commands.revise_transmission, **said, visible_until=LATER + timedelta(days=9))
    assert kept(soon).visible_until == LATER
    by("zoe", commands.revise_transmission, **said | {"version": 2})
    assert (kept(soon).visible_until, kept(soon).version) == (LATER, 3)
    past = written(row, visible_until=YESTERDAY)
    assert send(past) == "Le dernier jour de lecture est passé. Choisissez un jour à venir."


def test_correcting_throwing_away() -> None:
    row = written(agreed())
    said = {"transmission": row, "version": 1, "subject": "Inès", "content": "Le soir"}
    by("bruno", commands.revise_transmission, **said)
    with pytest.raises(Conflict):
        by("claire", commands.revise_transmission, **said)
    assert kept(row).content == "Le soir"
    assert refusal("zoe", commands.revise_transmission, **said | {"content": ""})
    by("zoe", commands.discard_transmission, transmission=row)
    with as_owner():
        assert not m.Transmission.objects.filter(pk=row.pk).exists()
    gone = "Ce texte n’est plus là\u00a0: quelqu’un l’a jeté."
    assert refusal("claire", commands.discard_transmission, transmission=row) == gone
    assert refusal("claire", commands.revise_transmission, **said) == gone
    assert refusal("claire", commands.send_transmission, transmission=row, checked=seen_as(row)) == gone


def test_sent_as_it_was_checked() -> None:
    row, waiting = written(agreed()), len(told())
    checked = seen_as(row)
    assert send(row, "0" * 64) == CHANGED
    assert send(row, "é") == CHANGED
    by("zoe", commands.revise_transmission, transmission=row, version=1, subject="Inès", content="Le soir")
    assert send(row, checked) == CHANGED
    assert send(row) == ""
    found = kept(row)
    assert (found.state, found.sent_by_id, len(found.checked)) == ("sent", user("claire").pk, 64)
    assert told()[waiting:] == [user("hugo").pk]
    frozen = "Cette transmission est partie\u00a0: ses mots ne changent plus."
    said = {"transmission": row, "version": 2, "subject": "Inès", "content": "Autre"}
    assert refusal("claire", commands.revise_transmission, **said) == frozen
    assert refusal("claire", commands.discard_transmission, transmission=row) == frozen
    assert send(row) == frozen


@pytest.mark.parametrize(
    "change", [{"subject": "x"}, {"content": "x"}, {"visible_until": TODAY}, {"version": 9}, {"party": "Dr X"},
               {"carrier": "letter"}, {"kind": "request"}, {"purpose": "money"}, {"purpose_words": "x"}, {"action": 1},
               {"to_user": 1}],
)  # fmt: skip
def test_whatever_the_page_shows_is_in_the_digest(change: dict[str, Any]) -> None:
    row = written(agreed())
    before = seen_as(row)
    for name, value in change.items():
        setattr(row, f"{name}_id" if name in ("action", "to_user") else name, value)
    assert seen_as(row) != before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "withdrawn", "withdrawn_at": timezone.now(), "withdrawn_by": "person"}, GONE),
        ({"until": YESTERDAY}, GONE),
        ({"purpose": "money"}, "Cet accord vaut pour un autre destinataire, ou un autre but."),
        ({"colleague": None}, "Cet accord vaut pour un autre destinataire, ou un autre but."),
    ],
)
def test_the_agreement_changed_before_it_was_sent(change: dict[str, Any], said: str) -> None:
    row = written(agreed())
    set_row(row.agreement, **change)
    assert send(row) == said
    assert kept(row).state == "draft"


def test_the_case_was_closed_before_it_was_sent() -> None:
    row = written(agreed())
    set_row(W.assignment(), state="closed", closed_on=TODAY)
    assert send(row) == "Ce dossier est clos. Rouvrez-le pour écrire la suite."


def test_a_trainee_prepares_and_never_sends() -> None:
    row = written(agreed(), "zoe")
    for act in (commands.send_transmission, commands.recall_transmission):
        with pytest.raises(NotAllowed):
            by("zoe", act, transmission=row, **({"checked": seen_as(row)} if act is commands.send_transmission else {}))


def test_recalled_unread_alone() -> None:
    row = sent(agreed())
    by("bruno", commands.recall_transmission, transmission=row)
    assert kept(row).state == "recalled"
    assert not seen_by("hugo", m.Transmission, pk=row.pk)
    again = "Cette transmission n’est pas partie, ou elle est déjà rappelée."
    assert refusal("claire", commands.recall_transmission, transmission=row) == again
    assert refusal("claire", commands.recall_transmission, transmission=written(agreed())) == again
    read = sent(agreed())
    by("hugo", commands.open_transmission, transmission=read)
    assert refusal("claire", commands.recall_transmission, transmission=read) == (
        "Elle a été lue\u00a0: elle ne se rappelle plus."
    )
    assert refusal("hugo", commands.open_transmission, transmission=read) == "Ce message est déjà ouvert."


def test_a_message_recalled_under_the_finger_is_no_crash() -> None:
    """It was there when the page was shown and, while the command waited for its row, no more."""
    row = sent(agreed())
    row_after = set_row(row, state="recalled", recalled_at=timezone.now())
    who = actor("hugo")
    inner = commands.open_transmission.__wrapped__
    with acting_as(who), pytest.raises(Refused, match="ne se lit plus"):
        inner(actor=who, transmission=row_after)


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("word", {"words"}), ("minutes", {"words"}), ("item", {"words"}),
        ("request", {"words", "accepted", "refused", "discuss"}),
    ],
)  # fmt: skip
def test_answers_by_what_was_expected(kind: str, fits: set[str]) -> None:
    row = sent(agreed(), kind=kind)
    first = refusal("hugo", commands.answer_transmission, transmission=row, kind="words", words="Oui")
    assert first == "Ouvrez d’abord le message, puis répondez."
    by("hugo", commands.open_transmission, transmission=row)
    wrong = "Cette réponse ne convient pas à ce message. Choisissez-en une autre."
    for said in [*AnswerKind.values, "silence"]:
        no = refusal("hugo", commands.answer_transmission, transmission=kept(row), kind=said, words="Parce que")
        assert no == ("" if said in fits else wrong), said
        wordless = refusal("hugo", commands.answer_transmission, transmission=kept(row), kind=said, words=" ")
        needs = said in fits & {"words", "refused", "discuss"}
        expected = "Écrivez quelques mots\u00a0: une raison, une question, une précision." if needs else wrong
        assert wordless == (expected if needs or said not in fits else ""), said


def test_an_answer_is_seen_once() -> None:
    row = sent(agreed())
    by("hugo", commands.open_transmission, transmission=row)
    answer = kept(by("hugo", commands.answer_transmission, transmission=kept(row), kind="words", words="Oui"))
    assert answer.by_id == user("hugo").pk
    by("zoe", commands.see_answer, answer=answer)
    seen = "Cette réponse est déjà marquée comme lue."
    assert refusal("claire", commands.see_answer, answer=kept(answer)) == seen


@pytest.mark.parametrize("change", [{"visible_until": YESTERDAY}, {"state": "recalled", "recalled_at": timezone.now()}])
def test_over_or_recalled_is_invisible_to_who_received_it(change: dict[str, Any]) -> None:
    row = sent(agreed())
    assert seen_by("hugo", m.Transmission, pk=row.pk)
    row = set_row(row, **change)
    assert not seen_by("hugo", m.Transmission, pk=row.pk)
    for act, said in (
        (commands.open_transmission, {}),
        (commands.answer_transmission, {"kind": "words", "words": "x"}),
    ):
        with pytest.raises(NotAllowed):
            by("hugo", act, transmission=row, **said)


def test_a_colleague_whose_account_was_closed() -> None:
    row, left = written(agreed()), sent(agreed())
    who = actor("hugo")
    set_row(W.colleague("hugo"), is_active=False)
    assert send(row) == CLOSED
    with acting_as(who):
        assert not m.Transmission._base_manager.filter(pk=left.pk).exists(), "PostgreSQL says so as well"


def a_contact() -> Contact:
    with as_owner():
        found = Contact.objects.filter(user_id=user("paul").pk, ended_on=None, confirmed_at__isnull=False).first()
        assert found is not None
        return found


def test_an_employer_s_contact_who_left() -> None:
    row = agreed(to=contact_party(a_contact(), "Paul Essai"))
    draft, left = written(row), sent(row)
    assert (draft.to_user_id, draft.carrier) == (user("paul").pk, "inbox")
    assert left.pk in {t.pk for t in seen_by("paul", m.Transmission)}
    contact = set_row(a_contact(), ended_on=TODAY)
    assert send(draft) == CLOSED
    assert not seen_by("paul", m.Transmission)
    set_row(contact, ended_on=None, confirmed_at=None, checked_how="")
    assert send(draft) == CLOSED
    assert not seen_by("paul", m.Transmission)


def test_a_partner_who_left() -> None:
    with as_owner():
        partner = PartnerContact.objects.get(user_id=user("chloe").pk)
    row = agreed(to=partner_party(partner, "Chloé Essai"))
    draft, left = written(row), sent(row, kind="orientation")
    assert left.pk in {t.pk for t in seen_by("chloe", m.Transmission)}
    set_row(partner, ended_on=TODAY)
    assert send(draft) == CLOSED
    assert not seen_by("chloe", m.Transmission)


def test_a_unit_is_read_by_those_who_sit_in_it_today() -> None:
    with as_owner():
        unit = m.Unit.objects.get(name="Cellule d’essai")
    row = sent(agreed(to=unit_party(unit), purpose="unit"), kind="item")
    assert (row.to_user_id, row.carrier) == (None, "inbox")
    assert seen_by("hugo", m.Transmission, pk=row.pk)
    assert seen_by("nora", m.Transmission, pk=row.pk)
    with as_owner():
        sits = m.UnitMember.objects.get(user_id=user("hugo").pk, unit=unit)
    set_row(sits, until=YESTERDAY)
    assert not seen_by("hugo", m.Transmission, pk=row.pk)
    set_row(sits, since=LATER, until=None)
    assert not seen_by("hugo", m.Transmission, pk=row.pk)
    with pytest.raises(NotAllowed):
        by("hugo", commands.open_transmission, transmission=row)


def test_somebody_described_in_words() -> None:
    row = written(agreed(to=other_party("Dr Essai,  médecin")))
    assert (row.to_user_id, row.carrier, row.party_key) == (None, "letter", ("other", "dr essai, médecin"))
    assert send(row) == ""
    assert Party.of(kept(row)).is_there
