"""From an elected member's wish to the poster in their hands, on a telephone, without JavaScript; by keyboard too."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_axe import faults
from tests.journeys.test_keyboard import press, reach

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()
NEED = "Plusieurs collègues aident un parent, et ne savent pas à qui parler."


def comes_in(page: Page, code: str) -> Page:
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{code}@demo.amarre.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/employeur/")
    return page


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer
    return answer.status


def asks(page: Page) -> str:
    """The wish, from the first page of the door; the address of the action."""
    page.get_by_role("link", name="Choisir une action").click()
    page.get_by_text("Famille et proches").click()
    page.get_by_role("link", name="Aider un proche et travailler").click()
    page.get_by_label("Que souhaitez-vous").fill("Appelez Ida au 06 12 34 56 78")
    page.get_by_role("button", name="Envoyer ma demande").click()
    assert "Ida" in page.get_by_label("Que souhaitez-vous").input_value(), "what was typed is still there"
    page.get_by_label("Que souhaitez-vous").fill(NEED)
    page.get_by_label("Quand, à peu près").fill("En mars")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.wait_for_url(re.compile(r"/employeur/actions/\d+/$"))
    assert "Le service social vous appelle" in page.locator("main").inner_text()
    return page.url


def agrees(claire: Page, key: str) -> None:
    """The staff reads the wish in its words, talks it over, agrees, and fixes a day."""
    claire.goto("/pro/collectif/")
    claire.locator(f"a[href='/pro/collectif/{key}/']").first.click()
    assert NEED in claire.locator("main").inner_text()
    claire.get_by_label("Ce qui ressort de l’échange").fill("Une heure, pour tous.")
    claire.get_by_role("button", name="Enregistrer le besoin").click()
    claire.get_by_label("Convenu avec").fill("le CSE et la direction")
    claire.get_by_label("Convenu le").fill(TODAY.isoformat())
    claire.get_by_label("Lieu").fill("Salle du CSE")
    claire.get_by_role("button", name="Enregistrer l’accord").click()
    claire.get_by_role("link", name="Fixer une séance").click()
    claire.get_by_label("Jour").fill((TODAY + timedelta(days=30)).isoformat())
    claire.get_by_label("Début").fill("14:00")
    claire.get_by_label("Fin").fill("15:00")
    claire.get_by_label("Claire", exact=False).first.check()
    claire.get_by_role("button", name="Enregistrer").click()
    claire.wait_for_load_state()


@pytest.mark.parametrize("js", [False, True])
def test_the_works_council_asks_and_holds_the_poster(open_page: OpenPage, site: Site, js: bool) -> None:
    karim = comes_in(open_page(width=360, js=js), "karim")
    action = asks(karim)
    paul = comes_in(open_page(width=360, js=js), "paul")
    assert status(paul, action) == 404
    agrees(open_page("claire"), action.rstrip("/").rsplit("/", 1)[1])
    for page in (karim, paul):
        page.goto("/employeur/")
        page.get_by_role("link", name="Annoncer").first.click()
        assert "Salle du CSE" in page.locator("main").inner_text()
        assert NEED not in page.content()
        if js:
            assert faults(page) == []
        for link, kind in (("Affiche A4", b"%PDF"), ("Ajouter à un agenda", b"BEGIN:VCALENDAR")):
            with page.expect_download() as got:
                page.get_by_role("link", name=link).click()
            assert got.value.path().read_bytes().startswith(kind)
    assert status(paul, action) == 200
    told = "select count(*) from core_notice where starts_with(key, 'action_agreed:')"
    assert site.rows(told) == [(2,)], "both are told that something awaits them"


def test_it_is_asked_and_withdrawn_by_keyboard_alone(open_page: OpenPage) -> None:
    page = comes_in(open_page(width=360), "karim")
    press(page, "Choisir une action", "A")
    reach(page, "Famille et proches")
    page.keyboard.press("Enter")
    press(page, "Aider un proche", "A")
    reach(page, "Que souhaitez-vous", "TEXTAREA")
    page.keyboard.type(NEED)
    press(page, "Envoyer ma demande", "BUTTON")
    press(page, "Retirer la demande", "A")
    press(page, "Retirer ma demande", "BUTTON")
    assert "Votre demande est retirée" in page.locator("main").inner_text()
