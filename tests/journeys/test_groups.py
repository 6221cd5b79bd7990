"""A poster in the canteen: a place on a telephone, a wait, a place given up, a mail that arrives; then the questions.

Without an account, with and without JavaScript; the worker and the mail server are real.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from amarre.collective.links import questions_path, seat_path, secret_of, session_path
from tests import harness
from tests.core import test_worker
from tests.core.test_worker import Postman, postman
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_keyboard import press as press_key
from tests.journeys.test_keyboard import reach
from tests.journeys.test_space_life import BOTH, WIDE, choose, follow, press, title
from tests.rows_collective import OPEN_CODE, SEAT_CODE, SEAT_ID

__all__ = ["postman"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser]
STATES = (
    "select t.state from collective_seat t join collective_session s on s.id = t.session_id where s.code = %s"
    " order by t.made_at"
)
THEMES = re.compile(r"logement|canteen|Conserverie|social", re.I)


def fits(page: Page) -> None:
    """Nothing to scroll sideways, somebody to call."""
    assert page.evaluate(WIDE) == 0
    assert page.locator('a[href^="tel:"]').count() >= 1


def sign_up(page: Page, name: str, email: str = "") -> None:
    page.goto(session_path(SEAT_CODE))
    fits(page)
    page.get_by_label("Un prénom").fill(name)
    page.get_by_label("Adresse e-mail").fill(email)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("Gardez l’adresse de cette page")).to_be_visible()
    fits(page)


@BOTH
def test_a_wait_then_a_place_and_the_mail_that_says_so(
    open_page: OpenPage, site: Site, postman: Postman, js: bool
) -> None:
    second, third = open_page(width=360, js=js), open_page(width=360, js=js)
    sign_up(second, "Le chat du 3e")
    title(second, "Votre place est prise")
    sign_up(third, "Lou", "lou@perso.example")
    title(third, "Vous êtes sur la liste d’attente")
    assert site.rows(STATES, SEAT_CODE) == [("taken",), ("taken",), ("waiting",)]
    first = open_page(width=360, js=js)
    first.goto(seat_path(secret_of(SEAT_ID)))
    title(first, "Votre place est prise")
    follow(first, "Rendre ma place")
    title(first, "Rendre ma place")
    fits(first)
    press(first, "Rendre ma place")
    title(first, "C’est fait")
    fits(first)
    third.reload()
    title(third, "Votre place est prise")
    assert site.rows(STATES, SEAT_CODE) == [("taken",), ("taken",)]
    test_worker.work(AMARRE_SMTP_URL=f"smtp://127.0.0.1:{postman.port}", DATABASE_URL=harness.app_url(site.database))
    mails = {str(mail["Subject"]): mail for mail in postman.mails if mail["To"] == "lou@perso.example"}
    assert set(mails) == {"Vous êtes sur la liste d’attente", "Une place est à vous"}
    body = mails["Une place est à vous"].get_body(("plain",))
    assert body is not None
    assert third.url.removeprefix(site.url) in body.get_content()
    assert not THEMES.search(str(body.get_content()))


def test_several_answer_and_the_service_closes(open_page: OpenPage, site: Site) -> None:
    for level in ("Tout à fait", "Plutôt oui", "Plutôt non"):
        page = open_page(width=360, js=False)
        page.goto(questions_path(OPEN_CODE))
        fits(page)
        assert page.locator("input[type=radio]:checked").count() == 0
        for group in page.locator("main form fieldset").all():
            group.locator(".choice label", has_text=level).click()
        press(page, "Envoyer mes réponses")
        title(page, "Merci")
        fits(page)
    assert site.rows("select sum(count) from collective_tally where question = 1") == [(3,)]
    site.rows("update collective_session set state = 'cancelled', sign_up = false where state = 'planned' returning 1")
    ((key,),) = site.rows("select id from collective_action where evaluation = 'open'")
    staff = open_page("claire")
    staff.goto(f"/pro/collectif/{key}/")
    staff.on("dialog", lambda dialog: dialog.accept())
    with staff.expect_navigation():
        staff.get_by_role("button", name=re.compile("Fermer l’évaluation")).click()
    late = open_page(width=360, js=False)
    late.goto(questions_path(OPEN_CODE))
    title(late, "Les questions sont fermées")
    fits(late)
    assert site.rows("select count(*) from collective_tally") == [(0,)]


def test_what_is_missing_is_said_and_kept(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360, js=False)
    page.goto(questions_path(OPEN_CODE))
    choose(page, "Plutôt oui")
    press(page, "Envoyer mes réponses")
    expect(page.locator(".error-summary li")).to_have_count(2)
    assert page.locator("input[type=radio]:checked").count() == 1
    fits(page)


def test_the_questions_without_a_pointer(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.goto(questions_path(OPEN_CODE))
    for _ in range(3):
        reach(page, "Pas du tout", "INPUT")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    press_key(page, "Envoyer mes réponses", "BUTTON")
    title(page, "Merci")
    assert site.rows("select sum(count) from collective_tally where level = 3") == [(3,)]
