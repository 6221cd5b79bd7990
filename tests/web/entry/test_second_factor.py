"""In production no path leads inside without a second factor, and a code serves once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from amarre.accounts import entrance
from tests.cast import PASSWORD, user
from tests.web.entry.test_sign_in import SIGN_IN, journal, sign_in
from tests.web.entry.totp import code

pytestmark = pytest.mark.django_db

ACTIVATE = "/compte/second-facteur/application/"
FACTOR = "/compte/second-facteur/code/"


@pytest.fixture(autouse=True)
def in_production(settings):
    settings.AMARRE_MFA_REQUIRED = True


def activate(client: Client) -> str:
    """Set a second factor up, as the page asks; returns its secret."""
    html = client.get(ACTIVATE).content.decode()
    found = re.search(r"<strong class=\"reference key\">([A-Z2-7]{32})</strong>", html)
    assert found, html
    response = client.post(ACTIVATE, {"code": code(found[1])})
    assert response.status_code == 302, response.content.decode()
    return found[1]


@pytest.fixture
def secret(client) -> str:
    sign_in(client)
    return activate(client)


def test_without_it_every_staff_page_leads_to_its_setting_up(client):
    sign_in(client)
    assert client.get("/pro/").url == ACTIVATE
    assert client.post("/pro/").url == ACTIVATE


def test_the_drawing_needs_nothing_but_the_page(client):
    sign_in(client)
    html = client.get(ACTIVATE).content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert "<script" not in html.partition("<body")[2]


def test_setting_it_up_opens_the_door_and_gives_codes(client, django_capture_on_commit_callbacks):
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        activate(client)
    assert client.get("/pro/").status_code == 200
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", client.get("/compte/second-facteur/secours/").content.decode())
    assert len(set(codes)) == 10
    assert journal("account.totp_activated") == [("done", f"accounts_user:{user('claire').pk}")]


def test_the_secret_lies_sealed(client, secret):
    for row in Authenticator.objects.filter(user=user("claire")):
        assert secret not in str(row.data)


def test_signing_in_again_asks_for_the_code_before_anything(secret):
    client = Client()
    assert sign_in(client).url == FACTOR
    for path in ("/pro/", "/compte/mes-acces/", "/compte/mot-de-passe/", ACTIVATE):
        assert SIGN_IN in client.get(path).url or client.get(path).url == FACTOR
    assert client.post(FACTOR, {"code": code(secret, 1)}).url == "/compte/"
    assert client.get("/pro/").status_code == 200


def test_a_wrong_code_opens_nothing(secret):
    client = Client()
    sign_in(client)
    response = client.post(FACTOR, {"code": "000000"})
    assert "Ce code ne convient pas" in response.content.decode()
    assert client.get("/pro/").status_code == 302


def test_a_code_serves_once_even_in_another_session(secret):
    digits = code(secret, 1)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
    assert first.post(FACTOR, {"code": digits}).status_code == 302
    assert "ne convient pas" in second.post(FACTOR, {"code": digits}).content.decode()


def test_guessing_codes_is_stopped(secret):
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post(FACTOR, {"code": "000000"})
    assert "trop d’essais" in client.post(FACTOR, {"code": code(secret, 1)}).content.decode()


def test_a_recovery_code_serves_once(client, secret):
    spare = re.findall(r"<li>(\d{4} \d{4})</li>", client.get("/compte/second-facteur/secours/").content.decode())[0]
    first, second = Client(), Client()
    for opened in (first, second):
        sign_in(opened)
    assert first.post(FACTOR, {"code": spare}).url == "/compte/"
    assert "ne convient pas" in second.post(FACTOR, {"code": spare}).content.decode()


def test_a_session_that_waited_with_the_password_alone_does_not_profit():
    """Somebody who has the password waits at the door; the owner sets the second factor up elsewhere."""
    thief, owner = Client(), Client()
    sign_in(thief)
    sign_in(owner)
    activate(owner)
    assert owner.get("/pro/").status_code == 200
    assert SIGN_IN in thief.get("/pro/").url
    assert SIGN_IN in thief.get("/pro/").url


def test_a_new_password_does_not_stand_for_the_second_factor(secret):
    client = Client()
    link = entrance.reset_url(user("claire")).partition("//")[2].partition("/")[2]
    page = client.get("/" + link)
    client.post(page.url, {"password1": "une autre phrase 7", "password2": "une autre phrase 7"})
    assert client.get("/pro/").status_code == 302
    assert sign_in(client, password="une autre phrase 7").url == FACTOR


def test_removing_it_asks_for_a_code_not_only_for_the_password(client, secret, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    response = client.get("/compte/second-facteur/application/retirer/")
    assert response.url.startswith("/compte/second-facteur/confirmer/")
    by_password = client.get("/compte/confirmer/?next=/compte/second-facteur/application/retirer/")
    assert by_password.url.startswith("/compte/second-facteur/confirmer/")


def test_once_removed_the_inside_is_closed_again(client, secret):
    assert client.post("/compte/second-facteur/application/retirer/").url == "/compte/second-facteur/"
    assert client.get("/pro/").url == ACTIVATE
    assert not Authenticator.objects.filter(user=user("claire")).exists()


def test_an_invitation_does_not_lead_inside(client):
    """Whoever accepts one still signs in, and still sets the second factor up."""
    sign_in(client, password=PASSWORD)
    assert client.get("/pro/").url == ACTIVATE
