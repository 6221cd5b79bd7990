"""Signing in: one answer for every failure, limits that hold, back to where one was."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from amarre.accounts.models import User
from amarre.audit.models import Entry
from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from tests.cast import PASSWORD, user

pytestmark = pytest.mark.django_db

SIGN_IN = "/compte/connexion/"
WRONG = "L’adresse ou le mot de passe ne convient pas."


def sign_in(client: Client, who: str = "claire", password: str = PASSWORD, query: str = "", ip: str = "192.0.2.1"):
    email = who if "@" in who else user(who).email
    return client.post(SIGN_IN + query, {"login": email, "password": password}, REMOTE_ADDR=ip)


def journal(verb: str) -> list[tuple[str, str]]:
    with acting_as(MACHINE):
        return list(Entry.objects.filter(verb=verb).order_by("id").values_list("outcome", "subject"))


def test_staff_land_on_their_day(client):
    response = sign_in(client)
    assert response.url == "/compte/"
    assert client.get("/compte/").url == "/pro/"
    assert client.get("/pro/").status_code == 200
    assert journal("account.sign_in") == [("done", f"accounts_user:{user('claire').pk}")]


def test_an_address_is_written_in_any_case(client):
    assert sign_in(client, who=user("claire").email.upper()).status_code == 302


@pytest.mark.parametrize("who", ["chloe"])
def test_other_accounts_are_told_what_they_open(client, who):
    sign_in(client, who)
    assert client.get("/compte/").url == "/partenaire/"
    assert client.get("/compte/mes-acces/").url == "/partenaire/mon-acces/"
    assert client.get("/pro/").status_code == 403


def test_one_comes_back_to_the_page_that_was_asked(client):
    asked = client.get("/pro/?q=1")
    assert asked.status_code == 302
    assert sign_in(client, query="?next=/pro/%3Fq%3D1").url == "/pro/?q=1"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"])
def test_one_never_comes_back_to_another_site(client, elsewhere):
    assert "ailleurs" not in sign_in(client, query=f"?next={elsewhere}").url


def test_the_page_says_that_what_was_written_is_kept(client):
    assert "est gardé" not in client.get(SIGN_IN).content.decode()
    assert "est gardé" in client.get(SIGN_IN + "?next=/pro/&garde=1").content.decode()
    assert "est gardé" in sign_in(client, password="faux", query="?next=/pro/&garde=1").content.decode()


@pytest.mark.parametrize(
    ("who", "password"),
    [("personne@demo.amarre.example", PASSWORD), ("claire", "faux"), ("max", PASSWORD), ("max", "faux")],
)
def test_every_failure_is_answered_alike(who, password):
    reference = body(sign_in(Client(), who="inconnu@exemple.example", password="x"))
    response = sign_in(Client(), who, password)
    assert response.status_code == 200
    assert WRONG in response.content.decode()
    assert body(response) == reference
    assert journal("account.sign_in")[-1][0] == "refused"


def body(response) -> str:
    """The page without what changes each time: the CSRF value and the address that was typed."""
    html = response.content.decode()
    for given in (response.wsgi_request.POST["login"], str(response.context["csrf_token"])):
        html = html.replace(given, "·")
    return html


def test_a_failure_takes_as_long_for_an_account_as_for_nobody():
    """This thread's processor time, best of five. Hashing is nine tenths of it: left out, it shows."""

    def cost(who: str) -> float:
        found = []
        for turn in range(5):
            began = time.thread_time()
            sign_in(Client(), who, "faux", ip=f"192.0.2.{turn + 10}")
            found.append(time.thread_time() - began)
            cache.clear()
        return min(found)

    unknown = cost("inconnu@exemple.example")
    assert 0.7 < cost("claire") / unknown < 1.4
    assert 0.7 < cost("max") / unknown < 1.4


def test_guessing_one_account_is_stopped_from_anywhere():
    for turn in range(5):
        assert WRONG in sign_in(Client(), password="faux", ip=f"192.0.2.{turn}").content.decode()
    locked = sign_in(Client(), ip="198.51.100.7").content.decode()
    assert "trop d’essais" in locked
    assert sign_in(Client(), who="bruno", ip="198.51.100.7").status_code == 302


def test_one_machine_that_tries_many_accounts_is_stopped():
    for turn in range(10):
        sign_in(Client(), who=f"essai{turn}@exemple.example", password="faux")
    assert "trop d’essais" in sign_in(Client(), who="bruno").content.decode()
    assert sign_in(Client(), who="bruno", ip="198.51.100.8").status_code == 302


def test_a_flood_is_answered_by_our_own_page():
    answers = [sign_in(Client(), who=f"flot{turn}@exemple.example", password="x") for turn in range(31)]
    assert answers[-1].status_code == 429
    assert "trop d’essais d’un coup" in answers[-1].content.decode()


def test_a_limit_is_not_washed_away_by_filling_the_cache():
    for turn in range(5):
        sign_in(Client(), password="faux", ip=f"192.0.2.{turn}")
    for turn in range(1_000):
        cache.set(f"remplissage:{turn}", turn)
    assert "trop d’essais" in sign_in(Client(), ip="198.51.100.7").content.decode()


def test_a_session_that_was_handed_over_before_signing_in_is_worth_nothing(client):
    client.get(SIGN_IN)
    client.session.save()
    handed = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    sign_in(client)
    assert client.cookies["sessionid"].value != handed
    stranger = Client()
    stranger.cookies["sessionid"] = handed
    assert stranger.get("/pro/").status_code == 302


def test_signing_out_is_a_form_and_ends_the_session(client):
    sign_in(client)
    key = client.cookies["sessionid"].value
    assert client.get("/compte/deconnexion/").status_code == 200
    assert client.get("/pro/").status_code == 200
    assert client.post("/compte/deconnexion/").url == SIGN_IN
    stranger = Client()
    stranger.cookies["sessionid"] = key
    assert stranger.get("/pro/").status_code == 302
    assert journal("account.sign_out") == [("done", f"accounts_user:{user('claire').pk}")]


def test_a_form_sent_from_elsewhere_is_refused_with_its_own_page():
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict)
    assert response.status_code == 403
    assert "ouverte trop longtemps" in response.content.decode()


def test_cookies_are_closed_to_scripts_and_to_other_sites(client):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_nobody_signs_up(client):
    for path in ("/compte/inscription/", "/accounts/signup/", "/compte/signup/"):
        assert client.get(path).status_code == 404


def test_a_password_is_written_by_signing_in_and_nothing_else():
    with pytest.raises(Exception, match="permission denied"):
        User.objects.filter(email=user("claire").email).update(roles=["service_admin"])
