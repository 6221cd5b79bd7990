"""Every command, three times: what is done is written down; what is refused or fails is not, and changes nothing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

import pytest
from django.db import connection, transaction

import tests.trios
from amarre.audit.models import Entry
from amarre.core import ledger
from amarre.core.commands import REGISTRY, NotAllowed, Refused
from amarre.core.scope import acting_as
from tests.architecture.source import import_commands
from tests.architecture.test_models import tables
from tests.cast import actor, as_owner
from tests.trios import TRIOS, Case_, made

pytestmark = pytest.mark.django_db

import_commands()
for part in pkgutil.iter_modules(tests.trios.__path__):
    importlib.import_module(f"tests.trios.{part.name}")
VERBS = sorted(set(REGISTRY) & set(TRIOS))
CANARIES = ("canari-commande", "clair-commande")  # sealed, and in clear: identities, addresses


@cache
def digests() -> str:
    """One statement for every table of ours but the journal: its name, and a digest of all its rows."""
    names = sorted({m._meta.db_table for m in tables()} - {"audit_entry"} | {"procrastinate_jobs"})
    one = "select '{0}', md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {0} t"
    return " union all ".join(one.format(name) for name in names)


def everything() -> dict[str, str]:
    """Whether anything at all was written."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(digests())
        return dict(cursor.fetchall())


def lines(verb: str) -> list[tuple[str, str]]:
    with as_owner():
        return list(Entry.objects.filter(verb=verb).values_list("outcome", "actor").order_by("id"))


def named(code: str) -> str:
    """How the journal names somebody: who has no account is known by the door alone."""
    who = actor(code)
    return who.key if who.user_id else str(who.door)


def run(verb: str, case: Case_) -> object:
    who = actor(case[0])
    with acting_as(who):
        return REGISTRY[verb].function(actor=who, **made(case))


def test_every_command_has_its_three_cases() -> None:
    assert sorted(set(REGISTRY) - set(TRIOS)) == [], "declare them in tests/trios/"
    assert sorted(set(TRIOS) - set(REGISTRY)) == []
    assert len(VERBS) > 40


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_allowed_is_done_and_written_down_without_a_value(verb: str) -> None:
    case = TRIOS[verb].allowed
    before = everything()
    run(verb, case)
    assert lines(verb) == [("done", named(case[0]))]
    assert everything() != before
    with as_owner():
        for entry in Entry.objects.values():
            assert not any(canary in str(entry) for canary in CANARIES)


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_refused_changes_nothing_and_leaves_its_line(verb: str) -> None:
    case, before = TRIOS[verb].refused, everything()
    with pytest.raises(NotAllowed):
        run(verb, case)
    assert everything() == before
    assert lines(verb) == [("refused", named(case[0]))]


@pytest.mark.parametrize("verb", VERBS)
def test_what_fails_changes_nothing_and_leaves_no_line_of_success(verb: str) -> None:
    """As a view does it: the scope goes on after the trade has said no, and what was begun is undone."""
    declared = TRIOS[verb]
    who, before = actor(declared.failed[0]), everything()
    with acting_as(who):
        arguments = made(declared.failed)
        with pytest.raises(declared.error) as raised, transaction.atomic():
            REGISTRY[verb].function(actor=who, **arguments)
    assert not isinstance(raised.value, NotAllowed)
    assert everything() == before
    assert [outcome for outcome, _ in lines(verb)] == (["refused"] if isinstance(raised.value, Refused) else [])


@pytest.fixture
def no_ledger() -> Iterator[None]:
    writer = ledger.register(None)
    yield
    ledger.register(writer)


@pytest.mark.parametrize("verb", VERBS)
def test_without_a_ledger_nothing_is_done(verb: str, no_ledger: None) -> None:
    before = everything()
    with pytest.raises(ledger.LedgerUnavailable):
        run(verb, TRIOS[verb].allowed)
    assert everything() == before
