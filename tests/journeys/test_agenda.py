"""The agenda without a pointer, in the list alone: find a day, move an appointment, cancel it; and on a telephone."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import OpenPage
from tests.journeys.test_axe import SIDEWAYS, faults
from tests.journeys.test_keyboard import press, reach
from tests.rows_appointments import monday

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def go_to(page: Page, day: str) -> None:
    """Choose a day in the list, by the field of the date: year, month and day are typed apart."""
    page.locator("main").focus()
    reach(page, "À partir du", "INPUT")
    page.evaluate("day => { document.activeElement.value = day }", day)
    press(page, "Afficher", "BUTTON")


def test_find_a_day_move_and_cancel_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("claire")
    press(page, "Agenda", "A")
    expect(page.get_by_role("heading", level=1)).to_have_text("Agenda")
    go_to(page, monday().isoformat())
    page.locator("main").focus()
    press(page, "10 h à 10 h 45, Rendez-vous".replace(" h", "\u202fh").replace("h 4", "h\u202f4"))
    expect(page.locator("main")).to_contain_text("Inès Benali")
    page.locator("main").focus()
    press(page, "Déplacer", "A")
    page.locator("main").focus()
    reach(page, "11 h".replace(" ", "\u202f"), "BUTTON")
    chosen = page.evaluate("document.activeElement.value")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("Rendez-vous déplacé")
    page.locator("main").focus()
    press(page, " à 11\u202fh", "A")  # the meeting, as the agenda shows it
    page.locator("main").focus()
    reach(page, "Annuler", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**#annuler")
    page.on("dialog", lambda asked: asked.accept())
    press(page, "Annuler le rendez-vous", "BUTTON")
    expect(page.locator(".flash")).to_contain_text("Rendez-vous annulé")
    press(page, "Agenda", "A")
    go_to(page, chosen[:10])
    assert page.get_by_role("link", name="Rendez-vous").filter(has_text="10 h 45").count() == 0


def test_the_accessible_name_of_each_event_says_when_and_what(open_page: OpenPage) -> None:
    page = open_page("claire")
    for view in ("liste", "semaine"):
        page.goto(f"/pro/agenda/?vue={view}&le={monday().isoformat()}")
        tree = page.locator("main").aria_snapshot().replace("\u202f", " ").replace("\u00a0", " ")
        named = [line for line in tree.splitlines() if "link" in line and ", Rendez-vous" in line]
        assert any("lundi" in line and "10 h à 10 h 45, Rendez-vous" in line for line in named), tree


def test_on_a_telephone_the_week_is_a_list_a_day(open_page: OpenPage) -> None:
    page = open_page("claire", width=360, js=False)
    for view in ("liste", "jour", "semaine"):
        page.goto(f"/pro/agenda/?vue={view}&le={monday().isoformat()}")
        assert page.evaluate(SIDEWAYS) == 0
        assert page.locator(".agenda-grid").is_visible() is False
        expect(page.get_by_role("heading", level=2).first).to_contain_text("Lundi")
        expect(page.get_by_text("Inès Benali").locator("visible=true").first).to_be_visible()


def test_the_table_of_a_week_has_no_fault_and_prints_without_the_frame(open_page: OpenPage) -> None:
    page = open_page("claire")
    page.goto(f"/pro/agenda/?vue=semaine&le={monday().isoformat()}")
    expect(page.get_by_role("table")).to_be_visible()
    assert faults(page) == []
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    assert "Inès Benali" in text
    assert "Agenda" in text
    assert "Se déconnecter" not in text
    assert "Semaine suivante" not in text
    assert "libre de" not in text
    assert len(paper.pages) <= 2
    assert float(paper.pages[0].mediabox.width) > float(paper.pages[0].mediabox.height)
