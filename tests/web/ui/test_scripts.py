"""In a real browser, under the real CSP: nothing typed is lost, the end of the session is said beforehand."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.web.ui.conftest import SITE, Server

pytestmark = pytest.mark.browser

NNBSP = "\u202f"


@pytest.fixture
def note(page: Page) -> Page:
    """The filled form of the gallery, at a clock that the test holds."""
    page.clock.install()
    page.goto(f"{SITE}/ui/")
    return page


def form(page: Page):
    return page.locator("form[data-draft-url]")


def status(page: Page):
    return form(page).locator(".draft-status")


def body_of(sent: dict[str, str]) -> dict[str, list[str]]:
    return json.loads(sent["body"])


def test_a_draft_is_saved_after_a_short_pause_and_says_so(note: Page, server: Server):
    form(note).locator("textarea").fill("Dort mal.")
    note.clock.run_for(1600)
    expect(status(note)).to_have_text("Brouillon enregistré à 14 h 32")
    (sent,) = server.drafts
    assert sent["token"] == "exemple"
    kept = body_of(sent)
    assert kept["text"] == ["Dort mal."]
    assert kept["needs"] == ["health"]
    assert kept["readers"] == ["members"]
    assert "csrfmiddlewaretoken" not in kept


def test_someone_who_never_pauses_is_saved_every_three_seconds(note: Page, server: Server):
    for second in range(10):
        form(note).locator("textarea").fill(f"Seconde {second}")
        note.clock.run_for(1000)
    note.wait_for_function("() => true")
    assert 2 <= len(server.drafts) <= 4


def test_nothing_is_sent_when_nothing_changed(note: Page, server: Server):
    form(note).locator("textarea").press("End")
    note.clock.run_for(20_000)
    assert server.drafts == []


def test_without_network_it_says_so_and_tries_again_until_it_is_saved(note: Page, server: Server):
    server.down = True
    form(note).locator("textarea").fill("Sans réseau")
    note.clock.run_for(1600)
    expect(status(note)).to_have_text(
        f"Pas de réseau{NNBSP}: votre texte reste à l’écran. Nouvel essai dans 5{NNBSP}s…"
    )
    form(note).locator("textarea").fill("Sans réseau, puis la suite")
    server.down = False
    note.clock.run_for(5100)
    expect(status(note)).to_have_text("Brouillon enregistré à 14 h 32")
    assert body_of(server.drafts[-1])["text"] == ["Sans réseau, puis la suite"]


def test_a_server_in_trouble_is_tried_again(note: Page, server: Server):
    server.status = 503
    form(note).locator("textarea").fill("Panne")
    note.clock.run_for(1600)
    expect(status(note)).to_contain_text("Le brouillon n’a pas pu être enregistré")
    server.status = 200
    note.clock.run_for(5100)
    expect(status(note)).to_have_text("Brouillon enregistré à 14 h 32")


def test_a_text_changed_elsewhere_stays_on_screen_and_shows_the_way(note: Page, server: Server):
    server.status = 409
    form(note).locator("textarea").fill("Ma version")
    note.clock.run_for(1600)
    expect(status(note)).to_contain_text("Ce texte a aussi été modifié ailleurs")
    expect(status(note).get_by_role("link")).to_have_attribute("target", "_blank")
    expect(form(note).locator("textarea")).to_have_value("Ma version")


def test_a_token_too_old_is_said_and_the_text_stays(note: Page, server: Server):
    server.status = 403
    form(note).locator("textarea").fill("Longue journée")
    note.clock.run_for(1600)
    expect(status(note)).to_contain_text("ouverte depuis trop longtemps")
    expect(form(note).locator("textarea")).to_have_value("Longue journée")


def test_leaving_the_page_saves_what_was_just_typed(note: Page, server: Server):
    form(note).locator("textarea").fill("Je pars")
    with note.expect_request("**/brouillon/") as sent:
        note.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert "Je+pars" in (sent.value.post_data or "")


def test_sending_the_form_leaves_no_ghost_draft(note: Page, server: Server):
    form(note).evaluate("form => { form.action = '/ui/?look=404'; form.method = 'post' }")
    form(note).locator("textarea").fill("Envoyé")
    form(note).get_by_role("button", name="Enregistrer").click()
    expect(note.get_by_role("heading", level=1)).to_contain_text("n’existe pas")
    assert server.drafts == []


def test_one_press_sends_once_and_a_refused_confirmation_sends_nothing(page: Page):
    page.goto(f"{SITE}/ui/")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.on("dialog", lambda dialog: dialog.dismiss())
    form(page).evaluate(
        "form => { form.action = '/ui/?look=404'; form.dataset.presses = '';"
        " form.addEventListener('submit', event => { form.dataset.presses += 'x'; event.preventDefault() }) }"
    )
    form(page).get_by_role("button", name="Supprimer").click()
    assert form(page).get_attribute("data-presses") == ""
    form(page).get_by_role("button", name="Enregistrer").click()
    form(page).get_by_role("button", name="Enregistrer").click(force=True)
    assert form(page).get_attribute("data-presses") == "x"
    assert [url for url in posts if "brouillon" not in url] == []


def test_slash_goes_to_the_search_but_stays_a_slash_in_a_text(page: Page):
    page.goto(f"{SITE}/ui/")
    page.locator("h1").first.click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Chercher quelqu’un")).to_be_focused()
    area = form(page).locator("textarea")
    area.fill("")
    area.press("/")
    expect(area).to_have_value("/")


def test_a_refused_form_puts_the_reader_on_its_summary_then_in_the_field(page: Page):
    page.goto(f"{SITE}/ui/")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary").get_by_role("link", name="Pour quoi").click()
    expect(page.locator("#refus_needs_0")).to_be_focused()


def test_the_end_of_the_session_is_said_two_minutes_before_and_any_key_prolongs_it(note: Page, server: Server):
    area = form(note).locator("textarea")
    area.focus()
    note.clock.fast_forward("28:05")
    dialog = note.get_by_role("dialog")
    expect(dialog).to_contain_text("La session se ferme dans 2 minutes")
    note.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(area).to_be_focused()
    assert server.renewed >= 1


def test_someone_who_works_is_never_interrupted(note: Page, server: Server):
    area = form(note).locator("textarea")
    for _ in range(10):
        area.press("a")
        note.clock.run_for(300_000)
        expect(note.get_by_role("dialog")).to_be_hidden()
    assert 5 <= server.renewed <= 11


def test_when_the_session_is_over_the_text_stays_with_a_way_back(note: Page, server: Server):
    form(note).locator("textarea").fill("Trois mille signes")
    note.clock.fast_forward("31:00")
    note.clock.run_for(2000)
    over = note.locator("[data-idle-over]")
    expect(over).to_contain_text("Votre texte reste à l’écran")
    expect(over.get_by_role("link")).to_have_attribute("href", "/compte/connexion/")
    expect(form(note).locator("textarea")).to_have_value("Trois mille signes")


def test_a_server_that_no_longer_knows_the_session_is_believed(note: Page, server: Server):
    server.renew = 403
    note.clock.fast_forward("28:05")
    note.get_by_role("button", name="Rester en ligne").click()
    expect(note.locator("[data-idle-over]")).to_be_visible()


def test_leaving_fast_does_not_come_back(page: Page, server: Server):
    server.pages["/"] = "<p>ailleurs</p>"
    page.goto(f"{SITE}/ui/?look=person")
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Quitter vite").click()
    page.wait_for_url("https://www.meteo.fr/")
    assert page.evaluate("history.length") == before
