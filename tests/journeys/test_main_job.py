"""The main job, as it is done: asked on a phone, taken, met, written, closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage

pytestmark = pytest.mark.browser


def choose(page: Page, words: str) -> None:
    """A radio or checkbox card, by its words."""
    page.locator(".choice", has_text=words).locator("label").first.click()


def test_staff_type_a_request_and_go_to_its_end(open_page: OpenPage) -> None:
    page = open_page("claire")
    page.get_by_role("link", name="Nouveau contact").click()
    page.get_by_label("Nom", exact=False).first.fill("Pseudocourt")
    page.get_by_label("Ce que la personne dit").fill("Je ne peux plus payer mon loyer.")
    choose(page, "Je la prends")
    page.get_by_role("button", name="Enregistrer le contact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pseudocourt")
    page.locator("main").get_by_role("link", name="Écrire une note").click()
    page.get_by_label("Ce qui s").fill("Vient seule, au centre.")
    page.get_by_label("Où et comment").select_option("office")
    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.get_by_text("Premier entretien fait")).to_be_visible()
    page.get_by_role("link", name="Clore le dossier").click()
    page.get_by_label("Issue").select_option("RIGHTS_ONLY")
    page.get_by_label("Raison de la clôture").select_option(index=1)
    choose(page, "6 et 12 mois")
    page.get_by_role("button", name="Clore le dossier").click()
    expect(page.locator("h1 + *, .badges, .page-title").first).to_contain_text("Clos")
    page.get_by_role("button", name="Rouvrir").click()
    expect(page.get_by_text("Un nouvel épisode est ouvert.")).to_be_visible()
