"""From page to page of collective actions: what one can do now, what one may look at, and a refusal that says no."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.collective.links import questions_path, session_path
from amarre.collective.models import Improvement, Session
from tests.cast import user
from tests.collective.acting import agreed, kept, opened, planned, set_row
from tests.web.staff.test_collective import browser, newest, url

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def claire() -> Client:
    return browser()


def read(client: Client, name: str, pk: int) -> str:
    return client.get(url(name, pk)).content.decode()


def test_a_refusal_is_never_in_the_colours_of_what_was_done(claire: Client) -> None:
    action = agreed()
    planned(action)
    for path, said, why in (
        ("collective_account_file", None, "pas encore remis"),
        ("collective_evaluation_close", {}, "n’est pas ouverte"),
    ):
        here = url(path, action.pk)
        answer = claire.get(here, follow=True) if said is None else claire.post(here, said, follow=True)
        page = answer.content.decode()
        assert why in page, path
        assert "flash tone-red" in page, path
        assert "flash tone-green" not in page, path
    answer = claire.post(url("collective_follow_ups", action.pk), {"follow_ups": ""})
    assert answer.status_code == 422
    assert "Noter les sollicitations" in answer.content.decode()


def test_before_its_day_a_session_is_not_said_to_be_held(claire: Client) -> None:
    action = agreed()
    session = planned(action)
    assert 'name="head_count"' not in read(claire, "collective_session", session.pk)
    set_row(session, day=TODAY)
    assert 'name="head_count"' in read(claire, "collective_session", session.pk)
    set_row(action, told_on=TODAY)
    assert "Ouvrir la séance" in read(claire, "collective_action", action.pk)


def test_what_others_see_is_one_click_away(claire: Client) -> None:
    action = agreed()
    session = planned(action)
    public = session_path(session.code)
    assert public in read(claire, "collective_session", session.pk)
    assert f'{public}">la page du' in read(claire, "collective_tell", action.pk)
    claire.post(url("collective_evaluation_open", action.pk))
    page = read(claire, "collective_action", action.pk)
    assert questions_path(kept(action).evaluation_code) in page
    assert "Fermer l’évaluation" not in page, "a session is still to come"
    assert reverse("staff:company", args=[action.company_id]) in page


def test_by_a_link_nobody_is_sent_to_a_room(claire: Client) -> None:
    action = agreed()
    said = {"day": TODAY + timedelta(days=30), "starts": "10:00", "ends": "11:00", "team": [user("claire").pk],
            "languages": ["fr"], "place": "Salle bleue", "link": "https://reunion.example/x", "capacity": 9,
            "sign_up": "on"}  # fmt: skip
    assert claire.post(url("collective_session_new", action.pk), said).status_code == 302
    session = newest(Session)
    assert isinstance(session, Session)
    page = Client().get(session_path(session.code)).content.decode()
    assert "à distance" in page
    assert "Salle bleue" not in page


def test_what_is_observed_during_an_action_keeps_to_it() -> None:
    nora, action = browser("nora"), agreed("work")
    here = f"{url('collective_improvement_new')}?lieu={action.establishment_id}&action={action.pk}"
    assert here.replace("&", "&amp;") in read(nora, "collective_action", action.pk)
    assert nora.post(here, {"title": "Bruit", "observation": "Deux machines"}).status_code == 302
    row = newest(Improvement)
    assert isinstance(row, Improvement)
    assert row.action_id == action.pk
    assert "Bruit" in read(nora, "collective_action", action.pk)
    elsewhere = here.replace(f"action={action.pk}", "action=1")
    assert nora.post(elsewhere, {"title": "Froid", "observation": "Une porte"}).status_code == 302
    row = newest(Improvement)
    assert isinstance(row, Improvement)
    assert row.action_id is None


def test_who_only_asks_is_not_told_to_go_on(claire: Client) -> None:
    action = opened()
    shown = read(browser("hugo"), "collective_action", action.pk)
    assert "C’est à faire par" in shown
    assert "Enregistrer le besoin" in read(claire, "collective_action", action.pk)


def test_what_is_too_late_or_too_early_shows_no_form(claire: Client) -> None:
    action = opened()
    page = read(claire, "collective_session_new", action.pk)
    assert "une fois l’action convenue" in page
    assert 'name="day"' not in page
    session = set_row(planned(agreed()), state="cancelled")
    page = read(claire, "collective_session_edit", session.pk)
    assert "n’est plus à venir" in page
    assert 'name="day"' not in page


def test_what_is_agreed_late_is_announced_at_once_but_not_late_already(claire: Client) -> None:
    action = agreed()
    planned(action, TODAY + timedelta(days=3))
    page = read(claire, "collective_action", action.pk)
    assert "Annoncer l’action" in page
    assert "C’était pour" not in page
