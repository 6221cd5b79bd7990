"""One thing said to one recipient, with the person's agreement: from the asking to the taking back.

With JavaScript and without; the signature needs it, and shows no frame without it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import harness
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_keyboard import press, reach
from tests.journeys.test_plan import choose, open_tab
from tests.journeys.test_space_life import come_in
from tests.rows import INES_CASE

pytestmark = pytest.mark.browser
WORDS = "Canari-parcours : seulement le matin, jusqu’en juin."
OPENED = """
import django; django.setup()
from django.db import transaction
from tests.cast import actor, as_owner
from amarre.core.scope import acting_as
from amarre.sharing import commands
from amarre.sharing.models import Transmission
with transaction.atomic():
    hugo = actor("hugo")
with acting_as(hugo):
    row = Transmission.objects.visible_to(hugo).received_by(hugo).filter(read_at=None).order_by("-id")[0]
    assert "Canari-parcours" in row.content
    row = commands.open_transmission(actor=hugo, transmission=row)
    commands.answer_transmission(actor=hugo, transmission=row, kind="accepted", words="Canari-retour")
"""


def hugo_answers(site: Site) -> None:
    """By the commands: the door of the recipient has its own tests."""
    environment = {**os.environ, "DATABASE_URL": harness.url_of(site.database), "AMARRE_NESTED_SCOPES": "1"}
    subprocess.run([sys.executable, "-c", OPENED], env=environment, check=True, timeout=60)


def ask(page: Page) -> str:
    """Claire asks; the address of the agreement."""
    open_tab(page, INES_CASE, "Projet")
    page.wait_for_url("**/projet/**")
    page.goto(re.sub(r"(/pro/dossiers/\d+/).*", r"\1accords/nouveau/", page.url))
    to = page.locator("select[name=to]")
    to.select_option(value=to.locator("option", has_text="Hugo").get_attribute("value"))
    page.get_by_label("Pour quoi").select_option("post")
    page.get_by_label("Ce qui pourra être dit").fill("Canari-parcours : mes horaires")
    page.get_by_label("Jusqu’au").fill((date.today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Préparer la demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accord")
    return page.url


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_from_the_asking_to_the_taking_back(open_page: OpenPage, site: Site, js: bool) -> None:
    claire, ines = open_page("claire", js=js), come_in(open_page, "ines", js=js)
    at = ask(claire)
    number = at.rstrip("/").rsplit("/", 1)[1]
    ines.goto(f"/espace/accords/{number}/")
    expect(ines.locator("input[type=radio]:checked")).to_have_count(0)
    choose(ines, "Oui, je suis d’accord")
    ines.get_by_role("button", name="Envoyer ma réponse").click()

    compose = re.sub(r"accords/\d+/$", "transmettre/", at)
    claire.goto(compose)
    claire.get_by_label(re.compile("canari-action|canari-objectif")).first.check()
    claire.get_by_role("button", name="Commencer par cela").click()
    content = claire.get_by_label("Ce que le destinataire lira, mot pour mot")
    assert "canari-" in content.input_value(), "the chosen part begins the text"
    claire.locator(f'input[name="agreement"][value="{number}"]').check(force=True)
    claire.locator("select[name=kind]").select_option("request")
    content.fill("")
    claire.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(claire.locator(f'input[name="agreement"][value="{number}"]')).to_be_checked()
    content.fill(WORDS)
    claire.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(claire.get_by_role("heading", level=1)).to_have_text("Vérifiez avant d’envoyer")
    shown = claire.locator("blockquote.frozen")
    expect(shown).to_contain_text(WORDS)
    expect(shown).to_contain_text("Hugo")
    if js:
        claire.locator("main").focus()
        press(claire, "Envoyer", "BUTTON")
    else:
        claire.get_by_role("button", name="Envoyer", exact=True).click()
    expect(claire.get_by_text("Ces mots ne changent plus.")).to_be_visible()
    sent_at = claire.url

    hugo_answers(site)
    claire.goto(sent_at)
    expect(claire.get_by_text("Canari-retour")).to_be_visible()
    claire.get_by_role("button", name="Marquer comme lu").click()
    ines.goto(f"/espace/envois/{sent_at.rstrip('/').rsplit('/', 1)[1]}/")
    expect(ines.get_by_text(WORDS)).to_be_visible()
    expect(ines.get_by_text("Canari-retour")).to_be_visible()

    ines.goto(f"/espace/accords/{number}/")
    ines.get_by_role("button", name="Je change d’avis").click()
    expect(ines.get_by_text("C’est repris.", exact=False)).to_be_visible()
    claire.goto(compose)
    expect(claire.locator(f'input[name="agreement"][value="{number}"]')).to_have_count(0)
    (kept,) = site.rows("select state, read_at is not null from sharing_transmission where id = %s",
                        int(sent_at.rstrip("/").rsplit("/", 1)[1]))  # fmt: skip
    assert kept == ("sent", True), "what was read stays as it is"


def test_a_signature_is_drawn_and_drawn_again(open_page: OpenPage, site: Site) -> None:
    page = open_page("claire")
    ask(page)
    choose(page, "Signé à l’écran")
    page.get_by_role("button", name="Enregistrer l’accord").click()
    expect(page.get_by_text("Il n’y a pas de signature.", exact=False)).to_be_visible()
    choose(page, "Signé à l’écran")
    pad = page.locator(".sign svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for row in (0.3, 0.6):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * row)
        page.mouse.down()
        for step in range(1, 10):
            page.mouse.move(box["x"] + 20 + step * 15, box["y"] + box["height"] * row + (step % 3) * 6)
        page.mouse.up()
    drawn = [d for path in pad.locator("path").all() if (d := path.get_attribute("d"))]
    page.get_by_role("button", name="Enregistrer l’accord").click()
    again = page.locator("svg.signature path")
    expect(again).to_have_count(2)
    assert len(drawn) == 2
    assert [(p.get_attribute("d") or "").count("L") for p in again.all()] == [9, 9]
    (kept,) = site.rows("select given_how, heard_by_id is not null from sharing_agreement order by id desc limit 1")
    assert kept == ("screen", True)


def test_without_script_there_is_no_frame_and_aloud_works(open_page: OpenPage) -> None:
    page = open_page("claire", js=False)
    ask(page)
    expect(page.locator(".sign")).to_be_hidden()
    choose(page, "À l’oral")
    page.get_by_role("button", name="Enregistrer l’accord").click()
    expect(page.get_by_text("À l’oral").first).to_be_visible()


def test_a_text_being_written_survives(open_page: OpenPage) -> None:
    page = open_page("claire")
    open_tab(page, INES_CASE, "Projet")
    page.wait_for_url("**/projet/**")
    page.goto(re.sub(r"(/pro/dossiers/\d+/).*", r"\1transmettre/", page.url))
    page.get_by_label("Ce que le destinataire lira, mot pour mot").fill(WORDS)
    expect(page.locator(".draft-status").first).to_contain_text("enregistré", timeout=15_000)
    page.reload()
    expect(page.get_by_label("Ce que le destinataire lira, mot pour mot")).to_have_value(WORDS)
    reach(page, "Relire avant d’envoyer", "BUTTON")
