"""Somebody in front of the public pages, one form after the other, as a browser without JavaScript would be."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from amarre.core import commands
from amarre.intake.models import Solicitation, Statement

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class PasserBy:
    """A browser with its own cookies. Every address it was sent to is kept in `been`."""

    def __init__(self, address: str = "192.0.2.1", **options: Any) -> None:
        self.client = Client(REMOTE_ADDR=address, **options)
        self.been: list[str] = []

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return text(answer)

    def post(self, path: str, **values: Any) -> HttpResponse:
        """Open the page, answer it, keep what it hides in its form."""
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(text(self.client.get(path)))}
        answer = self.client.post(path, hidden | values)
        if "Location" in answer:
            self.been.append(answer["Location"])
        return answer

    def answer(self, path: str, **values: Any) -> str:
        """Answer a page, and where that leads."""
        answer = self.post(path, **values)
        assert answer.status_code == 302, (path, answer.status_code, errors(answer))
        return str(answer["Location"])

    def refused(self, path: str, **values: Any) -> list[str]:
        """Answer a page badly: what it says."""
        answer = self.post(path, **values)
        assert answer.status_code == 422, (path, answer.status_code)
        return errors(answer)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def errors(answer: HttpResponse) -> list[str]:
    """What the summary of errors says."""
    found = re.search(r'<div class="error-summary".*?</div>', text(answer), re.S)
    said = re.findall(r"<li>(.*?)</li>", found[0], re.S) if found else []
    return [html.unescape(re.sub(r"<[^>]+>", "", words)) for words in said]


def reference_in(page: str) -> str:
    found = re.search(r'class="reference">([^<]+)<', page)
    assert found
    return found[1]


@contextmanager
def as_owner() -> Iterator[None]:
    """Look, or lay rows, as the owner of the tables."""
    with connection.cursor() as cursor, commands.loading():
        cursor.execute("set local role amarre_owner")
        yield
        cursor.execute("set local role amarre_app")


def received(page: str) -> tuple[Solicitation, Statement]:
    """What the service holds, looked at as the owner."""
    with as_owner():
        row = Solicitation.objects.select_related("centre").get(reference=reference_in(page))
        statement = Statement.objects.get(solicitation=row)
    return row, statement


def rows_of(query: str) -> str:
    """Everything that a query finds, as one text, looked at as the owner."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(query)
        return repr(cursor.fetchall())


def ask_for_help(somebody: PasserBy, **changes: Any) -> None:
    """The employee's four questions, up to the check page."""
    said = {
        "city": "Montreuil",
        "company": "Atelier Fictif",
        "reasons": ["HEALTH", "MONEY_HOUSING"],
        "words": "Je ne sais plus quoi faire.",
        "channel": "call",
        "phone": "06 39 98 00 12",
        "moment": "morning",
        "first_name": "Inès",
        "last_name": "Benali",
    } | changes
    somebody.get("/demande/")
    for page, names in (
        ("lieu", ("city", "company")),
        ("motif", ("reasons", "words")),
        ("joindre", ("channel",)),
        ("coordonnees", ("phone", "email", "moment", "message")),
        ("nom", ("first_name", "last_name")),
    ):
        if page in ("coordonnees", "nom") and said["channel"] == "none":
            continue
        somebody.answer(f"/demande/{page}/", **{name: said[name] for name in names if name in said})


def ask_as_employer(somebody: PasserBy, **changes: Any) -> None:
    """The employer's questions about somebody, up to the check page."""
    said = {
        "about": "person",
        "requester_name": "Paul Derouet",
        "role": "manager",
        "company": "Câbles et Fils",
        "city": "Montreuil",
        "requester_email": "paul@cables.example",
        "first_name": "Yanis",
        "last_name": "Diarra",
        "phone": "0639980013",
        "reason": "WISHES_TO_TALK",
    } | changes
    somebody.get("/demande/employeur/")
    pages = [
        ("quoi", ("about",)),
        ("vous", ("requester_name", "role", "company", "city")),
        ("repondre", ("requester_phone", "requester_email")),
    ]
    if said["about"] == "person":
        pages += [("salarie", ("first_name", "last_name", "phone", "email")), ("motif", ("reason",))]
    else:
        pages += [("theme", ("theme",))]
    for page, names in pages:
        somebody.answer(f"/demande/employeur/{page}/", **{name: said[name] for name in names if name in said})


def send(somebody: PasserBy, family: str = "") -> str:
    """Press the last button, and read the last page."""
    return somebody.get(somebody.answer(f"/demande/{family}verifier/"))
