"""From the invitation to the first page inside; an account that is disabled is nobody at the next request."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from amarre.accounts import commands, entrance, tasks
from amarre.accounts.models import Mail, User
from amarre.core.actor import Actor
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.web.ui import drafts
from tests.accounts.test_commands import do, invite
from tests.cast import actor, as_owner, user
from tests.web.entry.test_links import NEW, mailed, to_the_mailbox
from tests.web.entry.test_sign_in import SIGN_IN, journal, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]


@pytest.fixture
def nour() -> User:
    made = invite()
    tasks.send_invitation(made.pk)
    return User.objects.get(pk=made.pk)


def test_the_mail_leads_to_a_password_then_inside(nour):
    link, client = mailed(), Client()
    assert Mail.objects.get().to == "nour@exemple.example"
    assert "Nour Arvel" in client.get(link).content.decode()
    assert client.post(link, NEW).url == SIGN_IN
    assert "Votre mot de passe est choisi" in client.get(SIGN_IN).content.decode()
    sign_in(client, "nour@exemple.example", NEW["password1"])
    assert client.get("/pro/").status_code == 200
    assert journal("account.accepted") == [("done", f"accounts_user:{nour.pk}")]


def test_opening_the_link_consumes_nothing_and_using_it_does(nour):
    link = mailed()
    for _ in range(3):
        assert Client().get(link).status_code == 200
    Client().post(link, NEW)
    again = Client().post(link, {"password1": "autre phrase 12", "password2": "autre phrase 12"})
    assert again.status_code == 404
    assert "ne fonctionne plus" in again.content.decode()
    assert sign_in(Client(), nour.email, NEW["password1"]).status_code == 302


@pytest.mark.parametrize("answers", [{}, {"password1": "court", "password2": "court"}, {**NEW, "password2": "autre"}])
def test_a_password_that_will_not_do_is_said(nour, answers):
    response = Client().post(mailed(), answers)
    assert response.status_code == 422
    assert not User.objects.get(pk=nour.pk).has_usable_password()


def test_it_works_seven_days(nour):
    link = mailed()
    for days, works in ((6.9, 200), (7.1, 404)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert Client().get(link).status_code == works


def test_another_link_ends_the_one_before(nour):
    first = mailed()
    do(commands.resend_invitation, user=nour)
    tasks.send_invitation(nour.pk)
    assert Client().get(first).status_code == 404
    assert Client().get(mailed()).status_code == 200


def test_it_ends_with_the_account(nour):
    link = mailed()
    do(commands.disable_user, user=nour)
    assert Client().get(link).status_code == 404
    do(commands.enable_user, user=User.objects.get(pk=nour.pk))
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("link", ["zz/0/", "%F0%9F/x/", "3w5e11264sgsf3w5e11264sgsf/0/", "1/0/"])
def test_a_link_that_was_invented_opens_nothing(link):
    assert Client().get("/compte/invitation/" + link).status_code == 404


def test_somebody_already_signed_in_is_signed_out_by_accepting(nour):
    client = Client()
    sign_in(client)
    client.post(mailed(), NEW)
    assert client.get("/pro/").status_code == 302


def test_of_two_who_accept_at_once_one_does(nour):
    twice = [User.objects.get(pk=nour.pk) for _ in range(2)]
    assert [entrance.accept_invitation(one, "une phrase entière 9") for one in twice] == [True, False]


def test_nothing_is_sent_to_somebody_who_came_already():
    client = Client()
    sign_in(client)
    tasks.send_invitation(user("claire").pk)
    assert not Mail.objects.exists()


# Disabling ---------------------------------------------------------------------------------------


def test_disabling_ends_a_session_at_its_next_request():
    client = Client()
    sign_in(client)
    assert client.get("/pro/").status_code == 200
    do(commands.disable_user, user=user("claire"))
    assert SIGN_IN in client.get("/pro/").url
    assert SIGN_IN in client.get("/compte/mot-de-passe/").url


def test_enabling_again_does_not_wake_the_old_session():
    client = Client()
    sign_in(client)
    do(commands.disable_user, user=user("claire"))
    do(commands.enable_user, user=user("claire"))
    assert SIGN_IN in client.get("/pro/").url
    assert sign_in(Client()).status_code == 302


def token_of(who: Actor) -> str:
    return drafts._sign(who, "essai", "0" * 16, "/pro/dossiers/1/note/", None)


def drafted(who: Actor) -> int:
    with acting_as(who):
        return Draft.objects.visible_to(who).filter(form="essai").count()


def test_a_draft_outlives_the_session_but_not_the_account():
    who, client = actor("claire"), Client()
    said = {"token": token_of(who), "body": '{"body": ["Texte"]}'}
    assert client.post("/brouillon/", said).status_code == 200
    assert drafted(who) == 1
    do(commands.disable_user, user=user("claire"))
    said = {"token": drafts._sign(who, "essai", "1" * 16, "/pro/", None), "body": '{"body": ["Trop tard"]}'}
    assert client.post("/brouillon/", said).status_code == 403
    assert drafted(who) == 1


def test_a_form_sent_by_a_disabled_account_is_not_kept():
    who, client = actor("claire"), Client()
    do(commands.disable_user, user=user("claire"))
    response = client.post("/pro/", {drafts.FIELD: token_of(who), "body": "Trop tard"})
    assert "garde=1" not in response.url
    assert drafted(who) == 0


def test_a_role_that_was_taken_away_is_gone_at_the_next_page():
    client = Client()
    client.force_login(user("alex"))
    assert client.get("/pro/comptes/").status_code == 200
    with as_owner():
        User.objects.filter(pk=user("alex").pk).update(roles=["privacy_officer"])
    assert client.get("/pro/comptes/").status_code == 403
