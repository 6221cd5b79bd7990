"""The employee asks: whole journeys, what may be passed, what is corrected, and what the service receives."""

import pytest
from time_machine import Traveller

from amarre.organisations.models import Centre, Commune
from amarre.web.ui.dates import phone_target
from tests.web.public.passerby import PasserBy, as_owner, ask_for_help, received, reference_in, send

pytestmark = pytest.mark.django_db


def test_the_employee_asks_and_the_service_receives_it_word_for_word(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody)
    page = somebody.get("/demande/verifier/")
    for said in ("Montreuil", "Atelier Fictif", "Ma santé rend mon travail difficile", "06 39 98 00 12", "Inès Benali"):
        assert said in page
    assert "Le matin. Ne pas laisser de message." in page
    clock.shift(60)
    last = send(somebody)
    row, statement = received(last)
    assert (row.first_name, row.last_name, row.phone, row.do_not_call) == ("Inès", "Benali", "0639980012", False)
    assert (row.city, row.company, row.source, row.state) == ("Montreuil", "Atelier Fictif", "employee", "received")
    assert row.contact_note == "Le matin. Ne pas laisser de message."
    assert (statement.reasons, statement.words) == (["HEALTH", "MONEY_HOUSING"], "Je ne sais plus quoi faire.")
    assert row.centre.name in last
    assert row.centre.hours in last
    assert "sous 2\u00a0jours ouvrés" in last


def test_an_anonymous_contact_gives_no_name_and_is_told_to_call_with_the_reference(
    somebody: PasserBy, clock: Traveller
) -> None:
    ask_for_help(somebody, channel="none")
    clock.shift(60)
    last = send(somebody)
    row, _ = received(last)
    assert not any((row.first_name, row.last_name, row.phone, row.email, row.phone_digits, row.search))
    assert row.do_not_call
    assert "Appelez-nous et donnez votre référence" in last


def test_one_answer_is_enough(somebody: PasserBy, clock: Traveller) -> None:
    for page in ("lieu", "motif"):
        assert somebody.answer(f"/demande/{page}/") != ""
    assert somebody.answer("/demande/joindre/", channel="none") == "/demande/verifier/"
    assert "Pas de réponse" in somebody.get("/demande/verifier/")
    clock.shift(60)
    row, statement = received(send(somebody))
    assert row.centre.is_default
    assert (statement.reasons, statement.words) == ([], None)


@pytest.mark.parametrize(
    ("channel", "given"), [("sms", {"phone": "+33 6 39 98 00 12"}), ("email", {"email": "Ines@Exemple.example"})]
)
def test_do_not_call_is_heard(somebody: PasserBy, clock: Traveller, channel: str, given: dict[str, str]) -> None:
    ask_for_help(somebody, channel=channel, **given)
    clock.shift(60)
    row, _ = received(send(somebody))
    assert row.do_not_call
    assert "sans appeler" in row.contact_note
    assert (row.phone, row.email) in {("+33639980012", ""), ("", "ines@exemple.example")}


def test_a_number_given_before_a_change_of_mind_does_not_leave(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody)
    assert somebody.answer("/demande/joindre/?verifier=1", channel="email").endswith("/demande/coordonnees/?verifier=1")
    somebody.answer("/demande/coordonnees/?verifier=1", email="ines@exemple.example")
    assert somebody.answer("/demande/joindre/?verifier=1", channel="none") == "/demande/verifier/"
    assert "06 39 98 00 12" not in somebody.get("/demande/verifier/")
    clock.shift(60)
    row, _ = received(send(somebody))
    assert (row.phone, row.email, row.first_name) == ("", "", "")


def test_each_line_of_the_check_page_leads_back_and_returns(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    assert 'href="/demande/lieu/?verifier=1"' in somebody.get("/demande/verifier/")
    page = somebody.get("/demande/lieu/?verifier=1")
    assert 'value="Montreuil"' in page
    assert 'href="/demande/verifier/"' in page
    assert somebody.answer("/demande/lieu/?verifier=1", city="93100", company="") == "/demande/verifier/"
    page = somebody.get("/demande/verifier/")
    assert "93100" in page
    assert "Je ne sais plus quoi faire." in page


def test_back_goes_to_the_question_before_with_its_answer(somebody: PasserBy) -> None:
    somebody.answer("/demande/lieu/", city="Créteil")
    assert 'href="/demande/lieu/"' in somebody.get("/demande/motif/")
    assert 'value="Créteil"' in somebody.get("/demande/lieu/")
    assert 'href="/demande/"' in somebody.get("/demande/lieu/")


def test_what_is_wrong_is_said_and_what_was_typed_stays(somebody: PasserBy) -> None:
    assert "choisissez une réponse" in somebody.refused("/demande/joindre/")[0]
    somebody.answer("/demande/joindre/", channel="call")
    answer = somebody.post("/demande/coordonnees/", phone="zéro six", moment="any")
    assert answer.status_code == 422
    assert 'value="zéro six"' in answer.content.decode()
    assert "Ce numéro ne semble pas complet" in answer.content.decode()
    assert "écrivez votre numéro" in somebody.refused("/demande/coordonnees/")[0]
    assert "n’est pas dans la liste" in somebody.refused("/demande/motif/", reasons=["<script>"])[0]
    long = "a" * 10_000
    assert "10000 signes" in somebody.refused("/demande/motif/", words=long)[0]
    assert "10000 signes" in somebody.refused("/demande/lieu/", company=long)[0]


def test_nothing_is_sent_without_a_way_to_go_on(somebody: PasserBy) -> None:
    somebody.answer("/demande/lieu/", city="Montreuil")
    answer = somebody.client.get("/demande/verifier/")
    assert answer["Location"] == "/demande/joindre/?verifier=1"
    assert somebody.client.get("/demande/envoyee/")["Location"] == "/demande/"


def test_a_postcode_or_a_commune_finds_the_centre_and_the_last_page_gives_its_phone(clock: Traveller) -> None:
    with as_owner():
        centre = Centre.objects.get(name="Centre de Nanterre")
        Commune.objects.create(centre=centre, name="Puteaux", search="puteaux", postcode="92800")
    for place in ("Puteaux", "92800", "92800 Puteaux", "puteaux"):
        somebody = PasserBy()
        ask_for_help(somebody, city=place, company="")
        clock.shift(60)
        last = send(somebody)
        assert "Centre de Nanterre" in last, place
        assert f"tel:{phone_target(centre.phone)}" in last


def test_somebody_afraid_is_shown_the_numbers_again(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody, reasons=["SAFETY"])
    clock.shift(60)
    last = send(somebody)
    assert reference_in(last)
    assert "tel:3919" in last
    assert "tel:112" in last
