"""The directory through the staff door: search, sheets, contacts, imports; and nothing about anybody in an address."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amarre.accounts.models import User
from amarre.cases.models import Case, Situation
from amarre.core import commands
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.directory.models import PartnerContact, Structure
from amarre.directory.needs import needs
from amarre.plans.models import Need
from amarre.web.staff.directory.words import hours
from tests.cast import actor, as_owner, user
from tests.directory.files import workbook
from tests.rows import INES_CASE
from tests.trios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire(client: Client) -> Client:
    client.force_login(user("claire"))
    return client


def ines_case() -> Case:
    """Inès's case, with problems that the directory answers, and a need of her plan."""
    with as_owner(), commands.loading():
        case = Case.objects.select_related("person").get(number=INES_CASE)
        Situation.objects.filter(case=case).update(main_problem="HEALTH_WORK", problems=["HEALTH_WORK", "BUDGET"])
        need = Need.objects.get(plan__case=case)
        need.problem = "HOUSING"
        need.save()
    return case


def test_the_links_of_a_case_to_the_directory_hold_the_code_of_a_need_and_nothing_else(claire: Client) -> None:
    case = ines_case()
    text = claire.get(reverse("staff:case_directory", args=[case.pk])).content.decode()
    assert "Cap emploi d’essai" in text
    assert "Logement" in text, "the need of the plan counts too"
    links = [urlsplit(link) for link in re.findall(r'(?:href|action)="([^"]+)"', text.replace("&amp;", "&"))]
    out = [link for link in links if link.path.startswith("/pro/annuaire/")]
    searches = [parse_qs(link.query) for link in out if link.query]
    assert [list(asked) for asked in searches] == [["besoin"]] * 3
    assert {asked["besoin"][0] for asked in searches} == {"HEALTH_WORK", "BUDGET", "HOUSING"} <= set(needs())
    assert case.person is not None
    secret = (str(case.pk), case.number, str(case.person.pk), "Benali", "In%C3%A8s", "canari")
    for link in out:
        assert not [word for word in secret if word in link.geturl()], link
    for asked in out:
        answer = claire.get(asked.geturl())
        assert answer.status_code == 200
        assert "Benali" not in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "same-origin", "another site never learns where one came from"


def test_the_sheet_that_is_handed_over_says_what_one_needs_and_nothing_of_anybody(claire: Client) -> None:
    world = World()
    page = claire.get(reverse("staff:directory_structure", args=[world.structure().pk]) + "?imprimer").content.decode()
    for said in ("Cap emploi d’essai", "Rester en emploi", "Gratuit", "01 99 00 20 01", "Source", "Mise à jour"):
        assert said in page, said
    for not_said in ("Chloé", "chloe@", "Claire", "Kermadec", "<form"):
        assert not_said not in page, not_said
    old = claire.get(reverse("staff:directory_structure", args=[world.structure("Point conseil d’essai").pk]))
    assert "à vérifier" in old.content.decode()
    assert (
        "à vérifier"
        not in claire.get(reverse("staff:directory_structure", args=[world.structure().pk]))
        .content.decode()
        .split("Qui l’on y connaît")[0]
    )


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("", "Point conseil d’essai", "Ancienne adresse"),
        ("?besoin=BUDGET", "Point conseil d’essai", "Cap emploi d’essai"),
        ("?besoin=inconnu&public=x&theme=y&distance=7", "Cap emploi d’essai", "Ancienne adresse"),
        ("?lieu=Montreuil", "moins d’1", "CCAS d’essai"),
        ("?lieu=Nulle-Part", "n’est pas dans l’annuaire", "Cap emploi d’essai"),
        ("?retirees=oui", "Ancienne adresse", "CCAS d’essai"),
        ("?q=zzz", "Aucune structure ne répond", "CCAS d’essai"),
    ],
)
def test_a_search_finds_says_and_hides(claire: Client, query: str, there: str, absent: str) -> None:
    text = claire.get(reverse("staff:directory") + query).content.decode()
    assert there in text
    assert absent not in text


def test_a_page_of_results_costs_the_same_whatever_it_shows(claire: Client) -> None:
    costs = []
    address = reverse("staff:directory") + "?lieu=Montreuil&besoin=ADDICTION&public=actifs"
    for many in (0, 40):
        with as_owner(), commands.loading():
            for number in range(many):
                row = Structure(source="port", source_id=str(number), name=f"Halte {number}", kind="CSAPA",
                                city="Montreuil", postcode="93100")  # fmt: skip
                row.refresh()
                row.save()
        with CaptureQueriesContext(
            connection,
        ) as said:
            assert claire.get(address).status_code == 200
        costs.append(len(said))
    assert costs[1] <= costs[0] + 1


def test_a_file_is_tried_then_imported_and_its_mistakes_stay_readable(client: Client) -> None:
    client.force_login(user("alex"))
    sent = SimpleUploadedFile("port.xlsx", workbook())
    form = {"file": sent, "layout": "inclusion", "source": "Les Essais", "whole": ""}
    answer = client.post(reverse("staff:directory_import"), form)
    assert answer.status_code == 302
    tried = client.get(answer["Location"]).content.decode()
    for said in ("pas une adresse", "louer-un-appartement", "2 à ajouter", "les-essais"):
        assert said in tried, said
    with as_owner():
        assert not Structure.objects.filter(source="les-essais").exists(), "nothing was written"
    assert client.post(answer["Location"], {"oui": "1"}).status_code == 302
    with as_owner():
        assert Structure.objects.filter(source="les-essais").count() == 2
        assert not Draft.objects.filter(form="import:directory").exists()
    assert client.get(answer["Location"]).status_code == 404, "the file is gone"
    home = client.get(reverse("staff:directory_import")).content.decode()
    (address,) = set(re.findall(r'href="(/pro/annuaire/imports/\d+/)"', home)) - {_old_run()}
    assert "pas une adresse" in client.get(address).content.decode()
    bad = {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n"), "layout": "finess"}
    refused = client.post(reverse("staff:directory_import"), bad)
    assert refused.status_code == 422
    assert "structureet" in refused.content.decode()


def _old_run() -> str:
    return reverse("staff:directory_run", args=[World().run().pk])


def test_a_regular_partner_is_verified_then_given_an_account_by_the_service_admin(client: Client) -> None:
    contact = World().contact("Désiré Fontanel")
    client.force_login(user("claire"))
    address = reverse("staff:directory_contact_invite", args=[contact.pk])
    assert client.post(address).status_code == 403
    client.force_login(user("alex"))
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 422, "one account each"
    with as_owner():
        contact = PartnerContact.objects.get(pk=contact.pk)
        account = User.objects.get(email="desire@ccas.example")
        assert (account.kind, account.roles, contact.user_id) == ("partner", [], account.pk)
        assert contact.invited_by_id == user("alex").pk
    who = account.actor()
    with acting_as(who):
        assert [s.name for s in Structure.objects.visible_to(who)] == ["CCAS d’essai"]


def test_nobody_ties_an_account_to_a_contact_by_hand() -> None:
    contact = World().contact("Désiré Fontanel")
    for code, account in (("claire", "chloe"), ("alex", "ines")):
        with acting_as(actor(code)), connection.cursor() as cursor:
            cursor.execute("select tie_partner_account(%s, %s)", [contact.pk, user(account).pk])
            assert cursor.fetchone()[0] is False, code


def test_a_new_structure_is_found_at_once_and_its_form_keeps_what_was_typed(claire: Client) -> None:
    form = {"name": "Mission du Port", "kind": "ASSOCIATION", "city": "Montreuil", "postcode": "93100"}
    bad = claire.post(reverse("staff:directory_structure_new"), form | {"postcode": "9"})
    assert bad.status_code == 422
    assert "Mission du Port" in bad.content.decode()
    answer = claire.post(reverse("staff:directory_structure_new"), form)
    assert answer.status_code == 302
    assert "Mission du Port" in claire.get(reverse("staff:directory") + "?lieu=93100&q=mission").content.decode()
    service = {"name": "Permanence", "themes": ["famille--garde-denfants"], "publics": ["familles"], "cost": "gratuit"}
    assert claire.post(answer["Location"] + "service/", service).status_code == 302
    found = claire.get(reverse("staff:directory") + "?besoin=FAMILY&public=familles").content.decode()
    assert "Mission du Port" in found


@pytest.mark.parametrize(
    ("osm", "french"),
    [
        ("Mo-Fr 09:00-18:00", "du lundi au vendredi\u00a0: 9\u00a0h\u00a0–\u00a018\u00a0h"),
        ("Tu,Th 10:30-12:00,14:00-16:00; PH off",
         "le mardi, le jeudi\u00a0: 10\u00a0h\u00a030\u00a0–\u00a012\u00a0h et 14\u00a0h\u00a0–\u00a016\u00a0h\u202f; "
         "fermé les jours fériés"),
        ("Su off", "le dimanche\u00a0: fermé"),
        ("24/7", "24/7"),
        ("sur rendez-vous", "sur rendez-vous"),
        ("", ""),
    ],
)  # fmt: skip
def test_opening_hours_are_said_in_french_or_left_as_they_are(osm: str, french: str) -> None:
    assert hours(osm) == french
