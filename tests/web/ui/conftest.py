"""A real Chromium in front of the real templates, scripts and styles; the server is played by the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Request, Route

from amarre.web.ui.views import gallery

SITE = "http://amarre.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
CSP = "; ".join(
    f"{name} {' '.join(sources)}" for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


@dataclass
class Server:
    """What the browser sees at the other end: the real pages and files, and answers that the test decides."""

    status: int = 200
    renew: int = 204
    down: bool = False
    drafts: list[dict[str, str]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    renewed: int = 0

    def answer(self, route: Route, request: Request) -> None:
        """Serve one request."""
        path = urlsplit(request.url).path
        if self.down:
            route.abort()
        elif path.startswith("/static/"):
            found = Path(str(finders.find(path.removeprefix("/static/"))))
            route.fulfill(body=found.read_bytes(), content_type=TYPES[found.suffix])
        elif path == "/brouillon/":
            sent = {name: values[0] for name, values in parse_qs(request.post_data or "").items()}
            if self.status == 200:
                self.drafts.append(sent)
            route.fulfill(status=self.status, json={"saved_at": "14 h 32"})
        elif path == "/pro/encore-la/":
            self.renewed += 1
            route.fulfill(status=self.renew)
        else:
            self.page(route, request, path)

    def page(self, route: Route, request: Request, path: str) -> None:
        """The gallery, or a page that the test has written."""
        body = self.pages.get(path)
        if body is None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
            body = gallery(RequestFactory().get("/ui/", query)).content.decode()
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP})


@pytest.fixture
def server() -> Server:
    """A server at rest."""
    return Server()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    """A fresh tab; anything that the console complains about fails the test."""
    context = chromium.new_context(locale="fr-FR")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    context.route("**/*", server.answer)
    yield tab
    context.close()
    assert complaints == []
