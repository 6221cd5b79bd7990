"""Logs hold nothing that anybody typed: not ours, not PostgreSQL's, whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.core.exceptions import SuspiciousOperation
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path
from django.utils.module_loading import import_string

from amarre.cases.models import Note
from amarre.config.postgres import DISCREET
from amarre.core import commands
from amarre.organisations.models import Company
from amarre.web.ui.http import actor_of
from tests.cast import user

pytestmark = pytest.mark.django_db

CANARY = "sarcelle-journal"  # not a canary of the seal: some of these rows go to columns in clear
TEXT = f"Elle dit : {CANARY}, et dort mal."


def run(statement: str, *values: object) -> Callable[[HttpRequest], object]:
    def fault(request: HttpRequest) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(statement, list(values) or None)

    return fault


def duplicate(request: HttpRequest) -> object:
    with commands.loading():
        for _ in range(2):
            Company(siren="552100554", name=TEXT).save()
    return None


def too_long(request: HttpRequest) -> object:
    with commands.loading():
        return Note.objects.visible_to(actor_of(request)).update(place=TEXT * 9)


def dangling(request: HttpRequest) -> object:
    with commands.loading(), transaction.atomic():
        Company(pk=1, siren="552100554", name=TEXT).save()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(
                "insert into organisations_establishment (id, company_id, siret, sign, naf, address, postcode, city,"
                " headcount, search, active) values (1, 99, '1', %s, '', '', '', '', '', '', true)",
                [CANARY],
            )
    return None


def template(request: HttpRequest) -> object:
    return (
        engines["django"]
        .from_string("{{ text|date:1|add:2 }}{% widthratio text 0 0 %}{{ text.boom }}")
        .render({"text": Exploding()})
    )


class Exploding:
    """A value whose reading fails with its own text."""

    def boom(self) -> str:
        raise ValueError(TEXT)


def raising(error: Exception) -> Callable[[HttpRequest], object]:
    def fault(request: HttpRequest) -> object:
        raise error

    return fault


def chained(request: HttpRequest) -> object:
    try:
        raise ValueError(TEXT)
    except ValueError as error:
        raise RuntimeError(f"while {TEXT}") from error


FAULTS: dict[str, Callable[[HttpRequest], object]] = {
    "unique": duplicate,
    "too long": too_long,
    "foreign key": dangling,
    "not a number": run("select %s::int", TEXT),
    "not a date": run(f"select '{CANARY}'::date"),
    "syntax": run(f"selct '{CANARY}'"),
    "unknown column": run(f'select "{CANARY}"'),
    "denied": run(f"update audit_entry set verb = '{CANARY}'"),
    "policy": run("insert into people_person (id, last_name) values (1, %s)", CANARY),
    "raised in SQL": run(f"do $$ begin raise exception '{CANARY}'; end $$"),
    "warned in SQL": run(f"do $$ begin raise warning '{CANARY}'; perform 1/0; end $$"),
    "template": template,
    "value": raising(ValueError(TEXT)),
    "key": raising(KeyError(TEXT)),
    "suspicious": raising(SuspiciousOperation(TEXT)),
    "chained": chained,
}


def fault(request: HttpRequest, name: str) -> HttpResponse:
    FAULTS[name](request)
    return HttpResponse("no fault")


def addresses() -> ModuleType:
    """A door with nothing but faults, beside the true addresses."""
    module = ModuleType("tests.fault_urls")
    ours = import_string("amarre.config.urls.urlpatterns")
    staff = (([path("faute/<str:name>/", fault, name="fault")]), "staff")
    module.urlpatterns = [path("fautes/", include(staff, namespace="staff")), *ours]
    for handler in ("handler400", "handler403", "handler404", "handler500"):
        setattr(module, handler, import_string(f"amarre.config.urls.{handler}"))
    return module


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Everything that our logging writes, through the very filter and format of the settings."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    described = configured.LOGGING
    handler.setFormatter(logging.Formatter(described["formatters"]["plain"]["format"]))
    for name in described["handlers"]["out"]["filters"]:
        handler.addFilter(import_string(described["filters"][name]["()"])())
    root = logging.getLogger()
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)


def forms_of(word: str) -> tuple[str, ...]:
    return word, quote(word), word.encode().hex(), repr(word)[1:-1]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_logged_without_what_was_typed(name: str, written: StringIO, settings) -> None:
    settings.ROOT_URLCONF = addresses()
    client = Client(raise_request_exception=False)
    client.force_login(user("sophie") if name == "policy" else user("claire"))
    answer = client.post(f"/fautes/faute/{name}/", {"text": TEXT})
    assert answer.status_code in (400, 500)
    said = written.getvalue()
    assert said, "something is said"
    assert not [form for form in forms_of(CANARY) if form in said], said
    assert CANARY not in answer.content.decode()


def test_the_check_sees_a_log_that_quotes(written: StringIO) -> None:
    logging.getLogger("amarre.test").warning("typed: %s", TEXT)
    assert CANARY in written.getvalue()


def test_an_exception_that_is_logged_says_where_and_not_what(written: StringIO) -> None:
    try:
        raise ValueError(TEXT)
    except ValueError:
        logging.getLogger("amarre.test").exception("failed")
    assert "ValueError" in written.getvalue()
    assert "test_logs.py" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_postgresql_keeps_no_value_in_its_log(settings) -> None:
    with connection.cursor() as cursor:
        for name, value in DISCREET.items():
            cursor.execute("select current_setting(%s)", [name])
            assert cursor.fetchone()[0] == value, name
    (log,) = Path(settings.AMARRE_DATA).glob("*.log")
    said = log.read_bytes()
    assert b"starting PostgreSQL" in said, "it is the server's log"
    assert b"canari" not in said
    assert b"sarcelle" not in said
    assert b"STATEMENT" not in said
    assert b"DETAIL" not in said
