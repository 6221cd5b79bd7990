"""A person in their own space, on a telephone: with and without JavaScript, one thing per page.

Inès answers a grid, proposes, comments, does her part, sends a photo, writes, says no, names those close to her, asks;
Yanis sees what she opens, then nothing. What was done is read again after a reload, and in the database.
"""

from __future__ import annotations

import re
from io import BytesIO

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import harness
from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage, Site

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def come_in(open_page: OpenPage, who: str, *, js: bool = True) -> Page:
    """In by the demonstration's password; codes and passkeys are tried in test_space_sign_in."""
    page = open_page(width=360, js=js)
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{who}@demo.amarre.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/espace/")
    return page


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=re.compile(name)).first.click()


def choose(page: Page, words: str) -> None:
    """Touch the card, as a thumb does."""
    page.locator("main .choice label", has_text=words).first.click()


def asks_with(site: Site, grid: str) -> str:
    """The grid that Inès was asked to fill becomes this one; the address of its first page."""
    with psycopg.connect(harness.url_of(site.database, "amarre_owner")) as connection:
        row = connection.execute(
            "update plans_filling set grid = %s, grid_version = '1' where side = 'person' returning id", [grid]
        ).fetchone()
    assert row
    return f"/espace/grilles/{row[0]}/"


def mails(site: Site) -> list[tuple[object, ...]]:
    """What left, or waits to leave."""
    return site.rows("select subject from accounts_mail union all select task_name from procrastinate_jobs")


def photo() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(kept, "JPEG")
    return kept.getvalue()


@BOTH
def test_a_whole_grid_question_by_question(open_page: OpenPage, site: Site, js: bool) -> None:
    path = asks_with(site, "work_ability")
    page = come_in(open_page, "ines", js=js)
    page.locator(".todo", has_text="Ma capacité").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Votre employeur, jamais")
    follow(page, "Commencer")
    expect(page.locator("main")).to_contain_text("Question 1 sur 2")
    press(page, "Continuer")
    expect(page.locator("main")).to_contain_text("Choisissez une réponse, ou")
    choose(page, "7")
    press(page, "Continuer")
    expect(page.locator("main")).to_contain_text("Question 2 sur 2")
    follow(page, "M’arrêter là")
    page.reload()
    follow(page, "Continuer")
    expect(page.locator("main")).to_contain_text("Question 2 sur 2")
    choose(page, "Je préfère ne pas répondre")
    press(page, "Continuer")
    title(page, "Relisez vos réponses")
    page.reload()
    said = page.locator("dl.facts .fact")
    expect(said.nth(0)).to_contain_text("7")
    expect(said.nth(1)).to_contain_text("préfère ne pas répondre")
    press(page, "J’ai terminé")
    expect(page.get_by_role("status").first).to_contain_text("Vos réponses sont enregistrées")
    page.goto(path)
    expect(page.locator("main")).to_contain_text("Terminée le")
    assert site.rows("select count(*) from plans_filling where side = 'person' and finished_on is not null") == [(1,)]


@BOTH
def test_a_goal_its_comment_how_it_goes_and_what_is_done(open_page: OpenPage, site: Site, js: bool) -> None:
    page = come_in(open_page, "ines", js=js)
    follow(page, "Voir tout mon projet")
    follow(page, "Proposer un objectif")
    page.get_by_label("Ce que je veux").fill("Reprendre à mi-temps en janvier")
    press(page, "Proposer")
    expect(page.locator("main")).to_contain_text("C’est proposé. On en parle ensemble.")
    expect(page.locator("main")).to_contain_text("Reprendre à mi-temps en janvier (proposé par vous)")
    follow(page, "canari-objectif-ines")
    page.get_by_label("Ce que j’en dis").fill("Pas avant février, je pense.")
    press(page, "Envoyer")
    expect(page.locator("main blockquote").last).to_contain_text("Pas avant février, je pense.")
    follow(page, "Dire comment ça va")
    choose(page, "C’est moins bien")
    press(page, "Enregistrer")
    expect(page.locator("main .badge").first).to_have_text("C’est moins bien")
    page.goto("/espace/")
    follow(page, "J’ai fait ma partie")
    choose(page, "Oui, c’est fait")
    press(page, "Enregistrer")
    expect(page.locator("main li", has_text="Apporter la lettre").first).to_contain_text("(fait)")
    assert site.rows("select state, settled_by from plans_action where owner = 'person'") == [("done", "person")]
    assert page.evaluate(WIDE) <= 0


@BOTH
def test_a_photo_is_sent_and_taken_back_and_a_message_written(open_page: OpenPage, site: Site, js: bool) -> None:
    page = come_in(open_page, "ines", js=js)
    follow(page, "Mes documents")
    follow(page, "Envoyer un papier")
    press(page, "Envoyer")
    expect(page.locator(".error-summary")).to_contain_text("Le papier")
    page.get_by_label("Le papier").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"pas une photo"}
    )
    press(page, "Envoyer")
    expect(page.locator(".error-summary")).to_contain_text("n’est ni une photo ni un PDF")
    page.get_by_label("Le papier").set_input_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_label("Ce que c’est").fill("Lettre de la caisse")
    press(page, "Envoyer")
    sent = page.locator(".panel", has_text="Lettre de la caisse")
    expect(sent).to_contain_text("envoyé par vous")
    sent.get_by_role("link", name=re.compile("Retirer")).click()
    title(page, "Retirer ce papier")
    press(page, "Retirer")
    expect(page.locator("main")).to_contain_text("Le papier est retiré.")
    expect(page.locator(".panel", has_text="Lettre de la caisse")).to_have_count(0)
    page.goto("/espace/")
    follow(page, "Lui écrire")
    press(page, "J’ai lu")
    page.get_by_label("Votre message").fill("Je serai en retard demain.")
    press(page, "Envoyer")
    expect(page.locator(".words.mine").last).to_contain_text("Je serai en retard demain.")
    assert site.rows("select count(*) from plans_message where side = 'person' and author_id is not null") == [(0,)]


@BOTH
def test_no_is_an_answer(open_page: OpenPage, site: Site, js: bool) -> None:
    page = come_in(open_page, "ines", js=js)
    page.locator(".todo", has_text="Un projet écrit attend").get_by_role("link").click()
    title(page, "Mon projet écrit")
    path = page.url
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    press(page, "Envoyer ma réponse")
    expect(page.locator(".error-summary")).to_contain_text("Êtes-vous d’accord")
    choose(page, "Non, pas comme ça")
    page.get_by_label("Voulez-vous ajouter quelque chose").fill("Je ne veux pas de mi-temps.")
    press(page, "Envoyer ma réponse")
    expect(page.locator("main")).to_contain_text("Votre réponse est enregistrée. Merci.")
    page.goto(path)
    expect(page.locator("main")).to_contain_text("Vous n’étiez pas d’accord.")
    expect(page.get_by_role("button", name="Envoyer ma réponse")).to_have_count(0)
    assert site.rows("select state, answered_how from plans_version where number = 2") == [("declined", "space")]


def test_a_trusted_person_and_a_relative_who_sees_a_part_then_nothing(open_page: OpenPage, site: Site) -> None:
    ines, yanis = come_in(open_page, "ines"), come_in(open_page, "yanis")
    follow(ines, "Mes proches")
    follow(ines, "Ajouter quelqu’un")
    expect(ines.locator("input:checked")).to_have_count(0)
    ines.get_by_label("Son nom").fill("Fatima Benali")
    choose(ines, "Ma personne de confiance")
    press(ines, "Ajouter")
    expect(ines.locator(".panel", has_text="Fatima Benali")).to_contain_text("Ne voit rien dans mon espace.")
    follow(yanis, "Ce qui est partagé avec moi")
    shared = yanis.url
    expect(yanis.locator("main")).to_contain_text("canari-objectif-ines")
    ines.locator(".panel", has_text="Yanis Diarra").get_by_role("link").click()
    choose(ines, "Mes objectifs")
    choose(ines, "Mes démarches")
    press(ines, "Enregistrer")
    yanis.goto(shared)
    expect(yanis.locator("main")).to_contain_text("déposée")
    expect(yanis.locator("main")).not_to_contain_text("canari-objectif-ines")
    ines.locator(".panel", has_text="Yanis Diarra").get_by_role("link").click()
    press(ines, "Tout reprendre")
    expect(ines.locator("main")).to_contain_text("Cette personne ne voit plus rien.")
    answer = yanis.goto(shared)
    assert answer
    assert answer.status == 404
    title(yanis, "Cette page n’existe pas")
    yanis.goto("/espace/")
    expect(yanis.locator("main")).not_to_contain_text("partagé avec moi")


@BOTH
def test_asking_for_data_for_somebody_else_and_again(open_page: OpenPage, site: Site, js: bool) -> None:
    page = come_in(open_page, "ines", js=js)
    follow(page, "Mes données")
    choose(page, "Faire corriger quelque chose")
    press(page, "Envoyer ma demande")
    expect(page.locator(".error-summary")).to_contain_text("Dites ce qu’il faut corriger")
    choose(page, "Voir ce que vous gardez sur moi")
    press(page, "Envoyer ma demande")
    expect(page.locator(".panel", has_text="Voir mes données")).to_contain_text("Réponse au plus tard le")
    page.goto("/espace/redemander/")
    choose(page, "L’argent, le logement")
    press(page, "Envoyer ma demande")
    expect(page.get_by_role("status").first).to_contain_text("Votre référence")
    other = come_in(open_page, "yanis", js=js)
    follow(other, "Changer de personne")
    other.get_by_label("Voulez-vous dire pourquoi").fill("Je préfère quelqu’un d’autre.")
    press(other, "Demander")
    expect(other.get_by_role("status").first).to_contain_text("La responsable vous répond.")
    other.goto("/espace/autre-personne/")
    expect(other.locator("main")).to_contain_text("Vous l’avez demandé le")
    assert site.rows("select count(*) from plans_workerchange where settled_at is null") == [(2,)]


@pytest.mark.parametrize(("grid", "number", "said"), [("phq9", 9, "Plusieurs jours"), ("pdp", 14, "Oui")])
def test_an_answer_that_is_urgent_leads_to_numbers_and_tells_nobody(
    open_page: OpenPage, site: Site, grid: str, number: int, said: str
) -> None:
    path = asks_with(site, grid)
    page = come_in(open_page, "ines", js=False)
    before = mails(site)
    page.goto(f"{path}{number}/")
    choose(page, said)
    press(page, "Continuer")
    title(page, "Quelqu’un peut vous répondre, maintenant")
    expect(page.locator("main .numbers a[href='tel:3114']")).to_be_visible()
    box = page.locator("main .numbers a[href='tel:3114']").bounding_box()
    assert box
    assert box["height"] >= 44
    expect(page.locator("main")).to_contain_text("Elle n’est envoyée à personne par courriel.")
    assert mails(site) == before
    page.goto(f"{path}{number}/")
    expect(page.locator("main .choice", has_text=said).locator("input")).to_be_checked()
