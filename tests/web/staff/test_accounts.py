"""The accounts' pages are the service admin's; « Mes accès » is everybody's, in plain words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amarre.accounts.models import Posting, User
from amarre.accounts.roles import ROLES
from tests.accounts.test_commands import centres_of, invite
from tests.cast import CAST, STAFF, as_owner, user
from tests.core.test_jobs import queued

pytestmark = pytest.mark.django_db

ACTS = ("account_resend", "account_disable", "account_enable", "account_second_factor")


def signed_in(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


@pytest.fixture
def alex() -> Client:
    return signed_in("alex")


def page_of(code: str, name: str = "account_edit") -> str:
    return reverse(f"staff:{name}", args=[user(code).pk])


@pytest.mark.parametrize("code", [c for c in STAFF if c != "alex"])
def test_nobody_else_opens_a_page_or_does_an_act(code):
    client = signed_in(code)
    for name in ("account_list", "account_invite"):
        assert client.get(reverse(f"staff:{name}")).status_code == 403
    for there in (page_of("nora"), "/pro/comptes/1/"):
        assert client.get(there).status_code == 403
    assert client.post(reverse("staff:account_invite"), {"email": "x@exemple.example"}).status_code == 403
    for name in ACTS:
        assert client.post(page_of("nora", name)).status_code == 403
    assert "Comptes</a>" not in client.get("/pro/mes-acces/").content.decode()


def test_an_account_that_is_not_there_is_missing(alex):
    assert alex.get("/pro/comptes/1/").status_code == 404
    assert alex.post("/pro/comptes/1/desactiver/").status_code == 404


def test_the_list_is_read_in_the_same_number_of_statements_whatever_its_length(alex):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert alex.get("/pro/comptes/").status_code == 200
        return len([q for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    alex.get("/pro/comptes/")
    few = statements()
    with as_owner():
        User.objects.bulk_create(
            [User(email=f"nombre{n}@exemple.example", name=f"Nombre {n}", roles=["health_team"]) for n in range(40)]
        )
    assert statements() == few
    assert few <= 10, few


def test_the_list_is_searched_by_words_and_state(alex):
    html = alex.get("/pro/comptes/?q=kermadec").content.decode()
    assert "Claire Kermadec" in html
    assert "Nadia Ferhat" not in html
    assert "Max Parti" in alex.get("/pro/comptes/?etat=disabled").content.decode()
    assert "Aucun compte ne correspond" in alex.get("/pro/comptes/?q=introuvable").content.decode()


def test_somebody_is_invited_from_the_page(alex):
    place = Posting.objects.filter(user=user("claire")).values_list("centre_id", flat=True)[0]
    said = {"name": "Nour Arvel", "email": "nour@exemple.example", "user_roles": ["secretary"], "centres": [place]}
    response = alex.post("/pro/comptes/inviter/", said)
    assert response.url == "/pro/comptes/"
    assert queued() == [("accounts.send_invitation",)]
    assert "invitation envoyée" in alex.get("/pro/comptes/?q=nour").content.decode()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"email": "claire@demo.amarre.example"}, "déjà cette adresse"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"user_roles": ["secretary"]}, "au moins un centre"),
        ({"user_roles": ["root"]}, "choix"),
        ({"centres": ["7"]}, "choix"),
    ],
)
def test_an_invitation_that_makes_no_sense_comes_back(alex, changed, why):
    said = {"name": "Nour", "email": "nour@exemple.example", "user_roles": ["health_team"], **changed}
    response = alex.post("/pro/comptes/inviter/", said)
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not User.objects.filter(email="nour@exemple.example").exists()


def test_rights_are_changed_together_or_not_at_all(alex):
    with as_owner():
        place = Posting.objects.exclude(user=user("claire")).filter(centre__name="Centre de Nanterre")[0].centre_id
    said = {"name": "Claire Arvor", "user_roles": ["secretary"], "centres": [place]}
    assert alex.post(page_of("claire"), said).status_code == 302
    assert (user("claire").name, user("claire").roles) == ("Claire Arvor", ["secretary"])
    assert centres_of("claire") == {"Centre de Nanterre"}
    refused = alex.post(page_of("claire"), {"name": "Autre", "user_roles": ["coordinator"], "centres": []})
    assert refused.status_code == 422
    assert "au moins un centre" in refused.content.decode()
    assert (user("claire").name, user("claire").roles) == ("Claire Arvor", ["secretary"])


def test_ones_own_account_shows_no_form_and_takes_no_act(alex):
    html = alex.get(page_of("alex")).content.decode()
    assert "C’est votre compte" in html
    assert "Désactiver le compte" not in html
    assert alex.post(page_of("alex"), {"name": "Moi", "user_roles": ["social_worker"]}).status_code == 403
    for name in ACTS:
        assert alex.post(page_of("alex", name)).status_code == 403
    assert user("alex").roles == ["service_admin"]


def test_an_account_is_closed_and_opened_again(alex):
    assert alex.post(page_of("claire", "account_disable")).url == page_of("claire")
    assert "désactivé" in alex.get(page_of("claire")).content.decode()
    again = alex.post(page_of("claire", "account_disable"))
    assert again.status_code == 422
    assert "déjà désactivé" in again.content.decode()
    alex.post(page_of("claire", "account_enable"))
    assert user("claire").is_active


def test_acts_are_posts(alex):
    for name in ACTS:
        assert alex.get(page_of("claire", name)).status_code == 405


def test_an_invitation_is_sent_again_from_the_page(alex):
    made = invite()
    alex.post(reverse("staff:account_resend", args=[made.pk]))
    assert len(queued()) == 2


@pytest.mark.parametrize("code", STAFF)
def test_my_access_says_my_roles_in_sentences_and_no_other(code):
    html = signed_in(code).get("/pro/mes-acces/").content.decode()
    for role in ROLES.values():
        said = role.may[0] in html.replace("&#x27;", "'")
        assert said == (role.code in user(code).roles), role.code
    for centre in centres_of(code):
        assert centre in html
    assert 'href="/compte/mot-de-passe/"' in html
    assert 'href="/compte/second-facteur/"' in html


@pytest.mark.parametrize("code", [p.code for p in CAST if p.kind != "staff"])
def test_others_have_no_page_inside(code):
    assert signed_in(code).get("/pro/mes-acces/").status_code == 403
