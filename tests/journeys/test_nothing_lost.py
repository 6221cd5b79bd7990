"""Nothing typed is lost: dead session, killed server, cut network, crashed browser, two tabs."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import OpenPage, Site, sign_in

pytestmark = pytest.mark.browser
SAVED = "Brouillon enregistré"
LONG = ("Elle dit : « je ne sais plus à qui demander ». Puis elle se tait. " * 60)[:3000]


def new_note(page: Page) -> str:
    """The note page of Claire's first case; returns its address."""
    page.goto("/pro/ecrire/")
    page.get_by_role("link", name="Écrire").last.click()
    page.wait_for_url("**/note/")
    return page.url


def body(page: Page) -> str:
    return page.locator("[name=body]").input_value()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("js", [True, False])
def test_a_session_that_ends_in_the_middle_of_3000_characters(open_page: OpenPage, site: Site, js: bool) -> None:
    page = open_page("claire", js=js)
    address = new_note(page)
    page.locator("[name=body]").fill(LONG)
    page.locator("[name=mode]").select_option("phone")
    site.rows("delete from django_session returning 1")
    page.get_by_role("button", name="Enregistrer la note").click()
    page.wait_for_url("**/compte/connexion/**")
    expect(page.locator("main")).to_contain_text("gardé")
    page.get_by_label("Adresse électronique").fill("claire@demo.amarre.example")
    page.locator("input[type=password]").fill("amarre-demo")
    page.locator("main button.btn-primary").click()
    page.wait_for_url(address)
    assert digest(body(page)) == digest(LONG)
    assert page.locator("[name=mode]").input_value() == "phone"
    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.locator("main")).to_contain_text("Note enregistrée.")
    left = site.rows("select count(*) from core_draft where form like 'note:%%' and form <> 'note:1'")
    assert left == [(0,)]


def test_kill_9_of_the_server_keeps_what_was_saved_and_the_page_retries(open_page: OpenPage, site: Site) -> None:
    page = open_page("claire")
    address = new_note(page)
    page.locator("[name=body]").fill("Avant la panne.")
    expect(page.locator(".draft-status")).to_contain_text(SAVED)
    site.kill()
    page.locator("[name=body]").fill("Avant la panne. Pendant la panne.")
    expect(page.locator(".draft-status")).to_contain_text("réseau", timeout=15_000)
    assert body(page) == "Avant la panne. Pendant la panne."
    site.start()
    expect(page.locator(".draft-status")).to_contain_text(SAVED, timeout=30_000)
    other = open_page("claire")
    other.goto(address)
    assert body(other) == "Avant la panne. Pendant la panne."


def test_a_browser_that_crashes_finds_its_text_again(open_page: OpenPage) -> None:
    page = open_page("claire")
    new_note(page)
    page.locator("[name=body]").press_sequentially("Presque tout est là", delay=5)
    expect(page.locator(".draft-status")).to_contain_text(SAVED)
    context: BrowserContext = page.context
    context.close()
    again = open_page("claire")
    expect(again.locator("main")).to_contain_text("Brouillon")
    again.locator(".panel", has_text="Brouillons à finir").get_by_role("link", name="Reprendre").first.click()
    assert body(again) == "Presque tout est là"


def test_a_network_cut_is_said_and_mended(open_page: OpenPage) -> None:
    page = open_page("claire")
    new_note(page)
    page.context.set_offline(True)
    page.locator("[name=body]").fill("Écrit sans réseau.")
    expect(page.locator(".draft-status")).to_contain_text("réseau", timeout=10_000)
    page.context.set_offline(False)
    expect(page.locator(".draft-status")).to_contain_text(SAVED, timeout=30_000)


def test_a_note_corrected_in_two_tabs_shows_both_texts(open_page: OpenPage) -> None:
    page = open_page("claire")
    new_note(page)
    page.locator("[name=body]").fill("Première version.")
    page.locator("[name=mode]").select_option("phone")
    page.get_by_role("button", name="Enregistrer la note").click()
    page.get_by_role("link", name="Corriger").first.click()
    address = page.url
    tab = page.context.new_page()
    tab.goto(address)
    tab.locator("[name=body]").fill("Version de l'autre onglet.")
    tab.get_by_role("button", name="Enregistrer la note").click()
    expect(tab.locator("main")).to_contain_text("Note corrigée.")
    page.locator("[name=body]").fill("Version du premier onglet.")
    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.locator("main")).to_contain_text("Version de l'autre onglet.")
    assert body(page) == "Version du premier onglet."
    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.locator("main")).to_contain_text("Note corrigée.")


def test_a_stale_page_keeps_its_text_after_signing_in_elsewhere(open_page: OpenPage) -> None:
    page = open_page("claire", js=False)
    address = new_note(page)
    page.locator("[name=body]").fill("Tapé avant.")
    tab = page.context.new_page()
    tab.goto("/pro/")
    tab.get_by_role("button", name="Se déconnecter").first.click()
    if "deconnexion" in tab.url:
        tab.locator("main button.btn-primary").click()
    sign_in(tab, "claire")
    page.get_by_role("button", name="Enregistrer la note").click()
    if "Retrouver mon texte" in page.content():
        page.get_by_role("link", name="Retrouver mon texte").click()
    assert page.url.startswith(address.split("?")[0]) or "Note enregistrée" in page.content()
    page.goto(address)
    assert body(page) == "Tapé avant."
