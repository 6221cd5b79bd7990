"""Signing in by keyboard and without JavaScript; no page of the way in has a fault for axe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage, sign_in
from tests.web.entry.totp import code

pytestmark = pytest.mark.browser

AXE = Path(settings.AMARRE_NODE_MODULES, "axe-core", "axe.min.js")
RULES = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"
)
FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what these words name; it must be seen there."""
    for _ in range(15):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{words}: not reached by Tab")


def type_in(page: Page, words: str, text: str) -> None:
    tab_to(page, words)
    page.keyboard.type(text)


def enter(page: Page, who: str) -> None:
    page.goto("/compte/connexion/")
    type_in(page, "Adresse électronique", f"{who}@demo.amarre.example")
    type_in(page, "Mot de passe", PASSWORD)
    page.keyboard.press("Enter")


def test_the_second_factor_is_set_up_and_asked_by_keyboard_and_without_javascript(open_page: OpenPage) -> None:
    page = open_page(js=False)
    enter(page, "bruno")
    expect(page).to_have_url(re.compile("/pro/$"))
    page.goto("/compte/second-facteur/")
    tab_to(page, "Activer le second facteur")
    page.keyboard.press("Enter")
    expect(page.locator(".qr")).to_be_visible()
    tab_to(page, "Je ne peux pas viser le dessin")
    page.keyboard.press("Enter")
    secret = page.locator(".key").inner_text()
    type_in(page, "Code", code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    assert page.locator(".codes li").count() == 10
    page.goto("/compte/deconnexion/")
    tab_to(page, "Se déconnecter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    enter(page, "bruno")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre code")
    type_in(page, "Code", code(secret, 1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/pro/$"))


def faults(page: Page, path: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than its window."""
    page.goto(path)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{path} {v['id']} {v['nodes'][0]['html']}" for v in found] + [f"{path} overflows"] * wide


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.slow)])
def test_no_page_of_the_way_in_has_a_fault(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, bypass_csp=True)
    outside = ("connexion/?garde=1", "mot-de-passe/oublie/", "mot-de-passe/oublie/envoye/", "invitation/1/x/")
    paths = [f"/compte/{path}" for path in outside] + ["/compte/mot-de-passe/nouveau/1-x/", "/boite-aux-lettres/"]
    found = [fault for path in paths for fault in faults(page, path)]
    sign_in(page, "alex")
    inside = ("mot-de-passe/", "second-facteur/", "second-facteur/application/", "deconnexion/", "confirmer/")
    staff = ("mes-acces/", "comptes/", "comptes/?q=introuvable", "comptes/inviter/")
    paths = [f"/compte/{path}" for path in inside] + [f"/pro/{path}" for path in staff]
    found += [fault for path in paths for fault in faults(page, path)]
    page.goto("/pro/comptes/")
    links = page.locator("main table a")
    accounts = [links.nth(n).get_attribute("href") for n in (0, 1)]
    found += [fault for path in accounts for fault in faults(page, str(path))]
    assert found == []
