"""The full circle in a browser: physician, employer and Cap emploi, each with what the person agreed, and no more.

Claire asks, Inès agrees in her space, Claire writes and checks, they open and answer behind their own doors; then Inès
takes the employer's agreement back in the middle, and what was not read is gone without a word.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage, Site

pytestmark = pytest.mark.browser
SAID = {"hugo": "Pseudocercle pour le médecin.", "paul": "Pseudocercle pour l’employeur.",
        "chloe": "Pseudocercle pour le partenaire."}  # fmt: skip


def at_a_door(open_page: OpenPage, who: str, path: str) -> Page:
    """Somebody of another door than the staff's, on a telephone."""
    page = open_page(width=360)
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{who}@demo.amarre.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url(f"**{path}**")
    return page


def case_of(site: Site) -> str:
    ((pk,),) = site.rows("select id from cases_case where number = 'D-2025-0001'")
    return f"/pro/dossiers/{pk}/"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def ask(claire: Page, case: str, key: str, purpose: str) -> str:
    """Ask for an agreement; the address of the page that shows it."""
    claire.goto(f"{case}accords/nouveau/")
    claire.locator("select[name=to]").select_option(key)
    claire.locator("select[name=purpose]").select_option(purpose)
    claire.locator("textarea[name=what]").fill("Les dates et les horaires de mon retour.")
    press(claire, "Préparer la demande")
    expect(claire.locator("main")).to_contain_text("Ce que la personne lit")
    return claire.url


def agree(ines: Page, party: str) -> None:
    """Yes, in the person's own space."""
    ines.goto("/espace/accords/")
    ines.locator("main li", has_text=party).get_by_role("link").first.click()
    ines.locator("main .choice label", has_text="Oui").first.click()
    press(ines, "Envoyer ma réponse")
    expect(ines.locator("body")).to_contain_text("Votre réponse est enregistrée")


def send(claire: Page, case: str, party: str, kind: str, words: str) -> None:
    """Written, checked, sent."""
    claire.goto(f"{case}transmettre/")
    claire.locator("main label", has_text=party).last.click()
    claire.locator("select[name=kind]").select_option(kind)
    claire.locator("textarea[name=content]").fill(words)
    press(claire, "Relire avant d’envoyer")
    expect(claire.get_by_role("heading", level=1)).to_contain_text("Vérifiez avant d’envoyer")
    expect(claire.locator(".frozen")).to_contain_text(words)
    press(claire, "Envoyer")
    expect(claire.locator("body")).to_contain_text("C’est parti")


def status(page: Page, path: str) -> int:
    """What a page answers."""
    answer = page.goto(path)
    return answer.status if answer else 0


def option_of(site: Site, table: str, name: str, prefix: str) -> str:
    ((pk,),) = site.rows(f"select id from {table} where name = %s and ended_on is null", name)
    return f"{prefix}-{pk}"


def test_physician_employer_and_partner_each_read_theirs_and_answer(open_page: OpenPage, site: Site) -> None:
    claire, ines, case = open_page("claire"), at_a_door(open_page, "ines", "/espace/"), case_of(site)
    ((hugo_id,),) = site.rows("select id from accounts_user where email = 'hugo@demo.amarre.example'")
    parties = {
        "hugo": (f"colleague-{hugo_id}", "Dr Hugo Marchetti, équipe", "word"),
        "paul": (option_of(site, "organisations_contact", "Paul Derouet", "contact"), "Paul Derouet", "request"),
        "chloe": (option_of(site, "directory_partnercontact", "Chloé Aubry", "partner"), "Chloé Aubry", "orientation"),
    }
    for who, (key, party, kind) in parties.items():
        ask(claire, case, key, "return")
        agree(ines, party)
        send(claire, case, party, kind, SAID[who])

    hugo = open_page("hugo")
    hugo.goto("/pro/courrier/")
    expect(hugo.locator("main")).not_to_contain_text("Pseudocercle")
    hugo.locator("main .todos").get_by_role("link").first.click()
    press(hugo, "Ouvrir")
    expect(hugo.locator("main")).to_contain_text(SAID["hugo"])
    hugo.locator("main textarea").first.fill("Je la reçois mardi.")
    press(hugo, "Envoyer la réponse")

    paul = at_a_door(open_page, "paul", "/employeur/")
    paul.goto("/employeur/messages/")
    expect(paul.locator("main")).not_to_contain_text("Benali")
    paul.locator("main .todos").get_by_role("link").first.click()
    press(paul, "Ouvrir")
    expect(paul.locator("main")).to_contain_text(SAID["paul"])
    paul.locator("main .choice label").first.click()
    press(paul, "Envoyer ma réponse")

    chloe = at_a_door(open_page, "chloe", "/partenaire/")
    chloe.locator("main .todos").get_by_role("link").first.click()
    press(chloe, "Ouvrir")
    expect(chloe.locator("main")).to_contain_text(SAID["chloe"])
    chloe.locator("main form button.btn-primary").first.click()

    for who, page in (("hugo", hugo), ("paul", paul), ("chloe", chloe)):
        for other in set(SAID) - {who}:
            assert SAID[other] not in page.content()
    ines.goto("/espace/accords/")
    expect(ines.locator("main")).to_contain_text("a répondu")
    expect(ines.locator("main")).to_contain_text("accepté")
    claire.goto("/pro/")
    expect(claire.locator("main")).to_contain_text("réponse à lire")


def test_an_agreement_taken_back_in_the_middle_leaves_nothing_to_read(open_page: OpenPage, site: Site) -> None:
    claire, ines, case = open_page("claire"), at_a_door(open_page, "ines", "/espace/"), case_of(site)
    ask(claire, case, option_of(site, "organisations_contact", "Paul Derouet", "contact"), "other_job")
    agree(ines, "Paul Derouet")
    send(claire, case, "Chercher un autre poste", "word", SAID["paul"])
    ((pk,),) = site.rows("select max(id) from sharing_transmission")
    paul = at_a_door(open_page, "paul", "/employeur/")
    assert status(paul, f"/employeur/messages/{pk}/") == 200

    ines.goto("/espace/accords/")
    card = ines.locator("main .panel", has_text="Chercher un autre poste").filter(has_text="Paul Derouet")
    card.get_by_role("button").click()
    expect(ines.locator("body")).to_contain_text("C’est repris")

    assert status(paul, f"/employeur/messages/{pk}/") == status(paul, "/employeur/messages/9/") == 404
    paul.goto("/employeur/messages/")
    expect(paul.locator("main")).not_to_contain_text("repris")
    claire.goto(f"{case}transmettre/")
    expect(claire.locator("main form").first).not_to_contain_text("Chercher un autre poste")
    claire.goto(f"/pro/transmissions/{pk}/")
    expect(claire.locator("main")).to_contain_text("rappelée avant lecture")
