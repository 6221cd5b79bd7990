"""The plan, as a social worker builds it: together in the office; on paper, through a relapse, to the balance.

At the end of each story the database says what the pages said.
"""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from amarre.plans.channels import code_of
from amarre.plans.models import ChannelCheck
from tests.journeys.conftest import OpenPage, Site
from tests.rows import INES_CASE, YANIS_CASE

pytestmark = pytest.mark.browser


def choose(page: Page, words: str) -> None:
    page.locator(".choice", has_text=words).locator("label").first.click()


def open_tab(page: Page, number: str, words: str) -> None:
    page.goto("/pro/dossiers/")
    page.locator("tr", has_text=number).get_by_role("link").first.click()
    page.get_by_role("navigation", name="Parties du dossier").get_by_role("link", name=words).click()


def photograph() -> dict[str, object]:
    """A picture of a page, as a telephone makes one."""
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "JPEG")
    return {"name": "page signée.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_together_in_the_office(open_page: OpenPage, site: Site, js: bool) -> None:
    page = open_page("nadia", js=js)
    open_tab(page, YANIS_CASE, "Projet")
    page.get_by_role("link", name="Noter un besoin").click()
    page.get_by_label("Besoin", exact=False).first.fill("Savoir ce que je toucherai")
    page.get_by_role("button", name="Noter le besoin").click()
    page.get_by_role("link", name="Ajouter un objectif").click()
    page.get_by_label("Objectif", exact=False).first.fill("Reprendre deux matinées")
    page.get_by_label("Ce qui montrera que ça avance").fill("Les matinées tenues")
    choose(page, "Choisi ensemble")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Reprendre deux matinées")).to_be_visible()
    page.get_by_role("link", name="Ajouter une action : Reprendre deux matinées").click()
    page.get_by_label("Quoi").fill("Appeler la caisse")
    choose(page, "Le service social")
    page.get_by_role("button", name="Noter l’action").click()
    page.get_by_role("button", name="Fait : Appeler la caisse").click()
    expect(page.get_by_text("fait", exact=True).first).to_be_visible()

    page.get_by_role("navigation", name="Parties du dossier").get_by_role("link", name="Grilles").click()
    page.get_by_role("button", name=re.compile("^Remplir ensemble : Ma capacité")).click()
    choose(page, "5")
    if js:
        expect(page.locator("#garde")).to_contain_text("Enregistré", timeout=15_000)
        page.reload()
    else:
        page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    page.get_by_role("button", name="Terminer la grille").click()
    expect(page.get_by_role("heading", name="Côte à côte")).to_be_visible()

    open_tab(page, YANIS_CASE, "Projet")
    page.get_by_role("link", name="Figer et proposer").click()
    expect(page.get_by_role("heading", name="Reprendre deux matinées")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Figer la version 1")).click()
    page.locator(".choice label", has_text=re.compile("^d’accord$")).click()
    choose(page, "À l’oral")
    page.get_by_role("button", name="Enregistrer la réponse").click()
    choose(page, "En main propre")
    page.get_by_role("button", name="Noter la remise").click()
    expect(page.get_by_text("La remise est enregistrée.")).to_be_visible()
    paper = page.request.get(page.get_by_role("link", name="Imprimer (PDF)").get_attribute("href"))
    assert paper.body().startswith(b"%PDF-")
    said = site.rows(
        "select v.state, answered_how, handed_how from plans_version v join plans_plan p on p.id = v.plan_id"
        " join cases_case c on c.id = p.case_id where c.number = %s",
        YANIS_CASE,
    )
    assert said == [("agreed", "oral", ["hand"])]


def test_all_on_paper_with_a_relapse_to_the_balance(open_page: OpenPage, site: Site) -> None:
    """A person without an e-mail address; the plan is revised after a relapse, then ends."""
    page = open_page("claire")
    open_tab(page, INES_CASE, "Documents")
    page.get_by_label("Fichier").set_input_files(photograph())
    page.get_by_label("Ce que c’est").fill("Page signée")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("link", name="Page signée", exact=False)).to_be_visible()
    open_tab(page, INES_CASE, "Projet")
    page.get_by_role("link", name="Faire un point").click()
    choose(page, "La situation a changé")
    page.get_by_label("Ce qu’on en dit").fill("Rechute. On ralentit.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Un contact toutes les", exact=False).fill("1")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("chaque semaine", exact=False)).to_be_visible()
    page.get_by_role("link", name="Figer et proposer").click()
    expect(page.get_by_text("Une version attend déjà une réponse")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Figer la version 3")).click()
    page.locator(".choice label", has_text=re.compile("^d’accord$")).click()
    choose(page, "Sur papier")
    page.get_by_role("button", name="Enregistrer la réponse").click()  # without its proof
    expect(page.get_by_text("Un accord sur papier se garde", exact=False).first).to_be_visible()
    page.get_by_label("Page signée").select_option(label="Page signée")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La réponse est enregistrée.")).to_be_visible()
    open_tab(page, INES_CASE, "Projet")
    page.get_by_role("link", name="Bilan de fin").click()
    page.get_by_label("Ce qu’on en dit").fill("Elle a repris.")
    page.get_by_label("Ce qui reste ouvert").fill("Le loyer de mars.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le loyer de mars.")).to_be_visible()
    states = site.rows(
        "select v.number, v.state from plans_version v join plans_plan p on p.id = v.plan_id"
        " join cases_case c on c.id = p.case_id where c.number = %s order by v.number",
        INES_CASE,
    )
    assert states == [(1, "agreed"), (2, "replaced"), (3, "agreed")]


def test_the_space_is_opened_with_the_person(open_page: OpenPage, site: Site) -> None:
    """A code goes to the address, the person reads it, the worker types it; a wrong one opens nothing."""
    page = open_page("nadia")
    open_tab(page, YANIS_CASE, "Espace")
    page.get_by_label("Adresse électronique").fill("yanis.nouvelle@courriel.example")
    choose(page, "vient de me la donner")
    page.get_by_role("button", name="Envoyer un code", exact=True).click()
    page.get_by_label("Code lu par la personne").fill("000000")
    page.get_by_role("button", name="Ouvrir l’espace").click()
    expect(page.get_by_text("Ce n’est pas le code qui est parti", exact=False).first).to_be_visible()
    key, email, sent_at = site.rows("select id, email, sent_at from plans_channelcheck order by id desc limit 1")[0]
    page.get_by_label("Code lu par la personne").fill(code_of(ChannelCheck(pk=key, email=email, sent_at=sent_at)))
    page.get_by_role("button", name="Ouvrir l’espace").click()
    expect(page.get_by_text("l’espace est ouvert", exact=False)).to_be_visible()
    active = site.rows("select email, is_active from accounts_user where name = 'Yanis Diarra' order by id")
    assert active[-1] == ("yanis.nouvelle@courriel.example", True)
    assert active[0][1] is False
