"""Links that choose a password: one use, a term, and no word about who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from amarre.accounts import entrance, tasks
from amarre.accounts.models import Mail, User
from tests.cast import user
from tests.core.test_jobs import queued
from tests.web.entry.test_sign_in import journal, sign_in

pytestmark = pytest.mark.django_db

FORGOTTEN = "/compte/mot-de-passe/oublie/"
NEW = {"password1": "une phrase entière 9", "password2": "une phrase entière 9"}


@pytest.fixture(autouse=True)
def to_the_mailbox(settings):
    """As in the demo; pytest-django would keep mails in memory."""
    settings.EMAIL_BACKEND = "amarre.accounts.mailbox.MailboxBackend"


def ask(email: str):
    return Client().post(FORGOTTEN, {"email": email})


def mailed() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"https?://[^/]+(/\S+)", Mail.objects.all()[0].body)
    assert found
    return found[1]


def choose(path: str, answers: dict[str, str] = NEW):
    """Open the link of a reset and send the form, as a browser does."""
    browser = Client()
    opened = browser.get(path)
    return browser.post(opened.url, answers) if opened.status_code == 302 else opened


def test_asking_answers_alike_and_queues_a_job_for_an_account_alone():
    known, unknown, disabled = ask(user("claire").email), ask("inconnu@exemple.example"), ask(user("max").email)
    assert known.url == unknown.url == disabled.url == FORGOTTEN + "envoye/"
    assert queued() == [("accounts.send_reset",)]


def test_the_mail_has_a_link_and_no_name():
    tasks.send_reset(user("claire").pk)
    mail = Mail.objects.get()
    assert mail.to == user("claire").email
    assert "Claire" not in mail.subject + mail.body
    assert resolve(mailed()).url_name == "account_reset_password_from_key"


def test_a_new_password_opens_and_the_old_one_no_more():
    before = Client()
    sign_in(before)
    tasks.send_reset(user("claire").pk)
    assert choose(mailed()).url == "/compte/mot-de-passe/nouveau/fait/"
    assert before.get("/pro/").status_code == 302, "sessions opened before are over"
    assert "ne convient pas" in sign_in(Client()).content.decode()
    assert sign_in(Client(), password=NEW["password1"]).status_code == 302
    assert journal("account.password_reset") == [("done", f"accounts_user:{user('claire').pk}")]
    assert queued() == [("accounts.tell_change",)]


def test_opening_a_link_consumes_nothing_and_using_it_does():
    tasks.send_reset(user("claire").pk)
    path = mailed()
    for _ in range(3):
        assert Client().get(path).status_code == 302
    choose(path)
    assert "ne fonctionne plus" in Client().get(path).content.decode()


@pytest.mark.parametrize("hours", [1, 4])
def test_a_link_works_two_hours(hours):
    tasks.send_reset(user("claire").pk)
    path = mailed()
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        assert ("ne fonctionne plus" in Client().get(path).content.decode()) == (hours > 2)


def test_nothing_is_sent_to_an_account_that_was_disabled_meanwhile():
    for send in (tasks.send_reset, tasks.send_invitation, tasks.tell_change):
        send(user("max").pk)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("weak", ["court", "934857203948", "1q2w3e4r5t6y", "claire kermadec"])
def test_a_weak_password_is_refused_in_french(weak):
    tasks.send_reset(user("claire").pk)
    html = choose(mailed(), {"password1": weak, "password2": weak}).content.decode()
    assert "point à corriger" in html
    assert sign_in(Client()).status_code == 302


def test_changing_ones_password_keeps_this_session_and_ends_the_others():
    mine, other = Client(), Client()
    sign_in(mine)
    sign_in(other)
    changed = mine.post("/compte/mot-de-passe/", {"oldpassword": "amarre-demo", **NEW})
    assert changed.url == "/compte/mes-acces/"
    assert mine.get("/pro/").status_code == 200
    assert other.get("/pro/").status_code == 302


def test_changing_ones_password_needs_the_old_one(client):
    sign_in(client)
    html = client.post("/compte/mot-de-passe/", {"oldpassword": "faux", **NEW}).content.decode()
    assert "pas votre mot de passe actuel" in html


def test_the_mailbox_is_the_demo_s_alone(client, settings):
    assert client.get("/boite-aux-lettres/").status_code == 404
    tasks.tell_change(user("claire").pk)
    settings.AMARRE_ENV = "demo"
    assert user("claire").email in client.get("/boite-aux-lettres/").content.decode()


def test_in_production_without_a_mail_server_a_mail_is_an_error_not_a_loss(settings):
    settings.AMARRE_ENV = "production"
    with pytest.raises(RuntimeError, match="AMARRE_SMTP_URL"):
        tasks.tell_change(user("claire").pk)


def test_the_demo_says_who_may_sign_in_and_production_does_not(client, settings):
    assert user("claire").email not in client.get("/compte/connexion/").content.decode()
    settings.AMARRE_ENV = "demo"
    assert user("claire").email in client.get("/compte/connexion/").content.decode()
    assert {u.kind for u in entrance.demo_accounts()} == {"staff"}
    assert User.objects.get(email=user("max").email) not in entrance.demo_accounts()
