"""Dr Hugo sends somebody, opens what was transmitted to him and answers; Claire reads it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_main_job import choose
from tests.journeys.test_requests import open_request, press

pytestmark = pytest.mark.browser


def test_dr_hugo_sends_somebody_who_has_agreed(open_page: OpenPage, site: Site) -> None:
    hugo = open_page("hugo", width=360, js=False)
    hugo.goto("/pro/adresser/")
    hugo.get_by_label("Nom, prénom, téléphone").fill("Pseudomont")
    press(hugo, "Chercher")
    hugo.get_by_role("link", name="Ce n’est aucune de ces personnes").click()
    hugo.locator("[name=last_name]").fill("Pseudomont")
    hugo.locator("[name=phone]").fill("06 39 98 55 02")
    choose(hugo, "Retour d’absence à préparer")
    choose(hugo, "Médecin du travail")
    hugo.locator("[name=words]").fill("Dépression, canari-adresse.")
    press(hugo, "Transmettre au service social")
    expect(hugo.locator("main")).to_contain_text("À relire avant l’envoi")
    hugo.locator("[name=words]").fill("Elle préfère le matin, canari-adresse.")
    press(hugo, "Transmettre ainsi")
    expect(hugo.locator("main")).to_contain_text("La personne doit être d’accord")
    hugo.get_by_label("La personne est d’accord").check()
    press(hugo, "Transmettre au service social")
    expect(hugo.locator(".flash, [role=status]").first).to_contain_text("Transmis au service social.")
    expect(hugo.locator("tr", has_text="Pseudomont")).to_contain_text("transmise")
    told = hugo.locator("tr", has_text="Pseudomont").inner_text()
    claire = open_page("claire", js=False)
    open_request(claire, "Pseudomont")
    expect(claire.locator("main")).to_contain_text("Elle préfère le matin, canari-adresse.")
    expect(claire.locator("main")).to_contain_text("À confirmer avec elle")
    choose(claire, "Ne souhaite pas")
    press(claire, "Noter la tentative")
    hugo.goto("/pro/adresser/")
    assert hugo.locator("tr", has_text="Pseudomont").inner_text() == told, "he learns nothing of it"


def test_dr_hugo_opens_and_answers_and_claire_reads_it(open_page: OpenPage, site: Site) -> None:
    hugo = open_page("hugo")
    hugo.get_by_role("link", name="Courrier").click()
    expect(hugo.locator("main")).not_to_contain_text("Benali")
    hugo.locator("li.todo", has_text="Claire Kermadec").first.get_by_role("link", name="Voir").click()
    expect(hugo.locator("main")).not_to_contain_text("Pas encore lue")
    press(hugo, "Ouvrir")
    expect(hugo.locator("main")).to_contain_text("Pas encore lue.")
    hugo.locator("[name=words]").fill("Bien reçu, canari-reponse.")
    press(hugo, "Envoyer la réponse")
    expect(hugo.locator("main")).to_contain_text("Bien reçu, canari-reponse.")
    where = hugo.url
    for other in ("nora", "claire"):
        answer = open_page(other).goto(where)
        assert answer is not None
        assert answer.status == 404
    claire = open_page("claire")
    claire.goto(where.replace("/courrier/", "/transmissions/"))
    expect(claire.locator("main")).to_contain_text("Bien reçu, canari-reponse.")
    press(claire, "Marquer comme lu")
