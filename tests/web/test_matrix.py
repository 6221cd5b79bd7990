"""Every address × everybody × GET and POST, against the table of `tests.matrix`; and what each page must never do.

One test per person walks the whole table, each request undone before the next.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from amarre.audit.models import Entry
from amarre.core import ledger
from tests.cast import CAST, as_owner, user
from tests.matrix import EVERYBODY, MATRIX, STRANGERS, Row
from tests.rows import CANARIES

pytestmark = pytest.mark.django_db

KEEPING = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|select (set_config|current_setting)\b)", re.I)
SHOWS_EVERY_STATE = {"staff:ui_gallery"}  # a title of each kind
PARTS = {"staff:plan_grid_answer"}  # a part of a page, for HTMX
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM) \"(?!audit_entry|django_session|core_cache)", re.I)
# What tells one asking from another: the reference, the token of a form, the address that one asked for oneself.
REFERENCE = re.compile(r"[2-9A-HJ-NP-Z]{8}|name=\"(?:csrfmiddlewaretoken|next)\" value=\"[^\"]*\"")


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The name of every address of the service."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"


@contextmanager
def heard() -> Iterator[list[str]]:
    """Every statement that is run meanwhile."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        said.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said
    said[:] = [sql for sql in said if not KEEPING.match(sql)]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(code: str) -> Client:
    """A browser in which somebody has signed in and looked at a page; who has left cannot."""
    client = Client(raise_request_exception=False)
    if code not in STRANGERS:
        client.force_login(user(code))
        session = client.session
        session["seen"] = int(time.time())  # else it is written again at each request, since each is undone
        session.save()
    return client


@cache
def path_of(row: Row) -> str:
    """The address; the cast's rows are the same in every copy of the database."""
    with as_owner():
        return reverse(row.name, args=row.arguments())


@cache
def sent_to(row: Row) -> Mapping[str, Any]:
    """What is posted there: it names the same rows."""
    with as_owner():
        return row.sent()


def ask(client: Client, method: str, path: str, row: Row) -> HttpResponse:
    return client.post(path, sent_to(row)) if method == "post" else client.get(path)


def text_of(answer: HttpResponse) -> str:
    return (
        b"".join(answer).decode("utf-8", "replace") if answer.streaming else answer.content.decode("utf-8", "replace")
    )


def leaks(code: str, text: str) -> list[str]:
    return [canary for canary, readers in CANARIES.items() if canary in text and code not in readers]


def reads() -> int:
    with as_owner():
        return Entry.objects.filter(outcome="read").count()


def faults_of(code: str, method: str, row: Row, answer: HttpResponse, statements: list[str]) -> list[str]:
    """What is wrong with one answer."""
    expected, text, found = row.expected(method, code), text_of(answer), []
    if answer.status_code != expected:
        found.append(f"{answer.status_code} instead of {expected}")
    if leaked := leaks(code, text):
        found.append(f"shows {leaked}")
    if any(canary in text for canary in CANARIES) and not reads():
        found.append("shows a case's content without a line in the journal")
    if method == "get":
        found += [f"writes: {s[:80]}" for s in statements if WRITES.match(s)]
    if method == "get" and answer.status_code == 200 and len(statements) > row.statements:
        found.append(f"{len(statements)} statements, {row.statements} at most")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        policy = answer.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            found.append("no strict content security policy")
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            found.append("may be kept by a cache")
        whole = row.name not in SHOWS_EVERY_STATE | PARTS
        if text and whole and (text.count("<h1") != 1 or '<html lang="fr"' not in text):
            found.append(f"{text.count('<h1')} h1")
    return [f"{method.upper()} {row.name} × {code}: {fault}" for fault in found]


@pytest.mark.parametrize("code", EVERYBODY)
def test_everybody_meets_what_the_table_says(code: str) -> None:
    client, faults = signed_in(code), []
    for row in MATRIX:
        path = path_of(row)
        for method in ("get", "post"):
            with undone():
                with heard() as statements:
                    answer = ask(client, method, path, row)
                faults += faults_of(code, method, row, answer, statements)
    assert not faults, "\n".join(faults)


def test_the_table_holds_every_address_and_everybody() -> None:
    ours = set(addresses(get_resolver()))
    named = {row.name for row in MATRIX}
    assert sorted(ours - named) == [], "an address without a row"
    assert sorted(named - ours) == []
    assert {p.code for p in CAST} | {"passer_by"} == set(EVERYBODY)
    cells = len(MATRIX) * len(EVERYBODY) * 2
    assert cells >= 4_000, f"{cells} cells"


@pytest.mark.parametrize("code", ["claire", "sophie", "marc", "alex", "theo"])
def test_what_is_missing_and_what_is_hidden_answer_alike(code: str) -> None:
    """Same status, same words but for the reference, whatever the method."""
    client, different = signed_in(code), []
    for row in MATRIX:
        arguments = row.arguments()
        if not arguments or 404 not in (row.expected("get", code), row.expected("post", code)):
            continue
        nowhere = [1 if isinstance(a, int) else a for a in arguments]
        for method in ("get", "post"):
            with undone():
                hidden = ask(client, method, reverse(row.name, args=arguments), row)
                missing = ask(client, method, reverse(row.name, args=nowhere), row)
            if hidden.status_code == missing.status_code == 404:
                pages = [REFERENCE.sub("#", text_of(a)) for a in (hidden, missing)]
                if pages[0] != pages[1]:
                    different.append(f"{method} {row.name}")
            elif hidden.status_code == 404 or row.expected(method, code) == 404:
                different.append(f"{method} {row.name}: {hidden.status_code} and {missing.status_code}")
    assert not different, "\n".join(different)


def test_without_a_journal_no_content_is_shown() -> None:
    """Each page that writes down a reading answers 503, and shows nothing, when it cannot."""
    seen, faults = 0, []
    for row in MATRIX:
        code = row.somebody()
        if not code:
            continue
        client, path = signed_in(code), path_of(row)
        with undone():
            client.get(path)
            if not reads():
                continue
        seen += 1
        writer = ledger.register(None)
        try:
            with undone():
                answer = client.get(path)
        finally:
            ledger.register(writer)
        if answer.status_code != 503 or any(canary in text_of(answer) for canary in CANARIES):
            faults.append(f"{row.name}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert seen >= 10


def test_without_the_right_to_append_nothing_is_shown_and_nothing_is_written() -> None:
    """The database itself may refuse the line: the page says so, and no more."""
    row = next(r for r in MATRIX if r.name == "staff:case")
    client, path = signed_in("claire"), path_of(row)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'amarre_owner', true)")
        cursor.execute("revoke insert on audit_entry from amarre_staff")
        cursor.execute("select set_config('role', 'amarre_app', true)")
    with undone():
        answer = client.get(path)
        assert answer.status_code == 503
        assert not any(canary in text_of(answer) for canary in CANARIES)
