"""The settings through the staff door: who may open them, and what each page does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.core.scope import acting_as
from amarre.organisations.models import Centre, Commune, CrisisNumber, Term
from tests.cast import STAFF, actor, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(user("alex"))
    return client


def row(model: type, **wanted: object) -> object:
    alex = actor("alex")
    with acting_as(alex):
        return model.objects.visible_to(alex).get(**wanted)


def pk(model: type, **wanted: object) -> int:
    return int(row(model, **wanted).pk)


def term() -> int:
    return pk(Term, vocabulary="place", code="HOME")


def number() -> int:
    return pk(CrisisNumber, number="3114")


def centre() -> int:
    return pk(Centre, name="Centre de Créteil")


ADMIN: list[Callable[[], str]] = [
    lambda: reverse("staff:centre_list"),
    lambda: reverse("staff:centre_new"),
    lambda: reverse("staff:centre", args=[centre()]),
    lambda: reverse("staff:centre_edit", args=[centre()]),
    lambda: reverse("staff:vocabulary", args=["problem"]),
    lambda: reverse("staff:term_edit", args=[term()]),
]
KEEPER: list[Callable[[], str]] = [
    lambda: reverse("staff:settings"),
    lambda: reverse("staff:settings_numbers"),
    lambda: reverse("staff:settings_number_edit", args=[number()]),
]
POSTED: list[Callable[[], str]] = [
    lambda: reverse("staff:term_move", args=[term()]),
    lambda: reverse("staff:centre_default", args=[centre()]),
    lambda: reverse("staff:centre_commune_remove", args=[pk(Commune, name="Nanterre")]),
    lambda: reverse("staff:settings_number_check", args=[number()]),
    lambda: reverse("staff:settings_number_move", args=[number()]),
]


@pytest.mark.parametrize("code", STAFF)
def test_settings_are_the_admin_s_and_numbers_the_coordinator_s_too(client: Client, code: str) -> None:
    client.force_login(user(code))
    admin, keeper = code == "alex", code in {"alex", "marc"}
    assert [client.get(address()).status_code for address in ADMIN] == [200 if admin else 403] * len(ADMIN)
    assert [client.get(address()).status_code for address in KEEPER] == [200 if keeper else 403] * len(KEEPER)
    for address in POSTED:
        url = address()
        assert client.get(url).status_code == 405
        may = keeper if "numeros" in url else admin
        assert client.post(url).status_code == (302 if may else 403), url
    if keeper:
        assert ("Listes de mots" in client.get(reverse("staff:settings")).content.decode()) is admin


def test_what_does_not_exist_is_not_found(admin: Client) -> None:
    for name in ("centre", "centre_edit", "term_edit", "settings_number_edit"):
        assert admin.get(reverse(f"staff:{name}", args=[1])).status_code == 404
    for name in (
        "term_move",
        "centre_default",
        "centre_commune_remove",
        "settings_number_check",
        "settings_number_move",
    ):
        assert admin.post(reverse(f"staff:{name}", args=[1])).status_code == 404
    assert admin.get(reverse("staff:vocabulary", args=["nothing"])).status_code == 404


def test_a_centre_is_opened_and_told_where_it_answers(admin: Client) -> None:
    sent = {"name": "Centre de Bobigny", "phone": "01 99 00 10 09", "postcode": "93000", "city": "Bobigny"}
    assert admin.post(reverse("staff:centre_new"), {**sent, "postcode": "93"}).status_code == 422
    assert admin.post(reverse("staff:centre_new"), {**sent, "name": "Centre de Créteil"}).status_code == 422
    page = admin.post(reverse("staff:centre_new"), sent, follow=True)
    assert "Aucun secteur encore" in page.content.decode()
    url = page.redirect_chain[-1][0]
    assert admin.post(url, {"name": "", "postcode": ""}).status_code == 422
    assert admin.post(url, {"name": "Nanterre", "postcode": "92000"}).status_code == 422
    page = admin.post(url, {"name": "Drancy", "postcode": "93700"}, follow=True).content.decode()
    assert "Drancy" in page
    removal = re.search(r'action="([^"]+/retirer/)"', page)
    assert removal
    assert "Drancy" not in admin.post(removal[1], follow=True).content.decode().partition("Où il répond")[2]


def test_a_centre_is_closed_unless_it_receives_what_has_none(admin: Client) -> None:
    default = pk(Centre, name="Centre de Montreuil")
    url = reverse("staff:centre_edit", args=[default])
    refused = admin.post(url, {"name": "Centre de Montreuil", "phone": "01"})
    assert refused.status_code == 422
    assert "choisissez-en un autre" in refused.content.decode()
    admin.post(reverse("staff:centre_default", args=[centre()]))
    assert admin.post(url, {"name": "Centre de Montreuil", "phone": "01"}).status_code == 302
    listed = admin.get(reverse("staff:centre_list")).content.decode()
    assert "fermé" in listed
    closed = admin.post(reverse("staff:centre_default", args=[default]), follow=True).content.decode()
    assert "Un centre fermé ne peut rien recevoir." in closed


def test_a_word_is_added_reworded_moved_and_closed(admin: Client) -> None:
    url = reverse("staff:vocabulary", args=["place"])
    assert admin.post(url, {"label": "Au domicile"}).status_code == 422
    page = admin.post(url, {"label": "Sur le quai", "help": "Dehors"}, follow=True).content.decode()
    assert "Sur le quai" in page
    edit = reverse("staff:term_edit", args=[term()])
    assert "HOME" in admin.get(edit).content.decode()
    page = admin.post(edit, {"label": "Chez la personne"}, follow=True).content.decode()
    assert "Chez la personne" in page
    assert "plus proposé" in page
    before = row(Term, pk=term()).position
    admin.post(reverse("staff:term_move", args=[term()]), {"sens": "haut"})
    assert row(Term, pk=term()).position < before
    admin.post(reverse("staff:term_move", args=[term()]), {"sens": "bas"})
    assert row(Term, pk=term()).position == before


def test_a_list_that_the_public_reads_says_so(admin: Client) -> None:
    neutral = admin.get(reverse("staff:vocabulary", args=["employer_reason"])).content.decode()
    assert "Des motifs neutres" in neutral
    assert "première personne" in admin.get(reverse("staff:vocabulary", args=["employee_reason"])).content.decode()
    assert "notice" not in admin.get(reverse("staff:vocabulary", args=["place"])).content.decode()


def test_a_number_is_to_be_checked_until_somebody_did(client: Client) -> None:
    client.force_login(user("marc"))
    url = reverse("staff:settings_numbers")
    assert "à vérifier" in client.get(url).content.decode()
    page = client.post(reverse("staff:settings_number_check", args=[number()]), follow=True).content.decode()
    assert "3114\u00a0: vérifié aujourd’hui." in page
    assert row(CrisisNumber, pk=number()).checked_on == timezone.localdate()
    pk_ = number()
    edit = reverse("staff:settings_number_edit", args=[pk_])
    assert client.post(edit, {"number": "112", "label": "X"}).status_code == 422
    client.post(edit, {"number": "31 15", "label": "Écoute", "active": "on"})
    assert row(CrisisNumber, pk=pk_).checked_on is None
    assert client.post(url, {"number": "abc", "label": "X"}).status_code == 422
    assert "39 66" in client.post(url, {"number": "39 66", "label": "Essai"}, follow=True).content.decode()
