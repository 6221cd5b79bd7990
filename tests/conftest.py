"""Fixtures that every test may use: the worker's database, one of one's own where commits are real, a browser."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from tests import harness


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, which nobody then waits for at the end; the others in their order."""
    items.sort(key=lambda item: item.path.name != "test_matrix.py")


def pytest_collection_finish() -> None:
    """What was imported is never thrown away: Python need not look through it again, nor after every 700 objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The worker's database is there already (`tests.harness`)."""


@pytest.fixture
def own_database(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh copy of the template, without a transaction around the test; used instead of `django_db`."""
    held, name = connection.settings_dict["NAME"], f"{harness.WORKER_DATABASE}_own"
    harness.fresh_database(name)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        yield name
        connection.close()
        connection.settings_dict["NAME"] = held


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # On a busy machine the animation that brings what has the focus into sight may be dropped half-way: the tests of
    # the keyboard ask where things come to rest, not how they get there.
    "--disable-smooth-scrolling",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all the tests of a worker: Playwright's driver starts once in a process, never twice."""
    path = next(filter(None, map(shutil.which, (os.environ.get("AMARRE_CHROMIUM") or "", *BROWSERS))), None)
    if path is None:
        said = "NO BROWSER: nothing is tried in a browser (apt install chromium, or set AMARRE_CHROMIUM)"
        if os.environ.get("AMARRE_REQUIRE_BROWSER"):
            pytest.fail(said)
        pytest.skip(said)
    # The driver keeps an event loop in this thread until the end; the tests after it use the database as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield browser
        browser.close()
