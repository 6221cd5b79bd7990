"""The notes on how to reach somebody were in clear: the migration seals each for its row, and needs no key for none."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from amarre.core.sealed import SealError
from amarre.people.models import Person
from tests.cast import as_owner
from tests.trios import World

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("amarre.people.migrations.0005_reach")
EDITOR = SimpleNamespace(connection=connection)


def before(note: str) -> None:
    """The table as the migration finds it."""
    with connection.cursor() as cursor:
        cursor.execute("alter table people_person add channel_note_clear varchar(120) not null default ''")
        cursor.execute("update people_person set channel_note_clear = %s where last_name = 'Benali'", [note])


def test_each_note_opens_in_its_row() -> None:
    with as_owner():
        before("jamais au travail, après 17 h")
        MIGRATION.seal(None, EDITOR)
        with connection.cursor() as cursor:
            cursor.execute("select channel_note from people_person where last_name = 'Benali'")
            assert b"17 h" not in bytes(cursor.fetchone()[0])
    assert World().person().channel_note == "jamais au travail, après 17 h"
    with as_owner():
        assert Person.objects.exclude(last_name="Quentin").filter(channel_note__isnull=False).count() == 1


def test_without_a_keyring_it_stops_where_there_is_a_note(settings: Any, tmp_path: Any) -> None:
    settings.AMARRE_KEYRING = str(tmp_path / "none.json")
    with as_owner():
        before("")
        MIGRATION.seal(None, EDITOR)
        with connection.cursor() as cursor:
            cursor.execute("update people_person set channel_note_clear = 'le soir' where last_name = 'Benali'")
        with pytest.raises(SealError):
            MIGRATION.seal(None, EDITOR)
