"""Hours are kept by whose they are, and by the secretary and the coordinator of their centres: no further."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.appointments.commands_hours import end_permanence
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from tests.cast import actor
from tests.rows_appointments import monday
from tests.trios.appointments import permanence

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["sophie", "marc"])
def test_another_centre_s_hours_are_not_theirs_to_keep(code: str) -> None:
    theirs, ours = permanence("theo"), permanence("claire")
    who = actor(code)
    with acting_as(who), pytest.raises(NotAllowed):
        end_permanence(actor=who, permanence=theirs, until=monday(3))
    with acting_as(who):
        assert end_permanence(actor=who, permanence=ours, until=monday(3)).until == monday(3), "the control"


@pytest.mark.parametrize("code", ["sophie", "marc", "nadia"])
def test_the_second_wall_says_so_too(code: str) -> None:
    theirs = permanence("theo")
    with acting_as(actor(code)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update appointments_permanence set until = %s where id = %s", [monday(3), theirs.pk])
        assert cursor.rowcount == 0
    with acting_as(actor(code)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into appointments_timeoff (id, worker_id, starts_at, ends_at)"
            " values (1, %s, now(), now() + interval '1 day')",
            [theirs.worker_id],
        )
