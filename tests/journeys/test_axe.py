"""axe-core finds nothing on any page of the matrix, and no page scrolls sideways on a telephone.

Each page once at 360 px, for the first of the cast who is shown it; everybody, 1280 px and forms that come back with
their errors under `make test-full`. The page's own content security policy stays on: axe is evaluated, not loaded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from amarre.config.settings import ROOT
from tests.cast import PASSWORD, as_owner
from tests.journeys.conftest import OpenPage
from tests.matrix import EVERYBODY, MATRIX, OTHER_DOORS, Row
from tests.matrix import STRANGERS as NOT_SIGNED_IN

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule is run; only what is wrong is described, since nobody reads what is right.
RUN = """async tags => (await axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
})).violations"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
DEVICES = {"telephone": 360, "desk": 1280}
SHOWS_EVERY_STATE = {"staff:ui_gallery"}  # many titles on one page, on purpose; looked at in tests/web/ui
FILES = {
    "employee:version_paper", "employee:document", "staff:plan_budget_paper", "staff:plan_grid_paper",
    "staff:plan_version_paper", "staff:plan_document", "employee:letter", "staff:letter", "staff:letter_pdf",
    "staff:settings_letter_sample", "staff:settings_letter_file", "rdv:appointment_file", "employee:appointment_file",
    "staff:collective_material_file", "staff:collective_year_file",
    "employer:action_paper", "employer:action_calendar", "employer:action_account_file",
    "staff:collective_account_file", "staff:collective_told", "staff:collective_told_calendar",
    "staff:collective_evaluation_card", "staff:collective_sign_in_sheet", "staff:collective_certificate",
    "public:groups_session_file", "public:groups_seat_file",
    "api:feed",
}  # fmt: skip  # downloaded, not shown


COME_BACK = {"claire", "marc", "alex", "bruno"}  # those who meet a form that may be sent empty


@lru_cache(maxsize=1)
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def path_of(row: Row) -> str:
    with as_owner():
        return reverse(row.name, args=row.arguments())


def pages_of(code: str, *, first_only: bool) -> list[tuple[str, str]]:
    """Name and path of the pages that somebody is shown (or is the first to be shown)."""
    return [
        (row.name, path_of(row))
        for row in MATRIX
        if row.name not in SHOWS_EVERY_STATE | FILES
        and 200 in row.get
        and (row.somebody() == code if first_only else code in row.get[200])
    ]


def faults(page: Page) -> list[str]:
    """What axe says of the page as it stands, and whether it scrolls sideways."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    said = [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})" for v in found]
    if (wider := page.evaluate(SIDEWAYS)) > 0:
        said.append(f"scrolls sideways by {wider} px")
    return said


def enter(open_page: OpenPage, code: str, width: int) -> Page:
    """A page in which somebody has come in: a person or an employer at their door, others on the page of accounts."""
    if code in NOT_SIGNED_IN:
        return open_page(width=width)
    if code not in OTHER_DOORS:
        return open_page(code, width=width)
    page = open_page(width=width)
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{code}@demo.amarre.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url(re.compile(r"/(compte/mes-acces|espace|employeur|partenaire)/$"))
    return page


def walk(open_page: OpenPage, code: str, width: int, *, first_only: bool) -> list[str]:
    page, said = enter(open_page, code, width), []
    for name, path in pages_of(code, first_only=first_only):
        answer = page.goto(path)
        assert answer
        if answer.status != 200:
            said.append(f"{name} {path}: {answer.status}")
        said += [f"{name}: {fault}" for fault in faults(page)]
    return said


POSTED = "main form[method=post]"
FIRST = sorted({row.somebody() for row in MATRIX} - {""})


@pytest.mark.parametrize("code", FIRST)
def test_each_page_once_on_a_telephone(open_page: OpenPage, code: str) -> None:
    said = walk(open_page, code, DEVICES["telephone"], first_only=True)
    assert not said, "\n".join(said)


def test_axe_and_the_ruler_see_what_is_wrong(open_page: OpenPage) -> None:
    """Positive control: a bad page is found bad, through the same functions."""
    page = open_page(width=360)
    page.goto("/")
    bad = "<p id=a></p><p id=a><img src=x><input></p><canvas width=900></canvas>"
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", bad)
    said = " ".join(faults(page))
    assert "image-alt" in said
    assert "label" in said
    assert "sideways" in said


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("code", [c for c in EVERYBODY if c not in NOT_SIGNED_IN])
def test_each_page_for_everybody(open_page: OpenPage, code: str, device: str) -> None:
    said = walk(open_page, code, DEVICES[device], first_only=False)
    assert not said, "\n".join(said)


@pytest.mark.slow
@pytest.mark.parametrize("code", FIRST)
def test_forms_that_come_back_with_their_errors(open_page: OpenPage, code: str) -> None:
    """Sent empty; what comes back is a page like another."""
    page, said, sent = enter(open_page, code, DEVICES["telephone"]), [], 0
    for row in MATRIX:
        if row.somebody() != code or code not in row.post.get(422, ()):
            continue
        page.goto(path_of(row))
        if not page.locator(POSTED).count():
            continue
        with page.expect_navigation() as waited:
            page.evaluate("form => HTMLFormElement.prototype.submit.call(document.querySelector(form))", POSTED)
        sent += waited.value.status == 422
        said += [f"{row.name}: {fault}" for fault in faults(page)]
    assert not said, "\n".join(said)
    assert sent or code not in COME_BACK
