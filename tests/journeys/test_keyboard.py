"""The main job by keyboard alone: nothing is out of reach, and where one is can always be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import OpenPage

pytestmark = pytest.mark.browser

_FOCUSED = """async () => {
  const inside = e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.top + 20 < innerHeight; };
  for (let frame = 0; frame < 600 && !inside(document.activeElement); frame++) await new Promise(requestAnimationFrame);
  const e = document.activeElement;
  if (!e || e === document.body) return {name: "", shown: true, hidden: false};
  const own = e.getAttribute("aria-label") || e.innerText || "";
  const label = e.labels && e.labels.length ? e.labels[0].innerText : own;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const card = e.labels && e.labels[0] ? getComputedStyle(e.labels[0]) : style;
  const ring = [style, card].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2)
    || [style, card].some(s => s.boxShadow !== "none");
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(Math.max(0, x), Math.max(0, y));
  const over = top && (e.contains(top) || top.contains(e) || (e.labels && [...e.labels].some(l => l.contains(top))));
  return {name: (e.tagName + " " + label).trim(), shown: ring, hidden: box.width > 0 && !over,
    by: top ? top.outerHTML.slice(0, 80) + " " + Math.round(y) : "outside " + Math.round(y)};
}"""


def reach(page: Page, words: str, kind: str = "", limit: int = 120) -> None:
    """Press Tab until what says `words` has the focus; each stop must show where it is and be uncovered."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        said = page.evaluate(_FOCUSED)
        assert said["shown"], f"no visible focus on {said['name']!r}"
        assert not said["hidden"], f"{said['name']!r} is covered by {said['by']}"
        if words in said["name"] and said["name"].startswith(kind):
            return
    raise AssertionError(f"{words!r} cannot be reached by keyboard")


def press(page: Page, words: str, kind: str = "") -> None:
    reach(page, words, kind)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_main_job_without_a_pointer(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/compte/connexion/")
    page.keyboard.press("Tab")
    assert "contenu" in page.evaluate("document.activeElement.getAttribute('href') || ''"), "the skip link is first"
    reach(page, "Adresse électronique")
    page.keyboard.type("claire@demo.amarre.example")
    reach(page, "Mot de passe")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pro/")
    press(page, "Nouveau contact")
    reach(page, "Nom", "INPUT")
    page.keyboard.type("Pseudoclavier")
    reach(page, "Mettre dans la file")
    page.keyboard.press("ArrowDown")
    press(page, "Enregistrer le contact")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pseudoclavier")
    page.locator("main").focus()
    press(page, "Écrire une note")
    page.locator("main").focus()
    reach(page, "Ce qui s")
    page.keyboard.type("Entretien au clavier.")
    reach(page, "Où et comment")
    page.keyboard.type("Par tél")
    press(page, "Enregistrer la note")
    expect(page.locator("main")).to_contain_text("Premier entretien fait")
    page.locator("main").focus()
    press(page, "Clore le dossier")
    page.locator("main").focus()
    reach(page, "Issue")
    page.keyboard.press("ArrowDown")
    reach(page, "Raison de la clôture")
    page.keyboard.press("ArrowDown")
    press(page, "Clore le dossier", "BUTTON")
    expect(page.locator(".page-title")).to_contain_text("Clos")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
