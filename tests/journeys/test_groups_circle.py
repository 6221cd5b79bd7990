"""Whole stories of groups: a works council's wish to its account, violence in a company of twelve, a training.

Real pages at every door, from the first word to the last; the clock alone is helped (a session is put on its day).
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from amarre.collective.links import questions_path, session_path
from tests.collective.sheets import pages, text_of
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_employer_groups import agrees, asks, comes_in, status

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()
CAME, ANSWERED = 14, 12


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def key_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def says(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("link", name=link).first.click()
    return Path(got.value.path()).read_bytes()


def code_of(site: Site, column: str, table: str, where: str, key: str) -> str:
    ((found,),) = site.rows(f"select {column} from {table} where {where} = %s", int(key))
    return str(found)


def its_day_comes(site: Site, key: str) -> None:
    """The session was this morning."""
    site.rows(
        "update collective_session set day = %s, starts = '08:00', ends = '09:00' where action_id = %s returning 1",
        TODAY, int(key),
    )  # fmt: skip


def answer_all(open_page: OpenPage, code: str, many: int, *, asked: str = "", level: str = "Plutôt oui") -> None:
    """So many passers-by, each in a browser of their own."""
    for _ in range(many):
        page = open_page(width=360, js=False)
        page.goto(questions_path(code) + asked)
        for group in page.locator("main form fieldset").all():
            group.locator(".choice label", has_text=level).click()
        page.locator("main form button[type=submit]").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Merci")
        page.context.close()


def open_action(page: Page, key: str) -> None:
    page.goto(f"/pro/collectif/{key}/")


def counted(page: Page, key: str, heads: int | None) -> None:
    """The session is said to be held, and how many were there."""
    open_action(page, key)
    page.locator("table a[href*='/seances/']").first.click()
    if heads is None:
        assert page.get_by_label("Personnes présentes").count() == 0, "nothing asks for a number"
    else:
        page.get_by_label("Personnes présentes").fill(str(heads))
    says(page, "La séance est tenue")


def accounted(page: Page, key: str, words: str) -> None:
    open_action(page, key)
    page.get_by_label("Ce qui a été fait").fill(words)
    says(page, "Remettre le compte rendu")


def test_a_works_council_asks_and_reads_what_it_did(open_page: OpenPage, site: Site) -> None:
    karim, claire = comes_in(open_page(width=360, js=False), "karim"), open_page("claire")
    address = asks(karim)
    key = key_of(address)
    agrees(claire, key)
    its_day_comes(site, key)
    open_action(claire, key)
    says(claire, "Ouvrir les questions")
    code = code_of(site, "evaluation_code", "collective_action", "id", key)
    answer_all(open_page, code, ANSWERED)
    counted(claire, key, CAME)
    open_action(claire, key)
    assert "Rien n’est lisible avant la fermeture" in main(claire)
    claire.on("dialog", lambda dialog: dialog.accept())
    says(claire, "Fermer l’évaluation")
    assert f"{ANSWERED} sur {ANSWERED}" in main(claire)
    claire.get_by_label("Nombre de sollicitations").fill("2")
    says(claire, "Noter")
    assert status(karim, f"{address}compte-rendu/") == 404, "not before it is given"
    accounted(claire, key, "Une heure, des questions sur les congés.")
    for page in (karim, comes_in(open_page(width=360, js=False), "paul")):
        assert status(page, f"{address}compte-rendu/") == 200
        said = main(page)
        assert f"{CAME}\u00a0personnes" in said or f"{CAME} personnes" in said
        assert "presque tout le monde" in said
        assert not re.search(rf"\b{ANSWERED}\b", said), "no number of answers leaves"
        assert "ollicitation" not in said
    sheet = downloaded(karim, "à imprimer")
    assert pages(sheet) == 1
    assert "des questions sur les congés" in text_of(sheet)
    open_action(claire, key)
    claire.get_by_label("Ce qui a changé").fill("Un correspondant est nommé.")
    says(claire, "Enregistrer le bilan")
    says(claire, "Terminer l’action")
    karim.goto(f"{address}compte-rendu/")
    assert "Un correspondant est nommé." in main(karim)


def agreed_on(page: Page, offer: str, asker: str) -> str:
    """A wish written down by the staff, talked over, agreed; the key of the action."""
    page.goto("/pro/collectif/nouvelle/?q=Conserverie")
    page.locator("main table a").first.click()
    page.get_by_label("Quelle action").select_option(label=offer)
    page.get_by_label(asker).check(force=True)
    page.get_by_label("Ce qui est souhaité").fill("Que chacun sache où appeler.")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/pro/collectif/\d+/$"))
    page.get_by_label("Ce qui ressort de l’échange").fill("Tout le monde, sur le temps de travail.")
    says(page, "Enregistrer le besoin")
    page.get_by_label("Convenu avec").fill("la direction")
    page.get_by_label("Convenu le").fill(TODAY.isoformat())
    page.get_by_label("Lieu").fill("Salle de pause")
    says(page, "Enregistrer l’accord")
    return key_of(page.url)


def fixed(page: Page, starts: str, ends: str) -> None:
    """A day, from the page that asks for it."""
    page.get_by_label("Jour").fill((TODAY + timedelta(days=30)).isoformat())
    page.get_by_label("Début").fill(starts)
    page.get_by_label("Fin").fill(ends)
    page.get_by_label("Claire", exact=False).first.check()
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state()


def test_violence_in_a_company_of_twelve_exposes_nobody(open_page: OpenPage, site: Site) -> None:
    site.rows("update organisations_establishment set headcount = '12' where city = 'Montreuil' returning 1")
    claire = open_page("claire")
    key = agreed_on(claire, "Violences dans la famille : en parler, savoir où aller", "Le service social le propose")
    expect(claire.get_by_text("Ici, rien n’est compté")).to_be_visible()
    claire.get_by_role("link", name="Fixer une séance").click()
    assert claire.get_by_label("Proposer une inscription").count() == 0
    fixed(claire, "14:00", "15:00")
    passer_by = open_page(width=360, js=False)
    passer_by.goto(session_path(code_of(site, "code", "collective_session", "action_id", key)))
    assert passer_by.locator("main input:not([type=hidden])").count() == 0, "nobody is asked anything"
    assert "Personne ne note votre nom" in main(passer_by)
    its_day_comes(site, key)
    counted(claire, key, None)
    accounted(claire, key, "Les numéros ont été donnés à toute l’équipe.")
    open_action(claire, key)
    assert claire.get_by_role("button", name="Ouvrir les questions").count() == 0
    assert claire.get_by_label("Nombre de sollicitations").count() == 0
    paul = comes_in(open_page(width=360, js=False), "paul")
    assert status(paul, f"/employeur/actions/{key}/compte-rendu/") == 200
    assert not re.search(r"\d+\s+personne", main(paul))
    assert "rien n’est compté" in main(paul)
    numbers = "select head_count, shown_count from collective_session where action_id = %s"
    assert site.rows(numbers, int(key)) == [(None, None)]
    assert site.rows("select count(*) from audit_entry e where e::text ~* 'violence'") == [(0,)], "nor the journal"


def test_a_training_of_managers_gives_its_certificates(open_page: OpenPage, site: Site) -> None:
    claire = open_page("claire")
    key = agreed_on(claire, "Encadrer quand un collègue va mal", "L’employeur")
    claire.get_by_role("link", name="Fixer une séance").click()
    fixed(claire, "09:00", "12:30")
    open_action(claire, key)
    says(claire, "Ouvrir les questions")
    its_day_comes(site, key)
    code = code_of(site, "evaluation_code", "collective_action", "id", key)
    answer_all(open_page, code, 6, asked="avant/", level="Pas du tout")
    answer_all(open_page, code, 6, asked="apres/", level="Tout à fait")
    open_action(claire, key)
    claire.locator("table a[href*='/seances/']").first.click()
    for name in ("Ida Marchenoir", "Loup Ferrand"):
        claire.get_by_label("Prénom et nom").fill(name)
        says(claire, "Ajouter")
    sheet = downloaded(claire, "Attestation")
    said = text_of(sheet)
    assert pages(sheet) == 1
    assert "Ida Marchenoir" in said
    assert "Encadrer quand un collègue va mal" in said
    counted(claire, key, 6)
    open_action(claire, key)
    claire.on("dialog", lambda dialog: dialog.accept())
    says(claire, "Fermer l’évaluation")
    assert "6 sur 6" in main(claire)
    assert "0 sur 6" in main(claire), "before, and after"
    paul = comes_in(open_page(width=360, js=False), "paul")
    paul.goto(f"/employeur/actions/{key}/")
    assert "Marchenoir" not in paul.content()
