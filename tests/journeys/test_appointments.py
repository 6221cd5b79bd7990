"""U11: taken once, in three presses at most from the case, an appointment is found in the case and announced."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site

pytestmark = pytest.mark.browser
Press = Callable[[], object]


class Counted:
    """What one does, counted."""

    def __init__(self) -> None:
        self.presses = 0

    def do(self, press: Press) -> None:
        press()
        self.presses += 1


def open_case(page: Page) -> None:
    page.goto("/pro/dossiers/")
    page.locator("main").get_by_role("link", name="Benali").click()


def planned(site: Site) -> list[tuple[object, ...]]:
    """The last appointment that was made: when, and what waits to be said of it."""
    return site.rows(
        "select a.starts_at, b.sequence, b.id from appointments_booking b"
        " join appointments_appointment a on a.id = b.appointment_id order by b.made_at desc limit 1"
    )


@pytest.mark.parametrize("js", [True, False])
def test_from_the_case_in_three_presses_at_most(open_page: OpenPage, site: Site, js: bool) -> None:
    page, counted = open_page("claire", js=js), Counted()
    open_case(page)
    counted.do(page.get_by_role("link", name="Prendre rendez-vous").first.click)
    slot = page.locator("button[name=slot].btn-secondary").first
    counted.do(slot.click)
    expect(page.locator("main")).to_contain_text("réservé")
    assert counted.presses <= 3
    ((starts, sequence, key),) = planned(site)
    assert sequence == 1
    told = site.rows("select says from core_notice where key = %s order by at desc limit 1", "booked:1")
    assert told == [("booked",)]
    open_case(page)
    expect(page.locator("main")).to_contain_text("Prochain rendez-vous")
    expect(page.locator(f"a[href='/pro/rendez-vous/{key}/']").first).to_be_visible()
    page.goto(f"/pro/rendez-vous/{key}/deplacer/")
    page.locator("button[name=slot].btn-secondary").nth(3).click()
    expect(page.locator("main")).to_contain_text("réservé")
    ((moved, again, same),) = planned(site)
    assert (same, again) == (key, 2)
    assert moved != starts
    assert site.rows("select says from core_notice where key = %s", "moved:2") == [("moved",)]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_hold_in_a_narrow_window(open_page: OpenPage, site: Site, width: int) -> None:
    page = open_page("claire", width=width)
    open_case(page)
    page.goto(re.sub(r"$", "rendez-vous/", page.url))
    narrow(page, "take")
    page.get_by_text("Laisser choisir la personne").click()
    page.get_by_role("button", name="Laisser choisir").click()
    narrow(page, "invited")
    page.get_by_role("link", name="Imprimer le papier").click()
    expect(page.locator("svg.qr")).to_be_visible()
    narrow(page, "paper")
    ((key,),) = site.rows(
        "select b.id from appointments_booking b join appointments_matter m on m.booking_id = b.id"
        " join appointments_appointment a on a.id = b.appointment_id where a.ends_at < now() limit 1"
    )
    page.goto(f"/pro/rendez-vous/{key}/conclure/")
    page.get_by_label("Ce qui s’est dit").fill("Elle va mieux.")
    narrow(page, "settle")
    page.locator("main button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("Elle va mieux.")
    narrow(page, "case")


def narrow(page: Page, name: str) -> None:
    """Nothing is wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, name
