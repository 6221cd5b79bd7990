"""Who to call now, one click from a case or a request; what was done is kept in the case, and nowhere else."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.audit.models import Entry
from amarre.cases.models import Case, Note
from amarre.core.commands import loading
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.intake.models import Solicitation
from amarre.organisations.models import CrisisNumber, Term
from tests.cast import STAFF, actor, as_owner, user
from tests.rows import CANARIES, CLOSED_CASE, INES_CASE, YANIS_CASE

pytestmark = pytest.mark.django_db


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def case_page(number: str) -> str:
    with as_owner():
        return reverse("staff:crisis_for_case", args=[Case.objects.get(number=number).pk])


def request_page(**wanted: object) -> str:
    with as_owner():
        row = Solicitation.objects.filter(**wanted).order_by("reference").first()
    assert row is not None
    return reverse("staff:crisis_for_request", args=[row.pk])


def signed_in(client: Client, code: str) -> Client:
    client.force_login(user(code))
    return client


def notes_of(code: str) -> list[Note]:
    who = actor(code)
    with acting_as(who):
        return list(Note.objects.visible_to(who).filter(kind="crisis"))


@pytest.mark.parametrize("code", STAFF)
def test_everybody_of_the_service_knows_who_to_call(client: Client, code: str) -> None:
    response = signed_in(client, code).get(reverse("staff:crisis"))
    page = text_of(response)
    assert response.status_code == 200
    assert 'href="tel:3114"' in page
    assert 'href="tel:+33980980930"' in page
    assert "Restez avec la personne" in page
    assert "à vérifier" in page
    assert "00 33" not in page, "a number taken off the list"
    assert [canary for canary in CANARIES if canary in page] == []
    assert "<textarea" not in page
    assert ("Tenir ces numéros à jour" in page) is (code in ("marc", "alex"))


def test_the_day_of_check_is_shown_and_the_service_s_own_words(client: Client) -> None:
    with as_owner(), loading():
        CrisisNumber.objects.filter(number="3114").update(checked_on=date(2026, 9, 14))
        Term.objects.filter(vocabulary="crisis_step", code="STAY").update(label="Asseyez-vous avec elle")
        Term.objects.filter(vocabulary="crisis_step", code="DEBRIEF").update(active=False)
    page = text_of(signed_in(client, "claire").get(reverse("staff:crisis")))
    assert "vérifié le 14 septembre 2026" in page
    assert "Asseyez-vous avec elle" in page
    assert "Restez avec la personne" not in page
    assert "Parlez-en à quelqu" not in page


def test_an_emptied_protocol_still_gives_a_number(client: Client) -> None:
    with as_owner(), loading():
        CrisisNumber.objects.update(active=False)
        Term.objects.filter(vocabulary="crisis_step").update(active=False)
    page = text_of(signed_in(client, "nora").get(reverse("staff:crisis")))
    assert 'href="tel:112"' in page
    assert "n’a pas encore écrit ses étapes" in page


@pytest.mark.parametrize("code", sorted(set(STAFF) - {"claire", "bruno", "zoe"}))
def test_the_page_of_a_case_is_its_members_alone(client: Client, code: str) -> None:
    url = case_page(INES_CASE)
    signed_in(client, code)
    assert client.get(url).status_code == 404
    assert client.post(url, {"done": "canari", "on": "2026-01-05"}).status_code == 404
    assert notes_of("claire") == []


def test_a_member_sees_how_to_find_the_person_and_it_is_written_down(client: Client) -> None:
    page = text_of(signed_in(client, "zoe").get(case_page(INES_CASE)))
    assert all(words in page for words in ("Inès Benali", "Ne pas appeler", "canari-consigne-ines", INES_CASE))
    assert "canari-note-ines" not in page
    with as_owner():
        line = Entry.objects.filter(verb="case.read", outcome="read", user_id=user("zoe").pk).latest("id")
        assert line.case_id == Case.objects.get(number=INES_CASE).pk


def test_what_was_done_becomes_a_note_of_the_case(client: Client) -> None:
    sent = {
        "done": "Elle dit : « je n’en peux plus ». Restée en ligne jusqu’à 15 h 10.",
        "on": timezone.localdate().isoformat(),
        "called": ["15", "3114"],
        "called_other": "sa sœur",
        "told": "Marc Olivier, à 15 h",
        "debrief": "Bruno, demain à 9 h",
    }
    response = signed_in(client, "claire").post(case_page(INES_CASE), sent)
    assert response.status_code == 302
    (note,) = notes_of("bruno")
    assert (note.mode, note.private, note.author_id) == ("", False, user("claire").pk)
    assert note.body.startswith(sent["done"])
    told = note.body.replace("\u00a0", " ")
    assert "Appelés : 15, 3114, sa sœur" in told
    assert "Prévenus : Marc Olivier, à 15 h" in told
    assert "Pour en reparler : Bruno, demain à 9 h" in told
    assert notes_of("nadia") == []
    with as_owner():
        (line,) = Entry.objects.filter(verb="note.write", outcome="done")
    assert line.case_id == note.case_id


def test_one_sentence_is_enough(client: Client) -> None:
    sent = {"done": "Appelé les secours.", "on": timezone.localdate().isoformat()}
    assert signed_in(client, "bruno").post(case_page(INES_CASE), sent).status_code == 302
    (note,) = notes_of("claire")
    assert note.body == "Appelé les secours."


@pytest.mark.parametrize(
    "wrong",
    [
        {"done": ""},
        {"done": "   "},
        {"on": ""},
        {"called": ["3131"]},
        {"on": (timezone.localdate() + timedelta(days=2)).isoformat()},
    ],
)
def test_a_refused_form_comes_back_whole(client: Client, wrong: dict[str, object]) -> None:
    right = {"done": "Elle est en sécurité chez sa sœur.", "on": timezone.localdate().isoformat(), "told": "Marc"}
    response = signed_in(client, "claire").post(case_page(INES_CASE), right | wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert "à corriger" in page
    assert 'value="Marc"' in page
    assert "done" in wrong or "chez sa sœur" in page
    assert notes_of("claire") == []


def test_a_draft_is_kept_resumed_and_forgotten_once_sent(client: Client) -> None:
    url = case_page(INES_CASE)
    signed_in(client, "claire")
    token = client.get(url).context["desk"].token
    body = json.dumps({"done": ["Elle pleure au téléphone."], "called": ["15"], "on": ["2026-02-03"], "told": [""]})
    assert client.post("/brouillon/", {"token": token, "body": body}).status_code == 200
    again = client.get(url)
    page = text_of(again)
    assert again.status_code == 200
    assert "Elle pleure au téléphone." in page
    assert "2026-02-03" in page
    assert "Brouillon enregistré à" in page
    assert "à corriger" not in page
    assert page.count(" checked") == 1
    sent = {"done": "Fini.", "on": "2026-02-03", "draft_token": again.context["desk"].token}
    assert client.post(url, sent).status_code == 302
    with as_owner():
        assert not Draft.objects.filter(form__startswith="crisis:").exists()


def test_a_closed_case_says_what_to_do_first(client: Client) -> None:
    url = case_page(CLOSED_CASE)
    response = signed_in(client, "bruno").get(url)
    assert "Ce dossier est clos" in text_of(response)
    assert "<textarea" not in text_of(response)
    assert 'href="tel:15"' in text_of(response)
    sent = {"done": "Après coup.", "on": timezone.localdate().isoformat()}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert notes_of("bruno") == []


@pytest.mark.parametrize(
    ("code", "takes", "reaches"),
    [("claire", True, True), ("sophie", False, True), ("marc", False, False)],
)
def test_beside_a_request_one_calls_then_somebody_takes_it(
    client: Client, code: str, takes: bool, reaches: bool
) -> None:
    response = signed_in(client, code).get(request_page(state="received", source="employee"))
    page = text_of(response)
    assert response.status_code == 200
    assert ("Prendre la demande maintenant" in page) is takes
    assert ("Benali" in page, "tel:+33600000101" in page) == (reaches, reaches)
    assert [canary for canary in CANARIES if canary in page] == []
    assert 'href="tel:112"' in page
    assert "<textarea" not in page
    with as_owner():
        assert Entry.objects.filter(verb="solicitation.read", outcome="read", user_id=user(code).pk).exists()


@pytest.mark.parametrize("code", ["theo", "hugo", "nora", "alex", "lea"])
def test_a_request_of_elsewhere_is_missing(client: Client, code: str) -> None:
    url = request_page(state="received", centre__name="Centre de Montreuil")
    assert signed_in(client, code).get(url).status_code == 404


def test_a_request_already_handled_is_not_to_be_taken(client: Client) -> None:
    page = text_of(signed_in(client, "nadia").get(request_page(state="not_pursued")))
    assert "Prendre la demande maintenant" not in page
    assert "Dites de vive voix" in page


def test_the_busy_neighbour_s_own_case_is_hers(client: Client) -> None:
    assert signed_in(client, "nadia").get(case_page(YANIS_CASE)).status_code == 200
    assert signed_in(client, "claire").get(case_page(YANIS_CASE)).status_code == 404
