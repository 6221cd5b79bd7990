"""The PDP unit in a browser: convened, an item put with an agreement, an anonymous one refused then put, decided upon.

At the end of each story the database says what the pages said.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.rows import INES_CASE, TODAY
from tests.rows_meetings import NEXT_WEEK

pytestmark = pytest.mark.browser


def choose(page: Page, words: str) -> None:
    page.locator(".choice", has_text=words).locator("label").first.click()


def open_meeting(page: Page) -> None:
    page.goto("/pro/cellule/")
    page.locator(".todos", has_text="Cellule d’essai").get_by_role("link", name=re.compile("^Ouvrir")).last.click()


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_from_the_agenda_to_the_minutes(open_page: OpenPage, site: Site, js: bool) -> None:
    hugo = open_page("hugo", js=js)
    hugo.goto("/pro/cellule/")
    hugo.get_by_role("link", name="Convoquer la cellule").click()
    hugo.get_by_label("Date", exact=False).first.fill(TODAY.isoformat())
    hugo.get_by_role("button", name="Prévoir la réunion").click()
    expect(hugo.get_by_role("heading", name="Cellule d’essai")).to_be_visible()
    here = hugo.url

    nadia = open_page("nadia", js=js)
    nadia.goto(here)
    nadia.get_by_role("link", name="Mettre un point").click()
    choose(nadia, "Yanis Diarra")
    nadia.get_by_role("button", name="Mettre à l’ordre du jour").click()
    expect(nadia.get_by_text("avec accord").first).to_be_visible()

    nadia.get_by_role("link", name="Mettre un point").click()
    nadia.get_by_role("link", name="Écrire un point anonyme").click()
    words = nadia.get_by_label("La question, sans nommer personne")
    words.fill("M. Diarra voudrait changer de poste.")
    nadia.get_by_role("button", name="Relire").click()
    expect(nadia.get_by_text("Ce texte permet de reconnaître quelqu’un").first).to_be_visible()
    words.fill("Une personne voudrait changer de poste. Qui peut l’aider à Granville ?")
    nadia.get_by_role("button", name="Relire").click()
    expect(nadia.get_by_text("des mots qui pourraient être des noms")).to_be_visible()
    nadia.get_by_role("button", name="Corriger le texte").click()
    words.fill("Une personne voudrait changer de poste. Qui peut l’aider ?")
    nadia.get_by_role("button", name="Relire").click()
    nadia.get_by_role("button", name="Mettre à l’ordre du jour").click()
    expect(nadia.get_by_role("link", name="Point anonyme")).to_be_visible()

    hugo.goto(here)
    hugo.get_by_role("link", name=re.compile("Un point vous attend|Yanis Diarra")).click()
    if hugo.get_by_role("button", name="Ouvrir", exact=True).count():
        hugo.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(hugo.get_by_role("heading", name="Yanis Diarra")).to_be_visible()
    hugo.get_by_label("Ce qui est décidé").fill("Le recevoir en visite")
    hugo.get_by_label("Qui s’en charge").select_option(label="Nora Lindqvist")
    hugo.get_by_label("Pour le").fill(NEXT_WEEK.isoformat())
    hugo.get_by_role("button", name="Noter la décision").click()
    expect(hugo.get_by_text("Le recevoir en visite").first).to_be_visible()

    nadia.goto(hugo.url)
    nadia.get_by_role("link", name="Compte rendu pour…").click()
    nadia.get_by_label("Pour qui").select_option(index=0)
    nadia.get_by_label("Ce que ce destinataire lira").fill("Une visite est proposée.")
    nadia.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(nadia.get_by_text("Pas d’accord de la personne pour ce destinataire").first).to_be_visible()
    nadia.get_by_label("Pour qui").select_option(index=1)
    nadia.get_by_role("button", name="Relire avant d’envoyer").click()
    nadia.wait_for_url("**/pro/transmissions/**")
    expect(nadia.get_by_text("Une visite est proposée.").first).to_be_visible()

    assert site.rows("select count(*) from sharing_decision where written_at::date = %s", TODAY) == [(1,)]
    drafts = "select kind, state from sharing_transmission t join sharing_minutes n on n.transmission_id = t.id"
    assert ("minutes", "draft") in site.rows(f"{drafts} where t.prepared_at::date = %s", TODAY)
    nameless = site.rows("select put_by_id, transmission_id from sharing_agendaitem where anonymous is not null")
    assert len(nameless) == 2
    lines = site.rows(
        "select case_id, person_id from audit_entry where verb = 'item.put_nameless' and outcome = 'done'"
    )
    assert lines == [(None, None)]


def test_the_unit_keeps_its_seats(open_page: OpenPage, site: Site) -> None:
    page = open_page("alex")
    page.goto("/pro/reglages/cellules/")
    page.get_by_role("link", name="Cellule d’essai").click()
    page.on("dialog", lambda d: d.accept())
    page.get_by_role("button", name=re.compile("^Fermer son accès : Nora")).click()
    expect(page.get_by_text("ne lit plus rien de cette cellule")).to_be_visible()
    nora = open_page("nora")
    nora.goto("/pro/cellule/")
    expect(nora.get_by_text("Vous ne siégez pas dans la cellule")).to_be_visible()
    expect(nora.get_by_text("canari")).to_have_count(0)


def test_together_around_a_table(open_page: OpenPage, site: Site) -> None:
    page = open_page("claire")
    page.goto("/pro/dossiers/")
    page.locator("tr", has_text=INES_CASE).get_by_role("link").first.click()
    page.get_by_role("navigation", name="Parties du dossier").get_by_role("link", name="À plusieurs").click()
    page.get_by_role("link", name="Prévoir un entretien").click()
    choose(page, "Médiation")
    page.get_by_label("Date", exact=False).first.fill(TODAY.isoformat())
    choose(page, "canari-avec-qui-ines")
    page.get_by_label("Ce que nous avons convenu de dire").fill("Les horaires, et rien d’autre.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Médiation")).to_be_visible()
    page.get_by_role("button", name="Il a eu lieu").first.click()
    page.get_by_role("link", name="Écrire la conclusion pour…").first.click()
    page.get_by_label("Pour qui").select_option(index=1)
    page.get_by_label("Ce que ce destinataire lira").fill("Les horaires changent lundi.")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    page.wait_for_url("**/pro/transmissions/**")
    held = site.rows('select kind, state from sharing_jointinterview where "on" = %s', TODAY)
    assert held == [("mediation", "held")]
