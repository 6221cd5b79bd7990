"""The space in Arabic and in English, in a browser: chosen with one touch, right to left, nothing cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_axe import faults, pages_of
from tests.journeys.test_space_life import choose, come_in, press

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
# Where the first line of a paragraph begins, seen from the edge of the page: at the right in Arabic.
RIGHT = (
    "() => { const r = document.querySelector('main h1').getBoundingClientRect(); return innerWidth - r.right < 40; }"
)


def speak(page: Page, language: str) -> None:
    page.get_by_role("button", name=language).click()


def all_faults(page: Page) -> list[str]:
    """The fullest pages first, then every other that Inès is shown."""
    found = []
    for name, path in pages_of("ines", first_only=False):
        if name.startswith("employee:"):
            page.goto(path)
            found += [f"{name}: {fault}" for fault in faults(page)]
    return found


@pytest.mark.parametrize("language", ["العربية", pytest.param("English", marks=pytest.mark.slow)])
def test_each_page_in_another_language_on_a_telephone(open_page: OpenPage, site: Site, language: str) -> None:
    page = come_in(open_page, "ines")
    speak(page, language)
    said = all_faults(page)
    assert not said, "\n".join(said)


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_a_language_is_chosen_where_one_stands_and_left_again(open_page: OpenPage, site: Site, js: bool) -> None:
    page = come_in(open_page, "ines", js=js)
    page.goto("/espace/joindre/")
    speak(page, "العربية")
    page.wait_for_url("**/espace/joindre/")
    expect(page.locator("html[lang=ar][dir=rtl]")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("كيف يمكن الاتصال بي")
    assert page.evaluate(RIGHT)
    expect(page).to_have_title("مساحتي")
    expect(page.locator("footer")).to_contain_text("ترجمة تحتاج إلى مراجعة")
    choose(page, "بالبريد الإلكتروني")
    press(page, "حفظ")
    expect(page.locator(".error-summary")).to_contain_text("شيء واحد للتصحيح")
    speak(page, "English")
    expect(page.get_by_role("heading", level=1)).to_have_text("How to reach me")
    expect(page.locator("footer")).to_contain_text("Translation to be checked")
    speak(page, "Français")
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment me joindre")
    expect(page.locator("footer")).not_to_contain_text("relire")


def test_a_draft_says_in_arabic_that_it_is_kept(open_page: OpenPage, site: Site) -> None:
    page = come_in(open_page, "ines")
    speak(page, "العربية")
    page.goto("/espace/messages/")
    page.get_by_label("رسالتك").fill("سأتأخر غدًا.")
    expect(page.locator(".draft-status")).to_contain_text("حُفظت المسودة في الساعة")
    page.reload()
    expect(page.get_by_label("رسالتك")).to_have_value("سأتأخر غدًا.")


def test_the_way_in_speaks_the_language_too(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360)
    page.goto("/espace/connexion/")
    speak(page, "العربية")
    expect(page.get_by_role("heading", level=1)).to_have_text("الدخول إلى مساحتي")
    assert faults(page) == []
