"""Contacts are invited, confirmed by the service, and end; what they ask names nobody, and is their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction
from django.utils import timezone

from amarre.accounts.models import User
from amarre.core import commands
from amarre.core.actor import MACHINE
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.core.tasks import notify
from amarre.intake.commands import submit_solicitation
from amarre.intake.models import Solicitation, Statement
from amarre.organisations import commands_advice, commands_contacts
from amarre.organisations.models import Advice, Company, Contact, Establishment
from amarre.organisations.queries_duties import MOMENTS, duties, largest
from amarre.organisations.tasks import contact_of
from tests.cast import actor, as_owner, user
from tests.plans.acting import by, queued, refusal
from tests.rows_contacts import ENDED, WAITING
from tests.trios import World
from tests.trios.contacts import advice, contact, mine

pytestmark = pytest.mark.django_db
W = World()
NEW = {"kind": "hr", "name": " Ida  Neuve ", "email": "Ida.Neuve@Anse.example "}


def invite(who: str = "sophie", **given: Any) -> Contact:
    values = {"establishment": W.establishment(), **NEW, **given}
    return by(who, commands_contacts.invite_contact, **values)


def seen(code: str) -> set[str]:
    with acting_as(actor(code)):
        return set(Contact.objects.visible_to(actor(code)).values_list("email", flat=True))


def account(email: str) -> User | None:
    with as_owner():
        return User.objects.filter(email=email).first()


def test_an_invitation_makes_an_account_that_opens_nothing_yet() -> None:
    made = invite()
    opened = account("ida.neuve@anse.example")
    assert opened is not None
    assert (made.user_id, made.name, made.confirmed_at) == (opened.pk, "Ida Neuve", None)
    assert (opened.kind, opened.roles, opened.has_usable_password()) == ("employer", [], False)
    assert {"user_id": opened.pk} in queued("accounts.send_invitation")
    who = opened.actor()
    with acting_as(who):
        for model in (Contact, Establishment, Company, Advice):
            assert not model.objects.visible_to(who).exists()
            assert not model._base_manager.exists()


def test_the_answer_is_the_same_for_an_address_that_opens_a_space() -> None:
    """Else whoever invites would learn that somebody is accompanied."""
    made = invite(email=user("ines").email)
    assert made.pk
    assert made.user_id is None
    assert queued("accounts.send_invitation") == []
    confirmed = by("sophie", commands_contacts.confirm_contact, contact=made, checked_how="met")
    assert confirmed.confirmed_at
    assert queued("core.notify") == []
    again = by("sophie", commands_contacts.resend_invitation, contact=made)
    assert again.user_id is None


def test_somebody_may_speak_for_several_establishments() -> None:
    with as_owner():
        there = Establishment.objects.get(siret="40483304800022")
    made = invite(establishment=there, email=user("paul").email)
    assert made.user_id == user("paul").pk
    by("sophie", commands_contacts.confirm_contact, contact=made, checked_how="known")
    with acting_as(actor("paul")):
        assert Establishment.objects.visible_to(actor("paul")).count() == 2
        assert Company.objects.visible_to(actor("paul")).count() == 2


def test_what_an_invitation_refuses() -> None:
    def no(**given: Any) -> str:
        values = {"establishment": W.establishment(), **NEW, **given}
        return refusal("sophie", commands_contacts.invite_contact, **values)

    assert "nom" in no(name="  ")
    assert "fait" in no(kind="boss")
    assert "déjà" in no(email=user("paul").email.upper())
    assert "déjà fini" in refusal("sophie", commands_contacts.resend_invitation, contact=contact(ENDED))
    assert not no(email=ENDED), "who has left may come back"


def deliver(contact_id: int) -> None:
    """Send the one notice that waits, which is theirs."""
    (ids,) = queued("core.notify")
    assert ids["recipient_id"] == contact_id
    with acting_as(MACHINE):
        notify(**ids)


def test_only_a_confirmed_contact_is_shown_and_told_anything(mailoutbox: list[EmailMessage]) -> None:
    waiting = contact(WAITING)
    assert "Dites comment" in refusal(
        "claire", commands_contacts.confirm_contact, contact=waiting, checked_how="trusted"
    )
    with acting_as(MACHINE):
        assert contact_of(waiting.pk) is None
        assert contact_of(contact(ENDED).pk) is None
    by("claire", commands_contacts.resend_invitation, contact=waiting)
    by("claire", commands_contacts.confirm_contact, contact=waiting, checked_how="letter")
    deliver(waiting.pk)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([WAITING], "Un message vous attend")
    assert "Véra" not in mail.body
    assert "Conserverie" not in mail.body


def test_each_sees_their_own_and_an_end_closes_the_door_at_once() -> None:
    assert seen("paul") == {user("paul").email}
    assert seen("karim") == {user("karim").email}
    assert len(seen("theo")) == 5
    assert seen("alex") == seen("hugo") == set()
    by("claire", commands_contacts.end_contact, contact=mine("paul"))
    assert seen("paul") == set()
    with acting_as(actor("paul")):
        for model in (Contact, Establishment, Company, Advice):
            assert not model.objects.visible_to(actor("paul")).exists()
            assert not model._base_manager.exists()
    with pytest.raises(NotAllowed):
        by("paul", commands_advice.ask_advice, contact=mine("paul"), theme="RETURN", question="Et ?")


def test_a_question_is_whoever_asked_s_and_the_centre_s() -> None:
    row = by("paul", commands_advice.ask_advice, contact=mine("paul"), theme="RETURN", question=" Et ? ")
    assert (row.question, row.centre_id) == ("Et ?", W.centre().pk)
    for code, sees in (("paul", 3), ("claire", 3), ("marc", 3), ("rita", 1), ("theo", 1), ("karim", 0), ("sophie", 0)):
        with acting_as(actor(code)):
            assert Advice.objects.visible_to(actor(code)).count() == sees, code
            assert Advice._base_manager.count() == sees, code


def test_an_elected_member_asks_about_groups_alone() -> None:
    ask = commands_advice.ask_advice
    assert by("karim", ask, contact=mine("karim"), theme="COLLECTIVE", question="Une information ?")
    with pytest.raises(NotAllowed):
        by("karim", ask, contact=mine("karim"), theme="RETURN", question="Un retour ?")
    assert "thème" in refusal("paul", ask, contact=mine("paul"), theme="NOWHERE", question="Et ?")


def test_a_place_without_a_centre_is_answered_by_the_one_that_takes_the_rest() -> None:
    with as_owner(), commands.loading():
        Establishment.objects.filter(siret="73282932000074").update(centre=None)
    row = by("paul", commands_advice.ask_advice, contact=mine("paul"), theme="RETURN", question="Et ?")
    assert row.centre_id == W.centre("Montreuil").pk


def test_an_answer_is_given_once_and_says_how_long_it_took(mailoutbox: list[EmailMessage]) -> None:
    asked = advice("paul", "asked")
    by("bruno", commands_advice.take_advice, advice=asked)
    assert "déjà" in refusal("claire", commands_advice.take_advice, advice=asked)
    assert "vide" in refusal("claire", commands_advice.answer_advice, advice=asked, answer=" ", minutes=5)
    row = by("claire", commands_advice.answer_advice, advice=asked, answer="Ainsi.", minutes=5)
    assert (row.state, row.taken_by_id, row.minutes) == ("answered", user("claire").pk, 5)
    assert "déjà" in refusal("bruno", commands_advice.answer_advice, advice=asked, answer="Autrement.", minutes=5)
    deliver(mine("paul").pk)
    assert "Ainsi" not in mailoutbox[0].body
    assert by("paul", commands_advice.close_advice, advice=row).state == "closed"


def test_a_question_that_lets_one_guess_somebody_is_erased_for_good() -> None:
    row = by("nadia", commands_advice.set_aside_advice, advice=advice("paul", "asked"))
    with as_owner():
        kept = Advice.objects.get(pk=row.pk)
    assert (kept.question, kept.answer) == (commands_advice.ERASED, commands_advice.SET_ASIDE)
    assert (kept.state, kept.minutes) == ("answered", None)


def test_an_elected_member_asks_for_nobody() -> None:
    asked = {"source": "works_council", "centre_id": W.centre().pk, "last_name": "Benali"}
    with pytest.raises(NotAllowed):
        by("karim", submit_solicitation, **asked)
    assert by("paul", submit_solicitation, **asked | {"source": "employer_hr"})


def refused(row: Any) -> bool:
    try:
        with transaction.atomic(), commands.loading():
            row.save(force_insert=True)
    except DatabaseError as no:
        return "row-level security" in str(no)
    return False


def test_postgresql_holds_the_same_by_itself() -> None:
    here, now = W.centre().pk, timezone.now()
    ask = {"reference": "X", "centre_id": here, "received_at": now, "last_name": "Benali"}
    paul, karim, rita = mine("paul"), mine("karim"), mine("rita")
    with acting_as(actor("paul")):
        assert not refused(Solicitation(**ask, source="employer_hr"))
        assert refused(Solicitation(**ask, source="employee")), "in somebody else's name"
        assert refused(Solicitation(**ask, source="employer_hr", about="advice")), "advice has its own way"
        theirs = Advice(
            establishment_id=rita.establishment_id, centre_id=here, asked_by_id=rita.pk, theme="X", question="?",
            asked_at=now,
        )  # fmt: skip
        assert refused(theirs)
        for model in (Solicitation, Statement):
            with pytest.raises(DatabaseError), transaction.atomic():
                model._base_manager.exists()
        with pytest.raises(DatabaseError), transaction.atomic(), commands.loading():
            Contact._base_manager.filter(pk=paul.pk).update(kind="hr")
    with acting_as(actor("karim")):
        assert refused(Solicitation(**ask, source="employer_hr")), "an elected member asks for nobody"
        assert not karim.is_council or Contact._base_manager.count() == 1
    with acting_as(actor("claire")), commands.loading(), pytest.raises(DatabaseError), transaction.atomic():
        Contact(
            establishment_id=paul.establishment_id, kind="hr", name="X", email="x@anse.example", invited_at=now,
            invited_by_id=user("claire").pk, confirmed_at=now, confirmed_by_id=user("claire").pk, checked_how="met",
        ).save(force_insert=True)  # fmt: skip


def test_reminders_are_sourced_and_depend_on_a_size_alone() -> None:
    found = duties()
    assert len({duty.code for duty in found}) == len(found) >= 18
    for duty in found:
        assert duty.when in MOMENTS
        assert duty.verify or (duty.article and duty.checked_on), duty.code
        assert "K" not in duty.source.split(", ") or duty.verify, (
            f"{duty.code}: nobody verified it, and it does not say so"
        )
    small = {duty.code for duty in found if not duty.concerns("3 à 5 salariés")}
    assert small == {"OETH_6", "REF_HAND_250", "SST_250", "CSE_11"}
    assert all(duty.concerns("") and duty.concerns("250 à 499 salariés") for duty in found)
    sizes = {"1 200": 1200, "20 à 49 salariés": 49, "plus de 500": None, "": None, "environ": None, "12": 12}
    assert {words: largest(words) for words in sizes} == sizes
