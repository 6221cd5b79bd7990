"""Abuse is held off by ourselves, and nobody loses what they typed."""

import json

import pytest
from django.test import Client
from time_machine import Traveller

from amarre.web.public import limits
from amarre.web.public.limits import Limit
from tests.web.public.passerby import PasserBy, ask_as_employer, ask_for_help, errors, rows_of, send, text

pytestmark = pytest.mark.django_db


def narrow(monkeypatch: pytest.MonkeyPatch, name: str, per_address: int, per_passage: int) -> None:
    """The same limit, with smaller figures: a setting, not a fake."""
    monkeypatch.setattr(limits, name.upper(), Limit(name, per_address, per_passage, 600))


def test_one_browser_may_not_send_without_end(somebody: PasserBy, clock: Traveller) -> None:
    for _ in range(limits.SEND.per_passage):
        ask_for_help(somebody)
        clock.shift(5)
        send(somebody)
    before = rows_of("select count(*) from intake_solicitation")
    ask_for_help(somebody, words="Encore moi")
    clock.shift(5)
    held = somebody.post("/demande/verifier/")
    assert held.status_code == 429
    assert "Vos réponses sont encore là" in errors(held)[0]
    assert "Encore moi" in text(held)
    assert "tel:" in text(held)
    assert rows_of("select count(*) from intake_solicitation") == before
    clock.shift(3600)


def test_held_off_the_page_comes_back_with_what_was_typed(somebody: PasserBy, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, "answer", 1000, 2)
    somebody.answer("/demande/lieu/", city="Montreuil")
    somebody.answer("/demande/lieu/", city="Montreuil")
    somebody.post("/demande/lieu/", city="Nanterre")
    held = somebody.post("/demande/motif/", words="Ce que j’ai mis longtemps à écrire")
    assert held.status_code == 429
    assert "Ce que j’ai mis longtemps à écrire" in text(held)
    assert len(errors(held)) == 1


def test_one_address_is_counted_whatever_its_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, "answer", 3, 1000)
    codes = [PasserBy().post("/demande/lieu/", city="Montreuil").status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    assert PasserBy("192.0.2.77").post("/demande/lieu/").status_code == 302


def test_a_subscriber_has_one_address_however_many_they_use(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, "answer", 2, 1000)
    codes = [PasserBy(f"2001:db8:1:2::{n}").post("/demande/lieu/").status_code for n in range(3)]
    assert codes == [302, 302, 429]
    assert PasserBy("2001:db8:1:3::1").post("/demande/lieu/").status_code == 302


def test_the_window_passes(monkeypatch: pytest.MonkeyPatch, clock: Traveller) -> None:
    narrow(monkeypatch, "answer", 1, 1000)
    assert [PasserBy().post("/demande/lieu/").status_code for _ in range(2)] == [302, 429]
    clock.shift(601)
    assert PasserBy().post("/demande/lieu/").status_code == 302


def test_a_whole_company_behind_one_address_gets_through(clock: Traveller) -> None:
    assert limits.ANSWER.per_address >= 5 * 150
    for _ in range(30):
        somebody = PasserBy()
        ask_for_help(somebody, channel="none")
        clock.shift(5)
        send(somebody)


def test_looking_is_never_limited(somebody: PasserBy, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, "answer", 0, 0)
    assert {somebody.client.get("/demande/").status_code for _ in range(5)} == {200}


def test_drafts_of_strangers_are_counted(somebody: PasserBy, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow(monkeypatch, "draft", 2, 1000)
    token = somebody.get("/demande/motif/").split('data-draft-token="')[1].split('"')[0]
    body = {"token": token, "body": json.dumps({"words": ["a"]})}
    assert [somebody.client.post("/brouillon/", body).status_code for _ in range(3)] == [200, 200, 429]


def test_addresses_are_not_kept_in_clear(somebody: PasserBy) -> None:
    somebody.post("/demande/lieu/")
    dump = rows_of("select cache_key from core_cache")
    assert "limit:answer:" in dump
    assert "192.0.2.1" not in dump


@pytest.mark.parametrize("family", ["", "employeur/"])
def test_the_hidden_box_holds_a_robot_off_and_says_so(somebody: PasserBy, clock: Traveller, family: str) -> None:
    (ask_as_employer if family else ask_for_help)(somebody)
    clock.shift(60)
    before = rows_of("select count(*) from intake_solicitation")
    page = f"/demande/{family}verifier/"
    assert "La case cachée a été remplie" in somebody.refused(page, laisser_vide="http://spam.example")[0]
    assert rows_of("select count(*) from intake_solicitation") == before
    answer = somebody.post("/demande/lieu/", city="Montreuil", laisser_vide="x")
    assert answer.status_code == 422
    assert 'value="Montreuil"' in text(answer)
    assert 'value="x"' not in text(answer)
    assert send(somebody, family)


def test_the_hidden_box_says_to_leave_it_empty(somebody: PasserBy) -> None:
    page = somebody.get("/demande/lieu/")
    assert "Laissez cette case vide" in page
    assert 'tabindex="-1"' in page


def test_nobody_answers_everything_within_a_second(somebody: PasserBy, clock: Traveller) -> None:
    ask_for_help(somebody)
    clock.move_to(clock_now() - 30)  # whatever the machine is doing, the pages were opened just now
    assert "C’est allé très vite" in somebody.refused("/demande/verifier/")[0]
    clock.shift(60)
    assert send(somebody)


def clock_now() -> float:
    import time

    return time.time()


def test_a_page_that_we_did_not_make_counts_from_now(clock: Traveller) -> None:
    client = Client()
    client.post("/demande/lieu/", {"city": "x", "ouverte": "1000000000:forged"})
    client.post("/demande/joindre/", {"channel": "none"})
    answer = client.post("/demande/verifier/")
    assert answer.status_code == 422
    assert "C’est allé très vite" in text(answer)
