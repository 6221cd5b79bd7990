"""People through the staff door: look first, write once, never tell that a case exists."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from amarre.audit.models import Entry
from amarre.core.scope import acting_as
from amarre.organisations.models import Establishment
from amarre.people.models import Job, Person
from tests.cast import STAFF, actor, user
from tests.rows import CANARIES, INES_CASE

pytestmark = pytest.mark.django_db

WRITERS = ("social_worker", "secretary", "coordinator")


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(user("sophie"))
    return client


def person(name: str = "Benali") -> Person:
    sophie = actor("sophie")
    with acting_as(sophie):
        return Person.objects.visible_to(sophie).get(last_name=name)


def people(name: str) -> int:
    sophie = actor("sophie")
    with acting_as(sophie):
        return Person.objects.visible_to(sophie).filter(last_name=name).count()


def workplace() -> Establishment:
    sophie = actor("sophie")
    with acting_as(sophie):
        return Establishment.objects.visible_to(sophie).get(siret="73282932000074")


def words(page: bytes) -> str:
    """What the page itself says: without its frame."""
    return re.sub(r"<[^>]+>", " ", page.decode().partition("<main")[2])


@pytest.mark.parametrize("code", STAFF)
def test_every_staff_member_reads_identity_and_some_write_it(client: Client, code: str) -> None:
    client.force_login(user(code))
    pk = person().pk
    page = client.get(reverse("staff:person", args=[pk]))
    found = client.get(reverse("staff:person_list"), {"q": "benali"})
    assert page.status_code == found.status_code == 200
    assert "Benali Inès" in found.content.decode()
    may = actor(code).has(*WRITERS)
    assert ("Ajouter un poste" in page.content.decode()) is may
    for address in (
        reverse("staff:person_new"),
        reverse("staff:person_edit", args=[pk]),
        reverse("staff:job_new", args=[pk]),
    ):
        assert client.get(address).status_code == (200 if may else 403)
        assert client.post(address, {"last_name": ""}).status_code == (
            403 if not may else 200 if "poste" in address else 422
        )


@pytest.mark.parametrize("code", STAFF)
def test_no_page_about_somebody_tells_that_a_case_exists(client: Client, code: str) -> None:
    """Inès is accompanied, Rosa is not: the two pages differ by what they are called, and by nothing else."""
    client.force_login(user(code))
    said = []
    for name in ("Benali", "Lemoine"):
        one = person(name)
        page = words(client.get(reverse("staff:person", args=[one.pk])).content)
        listed = words(client.get(reverse("staff:person_list"), {"q": name}).content)
        for secret in (*CANARIES, INES_CASE, "dossier", "référent", "accompagn", "suivi"):
            assert secret not in page.lower() + listed.lower() or (secret == "suivi" and "suivant" in page)
        said.append(len(re.findall(r"\w+", page)))
    assert abs(said[0] - said[1]) <= 8, "« ne pas appeler » twice, and nothing more"


def test_warnings_stand_under_the_name_and_the_number_is_not_dialled(signed_in: Client) -> None:
    page = signed_in.get(reverse("staff:person", args=[person().pk])).content.decode()
    head = page[page.index("<h1") : page.index("</header>", page.index("<h1"))]
    assert "Ne pas appeler" in head
    assert "tel:" not in page[page.index("<h1") :]
    other = signed_in.get(reverse("staff:person", args=[person("Lemoine").pk])).content.decode()
    assert "tel:0600000104" in other or "tel:+33600000104" in other


def test_every_warning_is_a_word(signed_in: Client) -> None:
    url = reverse("staff:person_edit", args=[person("Lemoine").pk])
    sent = {
        "last_name": "Lemoine",
        "first_name": "Rosa",
        "phone": "06 00 00 01 04",
        "channel": "sms",
        "birth_date": "1980-02-29",
        "channel_note": "après 17 h",
        "language": "portugais",
        "interpreter": "on",
        "legal_representative": "Mme Lantier",
    }
    page = words(signed_in.post(url, sent, follow=True).content)
    for warning in (
        "après 17 h",
        "Préfère\u00a0: SMS",
        "Interprète\u00a0: portugais",
        "Représentant légal\u00a0: Mme Lantier",
        "ans",
    ):
        assert warning in page
    signed_in.post(url, {**sent, "interpreter": "", "channel": ""})
    page = words(signed_in.get(reverse("staff:person", args=[person("Lemoine").pk])).content)
    assert "Langue\u00a0: portugais" in page
    assert "Interprète" not in page
    listed = words(signed_in.get(reverse("staff:person_list"), {"q": "lemoine"}).content)
    assert "né(e) en 1980 · Conserverie" in listed.replace("&#x27;", "'")


def test_what_is_read_is_written_down(signed_in: Client) -> None:
    signed_in.get(reverse("staff:person", args=[person().pk]))
    signed_in.get(reverse("staff:person_list"), {"q": "benali"})
    lea = actor("lea")
    with acting_as(lea):
        read = Entry.objects.visible_to(lea).filter(outcome="read", verb__startswith="person.").order_by("id")
        assert [(e.verb, e.person_id, e.count) for e in read] == [
            ("person.read", person().pk, None),
            ("person.list", None, 1),
        ]


def test_one_looks_before_one_writes(signed_in: Client) -> None:
    empty = signed_in.get(reverse("staff:person_list")).content.decode()
    assert "Qui cherchez-vous" in empty
    assert reverse("staff:person_new") not in empty
    nobody = signed_in.get(reverse("staff:person_list"), {"q": "Quimper Aël"}).content.decode()
    assert "last_name=Quimper&amp;first_name=A%C3%ABl" in nobody
    for words_, field in (("06 11 22 33 44", "phone=06"), ("a@b.example", "email=a%40b.example")):
        page = signed_in.get(reverse("staff:person_list"), {"q": words_}).content.decode()
        assert f"?{field}" in page


def test_somebody_new_is_written_down(signed_in: Client) -> None:
    sent = {"last_name": "Quimper", "first_name": "Aël", "phone": "06 11 22 33 44", "do_not_call": "on"}
    page = signed_in.post(reverse("staff:person_new"), sent, follow=True).content.decode()
    assert "La fiche est créée." in page
    assert "Ne pas appeler" in page
    assert "Aucun poste connu" in page


def test_somebody_known_is_shown_before_they_are_written_twice(signed_in: Client) -> None:
    sent = {"last_name": "Benaly", "first_name": "Ines"}
    first = signed_in.post(reverse("staff:person_new"), sent)
    page = first.content.decode()
    assert first.status_code == 422
    assert "Cette personne est peut-être déjà connue" in page
    assert "Conserverie de l&#x27;Anse, Montreuil" in page
    assert "nom très proche" in page
    assert people("Benaly") == 0
    assert signed_in.post(reverse("staff:person_new"), {**sent, "another": "on"}).status_code == 302
    assert people("Benaly") == 1


def test_a_contradiction_is_told(signed_in: Client) -> None:
    sent = {"last_name": "Quimper", "phone": "0611223344", "channel": "phone", "do_not_call": "on"}
    refused = signed_in.post(reverse("staff:person_new"), sent)
    assert refused.status_code == 422
    assert "se contredisent" in refused.content.decode()
    assert people("Quimper") == 0


def test_a_colleague_s_correction_is_shown_not_overwritten(signed_in: Client) -> None:
    url = reverse("staff:person_edit", args=[person("Lemoine").pk])
    version = re.search(r'name="version" value="(\w+)"', signed_in.get(url).content.decode())
    assert version
    mine = {"last_name": "Lemoine", "first_name": "Rosa", "phone": "06 00 00 01 04", "version": version[1]}
    bruno = Client()
    bruno.force_login(user("bruno"))
    bruno.post(url, {**mine, "do_not_call": "on", "channel_note": "après 17 h"})
    answer = signed_in.post(url, {**mine, "city": "Pantin"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ce qu’un collègue a enregistré entre-temps" in page
    assert "après 17 h" in page
    assert 'value="Pantin"' in page, "what I typed is still there"
    assert person("Lemoine").do_not_call
    fresh = re.search(r'name="version" value="(\w+)"', page)
    assert fresh
    assert fresh[1] != version[1]
    assert signed_in.post(url, {**mine, "city": "Pantin", "version": fresh[1], "do_not_call": "on"}).status_code == 302
    assert person("Lemoine").city == "Pantin"


def test_a_job_is_added_in_two_pages_without_a_script(signed_in: Client) -> None:
    signed_in.post(reverse("staff:person_new"), {"last_name": "Quimper"})
    url = reverse("staff:job_new", args=[person("Quimper").pk])
    assert "Cherchez l’établissement" in signed_in.get(url).content.decode()
    assert "Aucun établissement" in signed_in.get(url, {"q": "xyzzy"}).content.decode()
    chosen = re.search(r"\?etablissement=(\d+)", signed_in.get(url, {"q": "conserverie"}).content.decode())
    assert chosen
    assert signed_in.get(url, {"etablissement": chosen[1]}).status_code == 200
    sent = {"etablissement": chosen[1], "title": "Saleuse", "contract": "CDD", "since": "2024-03-01"}
    page = signed_in.post(url, sent, follow=True).content.decode()
    assert "Saleuse" in page
    assert "depuis 03/2024" in page
    twice = signed_in.post(url, sent)
    assert twice.status_code == 422
    assert "déjà sur la fiche" in twice.content.decode()
    assert signed_in.get(url, {"etablissement": "1"}).status_code == 404


def test_a_job_ends(signed_in: Client) -> None:
    sophie = actor("sophie")
    with acting_as(sophie):
        job = Job.objects.visible_to(sophie).get(person=person())
    url = reverse("staff:job_edit", args=[job.pk])
    assert signed_in.post(url, {"since": "2025-03-03", "until": "2024-01-01"}).status_code == 422
    page = signed_in.post(url, {"title": job.title, "since": "2025-03-03", "until": "2025-06-30"}, follow=True)
    assert "03/2025 à 06/2025" in page.content.decode()


@pytest.mark.parametrize(
    ("code", "sees_case"),
    [("claire", True), ("bruno", True), ("nadia", False), ("theo", False), ("sophie", False), ("marc", False)],
)
def test_the_top_bar_finds_people_companies_and_my_cases_alone(client: Client, code: str, sees_case: bool) -> None:
    client.force_login(user(code))
    page = words(client.get(reverse("staff:search"), {"q": "benali"}).content)
    assert "Benali Inès" in page
    assert (INES_CASE in page) is sees_case
    by_number = words(client.get(reverse("staff:search"), {"q": INES_CASE}).content)
    assert ("Inès Benali" in by_number) is sees_case
    assert "Conserverie" in words(client.get(reverse("staff:search"), {"q": "conserverie"}).content)
    assert "Rien" in words(client.get(reverse("staff:search"), {"q": "xyzzyq"}).content)
    assert "Que cherchez-vous" in words(client.get(reverse("staff:search")).content)


def test_none_and_forbidden_answer_alike(client: Client) -> None:
    """A case of somebody else and a case that does not exist give the same page."""
    client.force_login(user("nadia"))
    theirs = client.get(reverse("staff:search"), {"q": INES_CASE}).content.decode()
    nobody = client.get(reverse("staff:search"), {"q": "D-2099-9999"}).content.decode()
    assert words(theirs.replace(INES_CASE, "").encode()) == words(nobody.replace("D-2099-9999", "").encode())
