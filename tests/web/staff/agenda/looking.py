"""What the tests of the agenda share: a page as text, its events, the world as a test needs it."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from amarre.core import commands as core
from tests.cast import as_owner, user

LINK = re.compile(r'<a href="(/pro/agenda/\d+/)">(.*?)</a>', re.S)
SLOT = re.compile(r'<a class="slot" href="([^"]+)">(.*?)</a>', re.S)


def signed(code: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(user(code))
    return client


def seen(code: str, name: str, *about: Any, **said: Any) -> str:
    """A page that is shown, as text."""
    answer = signed(code).get(reverse(f"staff:{name}", args=about), said)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def text_of(answer: HttpResponse) -> str:
    """The page, with its spaces made plain."""
    return plain(answer.content.decode())


def plain(text: str) -> str:
    """Without what makes a space not a space."""
    return html.unescape(text).replace("\u202f", " ").replace("\u00a0", " ")


def words(markup: str) -> str:
    """What a link is called, hidden words with it."""
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def events(page: str) -> list[tuple[str, str]]:
    """The meetings of a page: address and name, each once, in order."""
    found = [(url, words(markup)) for url, markup in LINK.findall(page)]
    return list(dict.fromkeys(found))


def slots(page: str) -> list[tuple[str, str]]:
    """What may be booked: address and name, each once."""
    return list(dict.fromkeys((url, words(markup)) for url, markup in SLOT.findall(page)))


def set_row(row: Model, **values: Any) -> None:
    """The world as a test needs it, past every command."""
    with as_owner(), core.loading():
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def fresh(row: Model) -> Any:
    """The row as it is kept now."""
    with as_owner():
        return type(row)._default_manager.get(pk=row.pk)
