"""What is kept between the pages: sealed, the passer-by's alone, for thirty minutes; nothing anywhere else."""

import json
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from time_machine import Traveller

from amarre.core.actor import MACHINE, Actor, Door
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.core.tasks import forget_drafts
from amarre.web.public import answers
from amarre.web.ui.scope import PASSER_BY_COOKIE
from tests.web.public.passerby import PasserBy, ask_as_employer, ask_for_help, received, rows_of, send, text

pytestmark = pytest.mark.django_db
CANARIES = {
    "city": "SerinVille",
    "company": "SerinEntreprise",
    "words": "SerinMots que personne ne doit lire",
    "phone": "06 39 98 99 99",
    "first_name": "SerinPrenom",
    "last_name": "SerinNom",
}
MINE = "select count(*) from core_draft where owner ~ '^public:[^0]'"
TABLES = ("core_draft", "django_session", "audit_entry", "core_cache", "intake_statement", "procrastinate_jobs")


def found_in(tables: tuple[str, ...]) -> set[str]:
    dump = "".join(rows_of(f"select t::text from {table} t") for table in tables)
    return {canary for canary in ("Serin", "639989999", "06 39 98 99 99") if canary in dump}


def test_nothing_that_was_typed_is_in_clear_in_an_address_or_in_a_cookie(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody, **CANARIES)
    assert "serin" in somebody.get("/demande/verifier/").lower()
    assert found_in(TABLES) == set()
    assert rows_of("select count(*) from django_session") == "[(0,)]"
    clock.shift(60)
    last = send(somebody)
    assert found_in(TABLES) == set()
    assert not any("anari" in address or "63998" in address for address in somebody.been)
    cookies = SimpleCookie(somebody.client.cookies).output()
    assert "anari" not in cookies
    assert set(somebody.client.cookies) == {"csrftoken", PASSER_BY_COOKIE}
    row, statement = received(last)
    assert (row.last_name, statement.words) == ("SerinNom", CANARIES["words"])  # the positive control


def test_the_cookie_of_a_passer_by_ends_with_the_browser_and_is_not_for_scripts(somebody: PasserBy) -> None:
    somebody.get("/demande/")
    cookie = somebody.client.cookies[PASSER_BY_COOKIE]
    assert (cookie["max-age"], cookie["expires"], bool(cookie["httponly"]), cookie["samesite"]) == ("", "", True, "Lax")


def test_after_sending_only_the_reference_is_kept(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody)
    clock.shift(60)
    send(somebody)
    assert rows_of(MINE.replace("count(*)", "form")) == "[('demande:sent',)]"
    assert somebody.client.get("/demande/verifier/")["Location"] == "/demande/envoyee/"
    assert "Benali" not in somebody.get("/demande/nom/")


def test_after_thirty_minutes_of_silence_nothing_is_shown_and_the_next_answer_starts_afresh(
    somebody: PasserBy, clock: Traveller
) -> None:
    ask_for_help(somebody, **CANARIES)
    clock.shift(timedelta(minutes=29))
    assert "SerinNom" in somebody.get("/demande/verifier/")
    clock.shift(timedelta(minutes=2))
    for page in ("verifier", "lieu", "motif", "nom", ""):
        assert "anari" not in somebody.get(f"/demande/{page}/" if page else "/demande/")
    assert "Il n’y a plus de réponses ici" in somebody.get("/demande/verifier/")
    somebody.answer("/demande/lieu/", city="Ailleurs")
    somebody.answer("/demande/joindre/", channel="none")
    assert "anari" not in somebody.get("/demande/verifier/")


def test_what_nobody_came_back_for_is_deleted_after_thirty_minutes_and_nobody_else_s(clock: Traveller) -> None:
    ask_for_help(PasserBy(), **CANARIES)
    staff = rows_of("select count(*) from core_draft where owner like 'user:%'")
    with acting_as(MACHINE):
        forget_drafts()
    assert rows_of(MINE) == "[(1,)]"
    clock.shift(timedelta(minutes=31))
    rows_of("update core_draft set saved_at = saved_at - interval '31 minutes' where owner like 'public:%' returning 1")
    with acting_as(MACHINE):
        forget_drafts()
    assert rows_of(MINE) == "[(0,)]"
    assert rows_of("select count(*) from core_draft where owner like 'user:%'") == staff


def test_the_reference_goes_away_too(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody)
    clock.shift(60)
    send(somebody)
    clock.shift(timedelta(minutes=31))
    assert somebody.client.get("/demande/envoyee/")["Location"] == "/demande/"


def test_two_passers_by_never_see_each_other(clock: Traveller) -> None:
    one, other = PasserBy(), PasserBy()
    ask_for_help(one, **CANARIES)
    ask_for_help(other, city="Nanterre", channel="none")
    for page in ("", "lieu", "motif", "joindre", "verifier"):
        seen = other.get(f"/demande/{page}/".replace("//", "/"))
        assert "anari" not in seen
    clock.shift(60)
    send(one)
    assert "SerinVille" not in other.get("/demande/verifier/")
    assert other.client.get("/demande/envoyee/").status_code == 302


def test_the_walls_hold_for_drafts_whatever_the_page_asks(somebody: PasserBy) -> None:
    ask_for_help(somebody, **CANARIES)
    stranger = Actor(door=Door.PUBLIC, token="f" * 32)
    with acting_as(stranger):
        assert list(Draft.objects.all()) == []
        assert answers.read(stranger, "demande") == {}
    owner = Actor(door=Door.PUBLIC, token=somebody.client.cookies[PASSER_BY_COOKIE].value)
    with acting_as(owner):
        assert answers.read(owner, "demande")["last_name"] == "SerinNom"


def test_a_cookie_lent_by_somebody_else_opens_nothing_afterwards() -> None:
    lender, victim = PasserBy(), PasserBy()
    lender.get("/demande/")
    victim.client.cookies[PASSER_BY_COOKIE] = lender.client.cookies[PASSER_BY_COOKIE].value
    ask_for_help(victim, **CANARIES)
    assert "SerinNom" in victim.get("/demande/verifier/")
    assert "anari" not in lender.get("/demande/verifier/")


def test_two_tabs_answer_different_questions_and_both_count(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    somebody.answer("/demande/lieu/?verifier=1", city="Créteil", company="")
    somebody.answer("/demande/nom/?verifier=1", first_name="Autre", last_name="")
    page = somebody.get("/demande/verifier/")
    assert "Créteil" in page
    assert "Autre" in page
    assert "Je ne sais plus quoi faire." in page


def test_two_tabs_send_once(somebody: PasserBy, clock: Traveller) -> None:
    before = rows_of("select count(*) from intake_solicitation")
    ask_for_help(somebody)
    clock.shift(60)
    last = send(somebody)
    again = somebody.client.post("/demande/verifier/")
    assert again["Location"] == "/demande/envoyee/"
    assert rows_of("select count(*) from intake_solicitation") == f"[({int(before[2:-3]) + 1},)]"
    assert somebody.get("/demande/envoyee/") == last


def test_the_two_journeys_of_one_browser_do_not_mix(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    ask_as_employer(somebody)
    assert "Diarra" not in somebody.get("/demande/verifier/")
    assert "Benali" not in somebody.get("/demande/employeur/verifier/")


def test_words_saved_while_typing_come_back_until_they_are_sent(somebody: PasserBy, clock: Traveller) -> None:
    somebody.answer("/demande/lieu/", city="Montreuil")
    page = somebody.get("/demande/motif/")
    token = page.split('data-draft-token="')[1].split('"')[0]
    body = json.dumps({"words": ["Des mots pas encore envoyés"], "reasons": ["WORK"]})
    saved = somebody.client.post("/brouillon/", {"token": token, "body": body})
    assert saved.status_code == 200
    page = somebody.get("/demande/motif/")
    assert "Des mots pas encore envoyés" in page
    assert "Brouillon enregistré" in page
    assert "pas encore envoyés" not in repr(rows_of("select d::text from core_draft d"))
    somebody.answer("/demande/motif/", words="Des mots envoyés")
    assert "Des mots envoyés" in somebody.get("/demande/motif/")
    clock.shift(timedelta(minutes=31))
    assert "Des mots" not in somebody.get("/demande/motif/")


def test_typing_for_long_keeps_the_answers_before(somebody: PasserBy, clock: Traveller) -> None:
    somebody.answer("/demande/lieu/", city="Montreuil")
    page = somebody.get("/demande/motif/")
    token = page.split('data-draft-token="')[1].split('"')[0]
    for minute in (20, 20):
        clock.shift(timedelta(minutes=minute))
        somebody.client.post("/brouillon/", {"token": token, "body": json.dumps({"words": [f"à {minute}"]})})
    assert 'value="Montreuil"' in somebody.get("/demande/lieu/")


def test_erasing_leaves_nothing_and_asks_first(somebody: PasserBy) -> None:
    ask_for_help(somebody, **CANARIES)
    assert "Tout effacer" in somebody.get("/demande/effacer/")
    assert "SerinNom" in somebody.get("/demande/verifier/")
    before = somebody.client.cookies[PASSER_BY_COOKIE].value
    assert "C’est effacé" in text(somebody.post("/demande/effacer/"))
    assert rows_of(MINE) == "[(0,)]"
    assert "anari" not in somebody.get("/demande/verifier/")
    assert somebody.client.cookies[PASSER_BY_COOKIE].value != before


def test_a_request_begun_on_this_device_is_offered_or_erased(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    page = somebody.get("/demande/")
    assert "Reprendre ma demande" in page
    assert "Benali" not in page


def test_no_page_is_left_in_the_browser(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    for page in ("/demande/verifier/", "/demande/nom/", "/demande/"):
        assert somebody.client.get(page)["Cache-Control"] == "no-store"
