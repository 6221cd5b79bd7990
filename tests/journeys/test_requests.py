"""Who asks, who answers, and what each of them learns: with JavaScript off and on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_main_job import choose

pytestmark = pytest.mark.browser


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).first.click()


def send(page: Page, words: str) -> None:
    """Send; a robot's haste is refused, with a sentence that asks to press again: so the test does."""
    for _ in range(40):
        page.get_by_role("button", name=words).click()
        if "Vérifiez" not in page.get_by_role("heading", level=1).inner_text():
            return
        expect(page.locator("main")).to_contain_text("C’est allé très vite")
        # Eight sendings an hour are let through: a browser that is fast must not spend them within four seconds.
        page.wait_for_timeout(1_000)
    raise AssertionError("never accepted")


def employee_asks(page: Page, last_name: str) -> str:
    """The public pages, one question at a time; returns the reference."""
    page.goto("/demande/")
    expect(page.locator("main")).to_contain_text("3114")
    page.get_by_role("link", name="Commencer").click()
    page.get_by_label("Commune ou code postal").fill("Montreuil")
    go_on(page)
    choose(page, "L’argent")
    page.get_by_label("Vos mots à vous").fill("Je ne dors plus, canari-journal.")
    go_on(page)
    choose(page, "Appelez-moi")
    go_on(page)
    page.locator("[name=phone]").fill("06 39 98 77 00")
    go_on(page)
    page.locator("[name=last_name], [name=name]").last.fill(last_name)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez avant d’envoyer")
    send(page, "Envoyer ma demande")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande est bien arrivée")
    return page.locator(".reference").first.inner_text().strip()


def open_request(page: Page, name: str) -> None:
    page.goto("/pro/demandes/")
    page.locator("tr", has_text=name).get_by_role("link", name="Ouvrir").click()


def test_an_employee_without_javascript_asks_and_is_accompanied(open_page: OpenPage, site: Site) -> None:
    reference = employee_asks(open_page(width=360, js=False), "Pseudovage")
    page = open_page("claire", js=False)
    open_request(page, "Pseudovage")
    expect(page.locator("main")).to_contain_text(reference)
    expect(page.locator("main")).to_contain_text("Je ne dors plus, canari-journal.")
    choose(page, "U3")
    press(page, "Enregistrer l’urgence")
    press(page, "Prendre la demande")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pseudovage")
    page.locator("main").get_by_role("link", name="Écrire une note").click()
    page.get_by_label("Ce qui s").fill("Premier entretien, canari-note.")
    page.get_by_label("Où et comment").select_option("office")
    press(page, "Enregistrer la note")
    page.get_by_role("link", name="Clore le dossier").click()
    page.get_by_label("Issue").select_option("SAME_POST")
    page.get_by_label("Raison de la clôture").select_option(index=1)
    press(page, "Clore le dossier")
    expect(page.locator(".page-title")).to_contain_text("Clos")
    for other in ("nadia", "theo", "sophie", "marc"):
        stranger = open_page(other, js=False)
        answer = stranger.goto(page.url)
        assert answer is not None
        assert answer.status == 404
        assert "canari" not in stranger.content()


def test_an_employer_learns_nothing_whatever_the_person_says(open_page: OpenPage, site: Site) -> None:
    told = []
    for name in ("Refusard", "Acceptard"):
        employer = open_page(width=360, js=False)
        employer.goto("/demande/employeur/")
        employer.get_by_role("link", name="Commencer").click()
        choose(employer, "quelqu’un")
        go_on(employer)
        employer.locator("[name=requester_name]").fill("Paul Derouet")
        employer.locator(".choice label").first.click() if employer.locator(".choice").count() else None
        employer.locator("[name=company]").fill("Entrepôts de la Plaine")
        go_on(employer)
        employer.locator("[name=requester_email]").fill("paul.derouet@entrepots.example")
        go_on(employer)
        employer.locator("[name=first_name]").fill("Jean")
        employer.locator("[name=last_name]").fill(name)
        employer.locator("[name=phone]").fill("06 39 98 66 01")
        go_on(employer)
        employer.locator(".choice label").first.click()
        go_on(employer)
        assert employer.locator("textarea").count() == 0
        send(employer, "Transmettre ma demande")
        expect(employer.get_by_role("heading", level=1)).to_have_text("Demande transmise")
        reference = employer.locator(".reference").first.inner_text()
        told.append(employer.locator("main").inner_text().replace(reference, "REF"))
    worker = open_page("claire", js=False)
    for name, said in (("Refusard", "Ne souhaite pas"), ("Acceptard", "D’accord")):
        open_request(worker, name)
        expect(worker.locator("main")).not_to_contain_text("Prendre la demande")
        choose(worker, said)
        press(worker, "Noter la tentative")
    assert told[0] == told[1]
    queued = site.rows("select count(*) from procrastinate_jobs where task_name = 'core.notify'")
    assert queued == [(2,)]
    worker.goto("/pro/demandes/")
    expect(worker.locator("main")).not_to_contain_text("Refusard")
    expect(worker.locator("main")).to_contain_text("Acceptard")


def test_a_physicians_word_is_taken_handed_over_and_covered(open_page: OpenPage, site: Site) -> None:
    doctor = open_page("hugo", js=False)
    doctor.get_by_role("navigation").get_by_role("link", name="Adresser quelqu’un").first.click()
    doctor.get_by_role("link", name="La personne n’a pas de fiche").click()
    doctor.locator("[name=last_name]").fill("Pseudomont")
    doctor.locator("[name=phone]").fill("06 39 98 55 02")
    choose(doctor, "Souhaite parler à quelqu’un")
    choose(doctor, "Médecin du travail")
    doctor.get_by_label("La personne est d’accord").check()
    press(doctor, "Transmettre au service social")
    expect(doctor.locator(".flash, [role=status]").first).to_contain_text("Transmis au service social.")
    assert doctor.goto("/pro/demandes/").status == 403
    claire = open_page("claire", js=False)
    open_request(claire, "Pseudomont")
    choose(claire, "U2")
    press(claire, "Enregistrer l’urgence")
    choose(claire, "D’accord")
    press(claire, "Noter la tentative")
    press(claire, "Prendre la demande")
    number = re.search(r"D-\d{4}-\d{4}", claire.locator(".crumbs").inner_text())
    assert number
    claire.get_by_role("link", name="Passer la main").click()
    claire.get_by_label("À qui").select_option(label="Bruno Le Goff")
    claire.get_by_label("Raison").select_option(index=1)
    press(claire, "Passer la main")
    bruno = open_page("bruno", js=False)
    bruno.goto("/pro/dossiers/?q=pseudomont")
    bruno.get_by_role("link", name="Pseudomont").click()
    case = bruno.url
    marc = open_page("marc", js=False)
    assert marc.goto(case).status == 404
    marc.goto("/pro/equipe/")
    expect(marc.locator("main")).to_contain_text(number.group())
    assert "Pseudomont" not in marc.content()
    bruno.get_by_role("link", name="Qui a accès").click()
    bruno.get_by_label("Qui", exact=False).first.select_option(label="Nadia Ferhat")
    choose(bruno, "suppléant")
    bruno.get_by_label("Jusqu").fill("2027-01-15")
    bruno.get_by_label("Raison").select_option(index=1)
    press(bruno, "Ouvrir le dossier")
    assert open_page("nadia", js=False).goto(case).status == 200
    assert open_page("theo", js=False).goto(case).status == 404
