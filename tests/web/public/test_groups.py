"""A session by its code, a place by its link, the questions of the end: without JavaScript, without an account."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone

from amarre.collective import commands_sessions as acts
from amarre.collective import models as m
from amarre.collective.commands import withdraw_action
from amarre.collective.commands_evaluation import close_evaluation
from amarre.collective.links import questions_path, seat_path, session_path
from amarre.core.models import Notice
from amarre.web.public import limits
from amarre.web.ui.limits import Limit
from tests.cast import as_owner
from tests.collective.acting import agreed, asked, by, held, kept, planned, set_row
from tests.rows_collective import SEAT_CODE
from tests.web.public.passerby import PasserBy, errors, text

pytestmark = pytest.mark.django_db
WHO = {"name": "Sam", "email": "sam@essai.example"}


def seats(session: m.Session) -> list[str]:
    with as_owner():
        return [*m.Seat.objects.filter(session=session).order_by("made_at").values_list("state", flat=True)]


def said(kind: str = "group_seat") -> list[str]:
    with as_owner():
        return [*Notice.objects.filter(kind=kind).order_by("at", "id").values_list("says", flat=True)]


def test_a_place_a_wait_and_a_place_given_up() -> None:
    session = planned(agreed(), capacity=1, sign_up=True, link="https://reunion.example/x")
    first, second, path = PasserBy(), PasserBy(), session_path(session.code)
    page = first.get(path)
    assert "reunion.example" not in page, "for who holds a place"
    assert "Votre employeur ne peut pas lire cette liste" in page
    mine = first.answer(path, **WHO)
    assert "Votre place est prise" in first.get(mine)
    assert "reunion.example" in first.get(mine)
    assert "Toutes les places sont prises" in second.get(path)
    theirs = second.answer(path, **WHO)
    assert "Vous êtes sur la liste d’attente" in second.get(theirs)
    assert "reunion.example" not in second.get(theirs)
    second.get(f"{theirs}reunion.ics", 404)
    assert first.answer(f"{mine}rendre/") == f"{path}rendue/"
    assert "Votre place est prise" in second.get(theirs)
    first.get(mine, 404)
    assert seats(session) == ["taken"]
    assert said() == ["seat_taken", "seat_waiting", "seat_freed"]


def test_a_form_sent_twice_is_one_place() -> None:
    session = planned(agreed(), capacity=3, sign_up=True)
    somebody, path = PasserBy(), session_path(session.code)
    hidden = {"place": somebody.get(path).split('name="place" value="')[1].split('"')[0]}
    where = {somebody.client.post(path, hidden | WHO)["Location"] for _ in range(2)}
    assert len(where) == 1
    assert seats(session) == ["taken"]
    forged = {somebody.client.post(path, {"place": "12:x:y"} | WHO)["Location"] for _ in range(2)}
    assert len(forged) == 2, "a key that we did not sign is no key"
    assert len(seats(session)) == 3


def test_nothing_is_asked_but_a_name_that_one_likes() -> None:
    session = planned(agreed(), capacity=3, sign_up=True)
    path = session_path(session.code)
    assert len(PasserBy().refused(path, name=" ")) == 1
    answer = PasserBy().post(path, name="Sam", email="sam@", phone="12")
    assert len(errors(answer)) == 2
    assert 'value="Sam"' in text(answer)
    PasserBy().answer(path, name="🙂")
    assert said() == [], "nowhere to write to"


def test_on_a_sensitive_theme_one_comes_and_that_is_all() -> None:
    session = planned(agreed("violence", headcount="200"), link="https://reunion.example/x")
    page = PasserBy().get(session_path(session.code))
    for word in ("Pas d’inscription", "reunion.example", "Violences dans la famille"):
        assert word in page
    assert "Salle commune" not in page, "by a link, nobody is sent to a room"
    assert "Prendre une place" not in page
    assert 'name="name"' not in page
    assert PasserBy().refused(session_path(session.code), **WHO) == ["Les inscriptions à cette séance sont fermées."]
    set_row(session, sign_up=True, capacity=4)
    assert "Prendre une place" not in PasserBy().get(session_path(session.code)), "whatever the row says"
    assert seats(session) == []


def test_a_file_for_one_s_calendar_says_when_and_where_never_why() -> None:
    session = planned(agreed("violence", headcount="200"))
    answer = PasserBy().client.get(f"{session_path(session.code)}reunion.ics")
    content = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    for word in ("SUMMARY:Réunion", "LOCATION:Salle commune", f"{session.day:%Y%m%d}T090000"):
        assert word in content
    assert "iolence" not in content


@pytest.mark.parametrize("how", ["cancelled", "past", "held", "withdrawn"])
def test_what_does_not_take_place_any_more_is_said(how: str) -> None:
    action = agreed()
    session = planned(action, capacity=2, sign_up=True, link="https://reunion.example/x")
    other = planned(action, timezone.localdate() + timedelta(days=70))
    mine = PasserBy().answer(session_path(session.code), **WHO)
    if how == "cancelled":
        by("sophie", acts.cancel_session, session=session)
    elif how == "withdrawn":
        by("claire", withdraw_action, action=action)
    else:
        set_row(session, day=timezone.localdate() - timedelta(days=1), state="held" if how == "held" else "planned")
    page = PasserBy().get(session_path(session.code))
    word = "passée" if how in ("past", "held") else "annulée"
    assert f"Cette séance est {word}" in page
    assert 'href="tel:' in page
    assert (session_path(other.code) in page) == (how != "withdrawn")
    for here in (page, PasserBy().get(mine)):
        assert "reunion.example" not in here
        assert 'name="name"' not in here
    assert f"Cette séance est {word}" in PasserBy().get(mine)
    PasserBy().get(f"{mine}reunion.ics", 404)
    PasserBy().refused(session_path(session.code), **WHO)
    assert said() == ["seat_taken", *(["seat_off"] if word == "annulée" else [])]


def test_today_s_session_closes_when_it_ends() -> None:
    session = planned(agreed(), capacity=2, sign_up=True)
    set_row(session, day=timezone.localdate(), starts=time(0), ends=time(0, 1))
    assert "passée" in PasserBy().get(session_path(session.code))
    set_row(session, day=timezone.localdate(), starts=time(23, 58), ends=time(23, 59, 59))
    assert "Prendre une place" in PasserBy().get(session_path(session.code))


def test_unknown_codes_and_secrets_meet_the_same_page() -> None:
    pages = {PasserBy().get(session_path(code), 404).split("<main")[1] for code in ("x" * 12, "place", "%2e%2e")}
    assert len(pages) == 1
    assert "Ce lien n’ouvre rien" in pages.pop()
    assert "n’est plus là" in PasserBy().get(seat_path("x" * 22), 404)
    assert 'href="tel:' in PasserBy().get(questions_path("x" * 12), 404)


def test_the_address_goes_no_further() -> None:
    answer = PasserBy().client.get(session_path(SEAT_CODE))
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("strict-origin", "no-store")
    assert "noindex" in answer["X-Robots-Tag"]


def test_too_many_from_one_browser_wait_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits._LIMITS, "groups_session", Limit("few", per_address=99, per_passage=1, seconds=3600))
    session = planned(agreed(), capacity=9, sign_up=True)
    somebody = PasserBy()
    somebody.answer(session_path(session.code), **WHO)
    answer = somebody.post(session_path(session.code), **WHO)
    assert answer.status_code == 429
    assert 'value="Sam"' in text(answer)
    assert seats(session) == ["taken"]


ALL = {"r1": "4", "r2": "3", "r3": "1"}


def counted(action: m.Action) -> dict[tuple[str, int, int], int]:
    with as_owner():
        rows = m.Tally.objects.filter(action=action)
        return {(r.moment, r.question, r.level): r.count for r in rows}


def opened(code: str = "carers") -> tuple[m.Action, str]:
    action = agreed(code)
    held(action, 40)
    return action, questions_path(asked(action))


def test_three_answers_and_thank_you() -> None:
    action, path = opened()
    somebody = PasserBy()
    page = somebody.get(path)
    assert "checked" not in page, "nothing is ticked at first"
    assert page.count('type="radio"') == 12
    assert "C’est anonyme" in page
    assert "Merci" in somebody.get(somebody.answer(path, **ALL))
    assert counted(action) == {("end", 0, 4): 1, ("end", 1, 3): 1, ("end", 2, 1): 1}


def test_what_is_missing_is_said_and_what_was_ticked_stays() -> None:
    action, path = opened()
    answer = PasserBy().post(path, r1="4", r3="9")
    assert answer.status_code == 422
    assert len(errors(answer)) == 2
    assert text(answer).count("checked") == 1
    assert counted(action) == {}


def test_one_browser_answers_once_and_another_person_may_take_it() -> None:
    action, path = opened()
    somebody = PasserBy()
    somebody.answer(path, **ALL)
    assert "On a déjà répondu sur cet appareil" in somebody.get(path)
    assert somebody.client.post(path, ALL)["Location"] == f"{path}merci/", "pressed twice"
    assert counted(action)["end", 0, 4] == 1
    somebody.answer(f"{path}?encore=1", **ALL)
    assert counted(action)["end", 0, 4] == 2


def test_the_cookie_names_nobody_and_goes_nowhere_else() -> None:
    _, path = opened()
    somebody = PasserBy()
    somebody.answer(path, **ALL)
    cookie = somebody.client.cookies["amarre_avis_end"]
    assert (cookie.value, cookie["path"], cookie["httponly"], cookie["samesite"]) == ("1", path, True, "Lax")


def test_a_training_asks_before_and_after() -> None:
    action, path = opened("managers")
    known = len(kept(action).knowledge)
    somebody = PasserBy()
    assert 'type="radio"' not in somebody.get(path)
    before = {f"r{n}": "2" for n in range(1, known + 1)}
    somebody.answer(f"{path}avant/", **before)
    after = {f"r{n}": "4" for n in range(1, known + 4)}
    somebody.answer(f"{path}apres/", **after)
    found = counted(action)
    assert {moment for moment, _, _ in found} == {"before", "after", "end"}
    assert len(found) == 2 * known + 3
    assert set(found.values()) == {1}


def test_once_closed_it_is_said_to_whom_to_speak() -> None:
    action, path = opened()
    by("claire", close_evaluation, action=action)
    page = PasserBy().get(path, 404)
    assert "Les questions sont fermées" in page
    assert 'href="tel:' in page
    assert PasserBy().client.post(path, ALL).status_code == 404
    assert PasserBy().client.get(f"{path}merci/").status_code == 200
