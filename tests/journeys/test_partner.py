"""A partner on a telephone: a link, a code, then two clicks; and what becomes of it when the person takes it back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage, Site
from tests.rows_partners import YANIS_SECRET
from tests.rows_sharing import CODE

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
LINK = f"/partenaire/lien/{YANIS_SECRET}/"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
STATE = (
    "select o.state, o.refusal from sharing_orientation o join directory_structure s on s.id = o.structure_id"
    " where s.name = %s order by o.id"
)


def type_code(page: Page, code: str = CODE) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continuer").click()


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> None:
    """Nothing is wider than the telephone, and every button is large enough for a thumb."""
    assert page.evaluate(WIDE) <= 0
    for button in page.locator("main button:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44, button.inner_text()


@BOTH
def test_two_clicks_after_the_code(open_page: OpenPage, site: Site, js: bool) -> None:
    page = open_page(width=360, js=js)
    page.goto(LINK)
    expect(page.get_by_role("heading", level=1)).to_have_text("Un message vous attend")
    expect(page.locator("body")).not_to_contain_text(re.compile("Yanis|service social"))
    fits(page)
    type_code(page)
    expect(page.locator("body")).not_to_contain_text("canari-oriente-yanis")
    fits(page)
    press(page, "Ouvrir")
    expect(page.locator("main")).to_contain_text("canari-oriente-yanis")
    fits(page)
    press(page, "J’accepte")
    expect(page.locator("main")).to_contain_text("Votre réponse est partie.")
    expect(page.locator("main")).to_contain_text("Acceptée")
    assert site.rows(STATE, "CCAS d’essai") == [("accepted", "")]
    fits(page)


def test_no_with_a_reason_and_without_javascript(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360, js=False)
    page.goto(LINK)
    type_code(page)
    press(page, "Ouvrir")
    page.locator("summary", has_text="Je ne peux pas").click()
    press(page, "Répondre que je ne peux pas")
    expect(page.locator("main")).to_contain_text("Choisissez une raison dans la liste.")
    fits(page)
    page.locator("main .choice label", has_text="Pas de place").click()
    press(page, "Répondre que je ne peux pas")
    expect(page.locator("main")).to_contain_text("Refusée")
    assert site.rows(STATE, "CCAS d’essai") == [("refused", "full")]


def test_taken_back_in_the_middle(open_page: OpenPage, site: Site) -> None:
    """The code was typed and nothing opened; Yanis takes his agreement back: the partner learns nothing of it."""
    page, nobody = open_page(width=360, js=False), open_page(width=360, js=False)
    page.goto(LINK)
    type_code(page)
    expect(page.get_by_role("button", name="Ouvrir")).to_be_visible()
    (agreement,) = site.rows("select agreement_id from sharing_transmission t join directory_partnercontact c"
                             " on c.id = t.partner_id where c.name = 'Désiré Fontanel'")[0]  # fmt: skip
    yanis = open_page(width=360)
    yanis.goto("/compte/connexion/")
    yanis.get_by_label("Adresse électronique").fill("yanis@demo.amarre.example")
    yanis.locator("input[type=password]").fill(PASSWORD)
    yanis.locator("main button.btn-primary").click()
    yanis.wait_for_url("**/espace/")
    yanis.goto(f"/espace/accords/{agreement}/")
    press(yanis, "Je change d’avis")
    expect(yanis.locator("main")).to_contain_text(re.compile("repris|Avant"))
    press(page, "Ouvrir")
    gone = page.locator("main").inner_text()
    nobody.goto("/partenaire/message/")
    assert gone == nobody.locator("main").inner_text()
    pages = []
    for link, code in ((LINK, CODE), ("/partenaire/lien/inconnu/", "00000000")):
        nobody.goto(link)
        type_code(nobody, code)
        pages.append(nobody.locator("body").inner_text())
    assert pages[0] == pages[1]
    assert site.rows(STATE, "CCAS d’essai") == [("sent", "")]
