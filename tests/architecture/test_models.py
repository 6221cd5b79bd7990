"""Every table of a room is behind a wall, or says why it is not; every wall says who sees."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from amarre.core.models import Draft, Keyed, Walled, WalledQuerySet
from amarre.core.sealed import SealedField
from tests.architecture.source import ROOMS

NOT_WALLED = {
    "accounts.User": "signing in happens before anybody is somebody; entry alone reads it, by column",
    "accounts.Mail": "the demo's mailbox; empty in production",
    "audit.Entry": "the ledger writes it, not a command; key made in Python, visible_to the privacy officer",
    "audit.Glance": "written by the database alone, read by nobody, kept for two hours",
    "audit.Habit": "a number a day, written by the database alone, read by nobody",
    "audit.Seal": "links of the chain: counts and digests, no fact about anybody",
    "collective.Tally": "counters written by the database alone, read by nobody, destroyed when the questions close",
    "core.Notice": "asked at every door with its job; digests and dates, read by the machine alone",
    "core.Draft": "written while typing, outside commands; visible_to its author alone",
}


def tables() -> list[type[models.Model]]:
    """Every table that is ours."""
    ours = [m for room in ROOMS for m in apps.get_app_config(room).get_models()]
    return [m for m in ours if m._meta.managed and not m._meta.proxy]


def test_a_table_is_walled_or_says_why_not() -> None:
    bare = {m._meta.label for m in tables() if not issubclass(m, Walled)}
    assert bare == set(NOT_WALLED)


def test_keys_are_made_in_python() -> None:
    """Somebody who may write but not read cannot be given a key by the database."""
    made_there = {m._meta.label for m in tables() if not issubclass(m, Keyed) and not m._meta.pk.has_default()}
    assert made_there == {"audit.Seal"}  # numbered by hand: links of a chain


@pytest.mark.parametrize("model", [m for m in tables() if issubclass(m, Walled)], ids=lambda m: m._meta.label)
def test_a_wall_says_who_sees(model: type[models.Model]) -> None:
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, WalledQuerySet)
    assert "visible_to" in type(rows).__dict__, "says who sees for itself"
    assert type(rows).__module__.rpartition(".")[2].split("_")[0] == "policy"
    assert type(rows) is not WalledQuerySet


def test_narrative_text_is_sealed() -> None:
    """Free text of any length is either sealed or short and declared."""
    long = {
        f"{m._meta.label}.{f.name}"
        for m in tables()
        for f in m._meta.concrete_fields
        if isinstance(f, models.TextField)
    }
    assert long == {"accounts.Mail.body", "sharing.FactSheet.body"}  # the demo's mailbox; of nobody
    sealed = {f"{m._meta.label}.{f.name}" for m in tables() for f in m._meta.concrete_fields if is_sealed(f)}
    assert sealed >= {
        "cases.Note.body", "cases.Situation.summary", "cases.Closing.balance", "cases.Case.safety",
        "intake.Statement.words", "core.Draft.body",
    }  # fmt: skip
    assert is_sealed(Draft._meta.get_field("body"))


def is_sealed(field: object) -> bool:
    return isinstance(field, SealedField)
