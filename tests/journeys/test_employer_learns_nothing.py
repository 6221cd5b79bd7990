"""In a real browser, with a real worker and a real mail server: Paul asks for help for somebody, and learns nothing.

Twice on the same service: once Inès has a case, a space, and agreed that Paul be told something; once she never came.
What he reads on each page, what the browser asked for, and every mail that left are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from playwright.sync_api import Page

from tests import harness
from tests.core import test_worker
from tests.core.test_worker import Postman, postman
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_axe import enter
from tests.web.employer.test_learns_nothing import DOOR
from tests.web.employer.two_worlds import bare, never_came, take_away_what_paul_received

pytestmark = pytest.mark.browser
__all__ = ["postman"]


@contextmanager
def inside(site: Site, blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Django, on the database of the site."""
    held = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = site.database
        try:
            with transaction.atomic():
                yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = held


def help_for_her(page: Page) -> None:
    """The whole request, as Paul makes it."""
    page.goto("/employeur/aide/")
    page.get_by_label("Son prénom").fill("Inès")
    page.get_by_label("Son nom").fill("Benali")
    page.get_by_label("Son téléphone").fill("06 00 00 01 01")
    page.get_by_role("button", name="Transmettre ma demande").click()


def reads(page: Page) -> str:
    """What is on the page, and where one is."""
    return f"{page.url}\n{bare(page.locator('body').inner_text())}"


def seen_by_paul(open_page: OpenPage, site: Site, letters: Postman) -> tuple[list[str], list[str], list[str]]:
    """Each page before and after the request; what the browser asked for; the mails."""
    page, asked = enter(open_page, "paul", 360), []
    page.on("response", lambda r: asked.append(f"{r.status} {r.request.method} {bare(r.url)}"))
    said = []
    for again in (False, True):
        for path in DOOR:
            page.goto(path)
            said.append(reads(page))
        if not again:
            help_for_her(page)
            said.append(reads(page))
    letters.mails.clear()
    work(site, letters)
    mails = [f"{m['To']} {m['Subject']}\n{bare(m.get_content())}" for m in letters.mails]
    return said, sorted(set(asked)), sorted(mails)


def work(site: Site, letters: Postman) -> None:
    """The queue is emptied by a worker of the site."""
    test_worker.work(AMARRE_SMTP_URL=f"smtp://127.0.0.1:{letters.port}", DATABASE_URL=harness.app_url(site.database))


World = Callable[[], None]


def test_paul_learns_nothing(
    open_page: OpenPage, site: Site, postman: Postman, django_db_blocker: pytest.FixtureRequest
) -> None:
    with inside(site, django_db_blocker):
        take_away_what_paul_received()
    came = seen_by_paul(open_page, site, postman)
    harness.fresh_database(site.database)
    with inside(site, django_db_blocker):
        never_came()
    assert site.rows("select count(*) from sharing_agreement where contact_id is not null") == [(0,)]
    never = seen_by_paul(open_page, site, postman)
    assert came == never
    said, asked, _ = came
    assert any("Votre demande est transmise" in page for page in said)
    assert not any("Benali" in page or "Un message vous attend" in page for page in said)
    assert any("/employeur/aide/" in line for line in asked)


def test_what_he_was_sent_would_be_seen(open_page: OpenPage, site: Site) -> None:
    """Positive control: the same eyes see a message that is his, without a name before he opens it."""
    page = enter(open_page, "paul", 360)
    assert "Un message vous attend" in reads(page)
    page.get_by_role("link", name=re.compile("Voir")).first.click()
    assert "canari" not in reads(page)
    page.get_by_role("link", name=re.compile("Voir")).first.click()
    assert "canari" not in reads(page)
    page.get_by_role("button", name="Ouvrir").click()
    assert "canari-ferme-paul" in reads(page)
    page.locator(".choice", has_text="Nous acceptons").locator("label").first.click()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    assert "Nous acceptons" in page.locator(".words.mine").inner_text()
    his = "select a.kind from sharing_answer a join accounts_user u on u.id = a.by_id where u.name = 'Paul Derouet'"
    assert ("accepted",) in site.rows(his)
