"""Each look, in a real browser: axe finds nothing, nothing overflows, targets can be pressed, print is readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from amarre.web.ui.views import ERRORS, LOOKS
from tests.web.ui.conftest import SITE, Server

pytestmark = pytest.mark.browser

AXE = settings.AMARRE_NODE_MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TWICE = "html { font-size: 200% }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter(node => node.checkVisibility() && node.type !== "hidden")
  .filter(node => !node.closest("p, .quiet, .choice, .skip"))
  .map(node => [node.getBoundingClientRect(), node.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 24 || box.height < 23.5).map(([box, html]) => `${box.height} ${html}`)"""


@pytest.fixture(params=[360, *(pytest.param(width, marks=pytest.mark.slow) for width in (1280, 320))])
def tab(chromium: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab at one width; axe must be let in through the CSP."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    context.route("**/*", server.answer)
    yield context.new_page()
    context.close()


def too_wide(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("look", [*LOOKS, *ERRORS])
def test_axe_finds_nothing_and_nothing_overflows(tab: Page, look: str):
    tab.goto(f"{SITE}/ui/?look={look}")
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert too_wide(tab) <= 0
    assert tab.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("change", [TWICE, SPACED])
@pytest.mark.parametrize("look", LOOKS)
def test_text_twice_as_large_or_widely_spaced_stays_in_the_page(tab: Page, look: str, change: str):
    tab.goto(f"{SITE}/ui/?look={look}")
    tab.add_style_tag(content=change)
    assert too_wide(tab) <= 0


def test_the_menu_opens_without_javascript(chromium: Browser, server: Server):
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    context.route("**/*", server.answer)
    page = context.new_page()
    page.goto(f"{SITE}/ui/")
    link = page.locator(".topmenu").get_by_role("link", name="Demandes")
    assert not link.is_visible()
    page.locator(".topmenu summary").click()
    assert link.is_visible()
    context.close()


def test_print_keeps_the_story_and_drops_the_frame(chromium: Browser, server: Server):
    context = chromium.new_context()
    context.route("**/*", server.answer)
    page = context.new_page()
    page.goto(f"{SITE}/ui/")
    page.emulate_media(media="print")
    assert page.get_by_text("Document confidentiel").is_visible()
    for hidden in (".sidebar", ".topbar", ".tabs", ".btn"):
        assert not page.locator(hidden).first.is_visible()
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("main *")].filter(node => node.checkVisibility())
        .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
        .map(node => parseFloat(getComputedStyle(node).fontSize)))"""
    )
    assert smallest >= 14.6  # 11 pt
    context.close()
