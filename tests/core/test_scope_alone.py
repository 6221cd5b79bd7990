"""The scope where commits are real, as in production: what a connection keeps would be the next visitor's."""

from __future__ import annotations

import pytest
from django.db import connection

from amarre.audit.models import Entry
from amarre.cases.commands_notes import write_note
from amarre.cases.models import Case
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from tests.cast import actor, as_owner
from tests.core.test_scope import held
from tests.rows import TODAY, YANIS_CASE


def test_a_scope_of_its_own_transaction_leaves_nothing_behind(own_database: str) -> None:
    """As in production, where no transaction is open around: what a connection keeps would be the next visitor's."""
    claire = actor("claire")
    for _ in range(2):
        with acting_as(claire):
            assert held() == ("amarre_staff", claire.key)
        assert held()[0] == "amarre_app"
        assert held()[1] == ""
        with pytest.raises(RuntimeError), acting_as(claire):
            raise RuntimeError
        assert held() == ("amarre_app", "")


def test_a_refusal_outlives_the_rollback(own_database: str) -> None:
    """The act is undone, its line of refusal stays, in a transaction of its own."""
    claire = actor("claire")
    with as_owner():
        case = Case.objects.get(number=YANIS_CASE)
    with pytest.raises(NotAllowed), acting_as(claire):
        write_note(actor=claire, case=case, kind="note", on=TODAY, body="x")
    with as_owner():
        lines = list(Entry.objects.values_list("verb", "outcome", "user_id"))
    assert lines == [("note.write", "refused", claire.user_id)]
    assert connection.settings_dict["NAME"] == own_database
