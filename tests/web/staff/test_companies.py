"""Companies through the staff door: list, page, forms and the import of a file, for each role."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amarre.audit.models import Entry
from amarre.core.actor import MACHINE
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.organisations.commands_import import import_companies
from amarre.organisations.imports import read_companies
from amarre.organisations.models import Company, Establishment
from tests.cast import STAFF, actor, user

pytestmark = pytest.mark.django_db

KNOWN = "732829320"
WILD = Path(__file__).parents[2] / "organisations" / "entreprises.csv"
FILE = (
    "Siret;RAISON SOCIALE;Code postal;Ville\n"
    "55210055400013;Corderie du Môle;93100;Montreuil\n"
    "12345678901234;Voilerie;93100;Montreuil\n"
)


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(user("claire"))
    return client


def known() -> Company:
    claire = actor("claire")
    with acting_as(claire):
        return Company.objects.visible_to(claire).get(siren=KNOWN)


def count(siren: str) -> int:
    claire = actor("claire")
    with acting_as(claire):
        return Company.objects.visible_to(claire).filter(siren=siren).count()


@pytest.mark.parametrize("code", STAFF)
def test_every_staff_member_reads_companies_and_writes_only_if_they_may(client: Client, code: str) -> None:
    client.force_login(user(code))
    pk = known().pk
    listed = client.get(reverse("staff:company_list"))
    opened = client.get(reverse("staff:company", args=[pk]))
    assert listed.status_code == opened.status_code == 200
    assert "Conserverie" in listed.content.decode()
    may = actor(code).has("social_worker", "secretary", "coordinator", "service_admin")
    assert ("Ajouter une entreprise" in listed.content.decode()) is may
    for name in ("company_edit", "establishment_new"):
        assert client.get(reverse(f"staff:{name}", args=[pk])).status_code == (200 if may else 403)
    may_import = actor(code).has("coordinator", "service_admin")
    assert ("Importer un fichier" in listed.content.decode()) is may_import
    assert client.get(reverse("staff:company_import")).status_code == (200 if may_import else 403)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("conserverie", True),
        ("CONSERVERIE montreuil", True),
        ("anse conser", True),
        ("732 829 320", True),
        ("732829320 00074", True),
        ("7328", True),
        ("conserverie nanterre", False),
        ("732829329", False),
        ("%", True),
    ],
)
def test_a_company_is_found_by_name_place_or_number(signed_in: Client, words: str, found: bool) -> None:
    page = signed_in.get(reverse("staff:company_list"), {"q": words}).content.decode()
    assert ("Conserverie" in page) is found


def test_a_company_is_written_with_its_first_workplace(signed_in: Client) -> None:
    sent = {
        "siret": "552 100 554 00013",
        "name": "Corderie du Môle",
        "postcode": "93100",
        "city": "Montreuil",
        "naf": "13.94z",
    }
    answer = signed_in.post(reverse("staff:company_new"), sent, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Corderie du Môle est dans la liste." in page
    assert "1394Z" in page
    assert "Centre de Montreuil" in page


def test_a_wrong_number_is_told_at_its_field(signed_in: Client) -> None:
    answer = signed_in.post(reverse("staff:company_new"), {"siret": "55210055400014", "name": "Corderie"})
    assert answer.status_code == 422
    assert "La clé de ce SIRET n’est pas bonne" in answer.content.decode()
    assert count("552100554") == 0


def test_a_company_that_is_known_is_pointed_at(signed_in: Client) -> None:
    answer = signed_in.post(reverse("staff:company_new"), {"siret": "73282932000074", "name": "Autre"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert reverse("staff:establishment_new", args=[known().pk]) in page


def test_a_workplace_is_closed_and_stays_written(signed_in: Client) -> None:
    claire = actor("claire")
    with acting_as(claire):
        place = Establishment.objects.visible_to(claire).get(siret="73282932000074")
    url = reverse("staff:establishment_edit", args=[place.pk])
    assert signed_in.post(url, {"city": "Montreuil", "postcode": "93100"}).status_code == 302
    page = signed_in.get(reverse("staff:company", args=[known().pk])).content.decode()
    assert "fermé" in page
    assert "732\u202f829\u202f320\u202f00074" in page


def test_a_workplace_is_added_to_its_own_company(signed_in: Client) -> None:
    url = reverse("staff:establishment_new", args=[known().pk])
    wrong = signed_in.post(url, {"siret": "55210055400013"})
    assert wrong.status_code == 422
    assert "il devrait commencer par 732" in wrong.content.decode()
    page = signed_in.post(url, {"siret": "73282932000082", "sign": "Le Séchoir", "city": "Nanterre"}, follow=True)
    assert "Le Séchoir, Nanterre" in page.content.decode()


def test_a_file_too_heavy_for_the_page_is_sent_elsewhere(client: Client) -> None:
    client.force_login(user("alex"))
    answer = client.post(reverse("staff:company_import"), {"file": SimpleUploadedFile("l.csv", b"x" * 5_000_001)})
    assert answer.status_code == 422
    assert "amarre import companies" in answer.content.decode()


def test_the_end_of_a_membership_is_shown(signed_in: Client) -> None:
    url = reverse("staff:company_edit", args=[known().pk])
    assert "N’est plus" not in signed_in.get(reverse("staff:company", args=[known().pk])).content.decode()
    bad = signed_in.post(url, {"name": "Conserverie", "member_since": "2024-01-01", "member_until": "2023-01-01"})
    assert bad.status_code == 422
    signed_in.post(url, {"name": "Conserverie", "member_until": "2024-12-31"})
    assert "N’est plus adhérente" in signed_in.get(reverse("staff:company", args=[known().pk])).content.decode()


def test_a_file_is_tried_then_imported_then_changes_nothing(client: Client) -> None:
    client.force_login(user("marc"))
    sent = SimpleUploadedFile("liste.csv", FILE.encode("cp1252"))
    check = client.post(reverse("staff:company_import"), {"file": sent})
    assert check.status_code == 302
    page = client.get(check["Location"]).content.decode()
    assert "1 à ajouter" in page
    assert "La clé de ce SIRET" in page
    assert count("552100554") == 0, "reading the file writes nothing"
    before = import_lines()
    done = client.post(check["Location"], follow=True)
    assert "1 établissement" in done.content.decode()
    assert count("552100554") == 1
    assert import_lines() == before + 1
    assert client.get(check["Location"]).status_code == 404, "the file is gone"
    again = client.post(reverse("staff:company_import"), {"file": SimpleUploadedFile("l.csv", FILE.encode())})
    page = client.get(again["Location"]).content.decode()
    assert "0 à ajouter, 0 à modifier, 1 déjà à jour" in page


def import_lines() -> int:
    lea = actor("lea")
    with acting_as(lea):
        return Entry.objects.visible_to(lea).filter(verb="company.import").count()


def test_a_file_that_is_no_table_is_refused_with_a_reason(client: Client) -> None:
    client.force_login(user("alex"))
    for content in (b"", b"\x89PNG\r\n\x1a\n", b"nom;prenom\nx;y\n", b"PK\x03\x04broken"):
        sent = SimpleUploadedFile("f", content)
        assert client.post(reverse("staff:company_import"), {"file": sent}).status_code == 422


def test_a_file_kept_aside_is_its_sender_s_alone_and_sealed(client: Client) -> None:
    client.force_login(user("marc"))
    check = client.post(reverse("staff:company_import"), {"file": SimpleUploadedFile("l.csv", FILE.encode())})
    alex = Client()
    alex.force_login(user("alex"))
    assert alex.get(check["Location"]).status_code == 404
    assert alex.post(check["Location"]).status_code == 404
    claire = Client()
    claire.force_login(user("claire"))
    assert claire.get(check["Location"]).status_code == 403
    marc = actor("marc")
    with acting_as(marc):
        assert Draft.objects.visible_to(marc).filter(form="import:companies").count() == 1


def test_a_list_costs_the_same_whatever_its_length(signed_in: Client) -> None:
    url = reverse("staff:company_list")
    signed_in.get(url)
    with CaptureQueriesContext(connection) as few:
        signed_in.get(url)
    with acting_as(MACHINE):
        import_companies(actor=MACHINE, table=read_companies(WILD.read_bytes()))
    with CaptureQueriesContext(connection) as more:
        assert "CORDERIE DU MOLE" in signed_in.get(url).content.decode()
    assert len(more) == len(few) <= 14
