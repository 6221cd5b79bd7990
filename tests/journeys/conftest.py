"""A server of our own per worker, a fresh copy of the template per test, and a real Chromium.

Chromium is AMARRE_CHROMIUM, else the one on the path. With none, browser tests are skipped loudly; with
AMARRE_REQUIRE_BROWSER=1 that is a failure.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

from amarre.accounts.models import User
from tests import harness
from tests.cast import PASSWORD

_PATIENCE = 30.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running Amarre: its address, its database, and the means to kill it."""

    database: str
    port: int
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        environment = {
            **os.environ, "AMARRE_ENV": "demo", "DATABASE_URL": harness.app_url(self.database), "PORT": str(self.port),
            "AMARRE_NESTED_SCOPES": "", "DJANGO_SETTINGS_MODULE": "amarre.config.settings", **self.extra,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "4",
                "--no-control-socket", "--log-level", "error", "amarre.config.wsgi:application",
            ],
            env=environment,
            start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """`kill -9`, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the owner reads in the database."""
        with psycopg.connect(harness.url_of(self.database, "amarre_owner")) as connection:
            return connection.execute(query, values).fetchall()


@pytest.fixture(scope="session")
def _server() -> Iterator[Site]:
    name = f"amarre_journey_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    site = Site(name, _free_port())
    harness.fresh_database(name)
    site.start()
    yield site
    site.kill()


@pytest.fixture
def site(_server: Site) -> Site:
    """The server, on a database as fresh as the template."""
    harness.fresh_database(_server.database)
    if _server.process is None or _server.process.poll() is not None:
        _server.start()
    return _server


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[OpenPage]:
    """Make a page: `open_page(who="claire", width=360, js=False)`; the console must stay silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(who: str = "", *, width: int = 1280, js: bool = True, bypass_csp: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=js, locale="fr-FR", base_url=site.url,
            bypass_csp=bypass_csp,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
        if who:
            let_in(context, site, who)
            page.goto("/pro/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def let_in(context: BrowserContext, site: Site, who: str) -> None:
    """What the form leaves behind (`sign_in`), without its page and the work that a password costs."""
    email = f"{who}@demo.amarre.example"
    ((key, password, ended),) = site.rows(
        "select id, password, signed_out_at from accounts_user where email = %s", email
    )
    account = User(pk=key, password=password, signed_out_at=ended)
    held = {
        SESSION_KEY: str(key),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        "account_authentication_methods": [{"method": "password", "at": time.time(), "email": email}],
    }
    name = secrets.token_hex(16)
    site.rows(
        "insert into django_session values (%s, %s, now() + interval '1 hour') returning 1",
        name,
        SessionStore().encode(held),
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": name, "url": site.url, "httpOnly": True}])


def sign_in(page: Page, who: str) -> None:
    """By the form, as anybody does."""
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(f"{who}@demo.amarre.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/pro/**")
