"""Bare statements at the plan's second wall: what the probes of persons and of the staff share."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction

from amarre.core.scope import acting_as
from amarre.plans.models import Plan
from tests.cast import actor, as_owner, user
from tests.rows import INES_CASE, YANIS_CASE

HERS = "plan_id = %(ines)s"


def keys() -> dict[str, Any]:
    """What the statements name: both plans, the persons, some accounts."""
    with as_owner():
        plans = {case: Plan.objects.get(case__number=number) for case, number in
                 (("ines", INES_CASE), ("yanis", YANIS_CASE))}  # fmt: skip
        return {
            "ines": plans["ines"].pk, "yanis": plans["yanis"].pk, "ines_case": plans["ines"].case_id,
            "yanis_case": plans["yanis"].case_id, "ines_person": plans["ines"].person_id,
            "yanis_person": plans["yanis"].person_id, "claire": user("claire").pk, "nadia": user("nadia").pk,
            "ines_user": user("ines").pk, "yanis_user": user("yanis").pk,
        }  # fmt: skip


def done(code: str, statement: str, **more: Any) -> int | None:
    """How many rows somebody touched by that statement alone; None when PostgreSQL refused. Always undone."""
    named = keys() | more
    with acting_as(actor(code)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, named)
                touched = int(cursor.rowcount)
                cursor.execute("set constraints all immediate")
                raise _Undone(touched)
        except _Undone as undone:
            return undone.touched
        except DatabaseError:
            return None


class _Undone(Exception):
    def __init__(self, touched: int) -> None:
        super().__init__()
        self.touched = touched


def as_it_is(statement: str) -> None:
    """Put the world as a probe needs it, past every wall."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, keys())


def nothing(code: str, statement: str, **more: Any) -> bool:
    """Whether the statement was refused, or found no row."""
    return not done(code, statement, **more)


def inserts(table: str, **columns: str) -> str:
    """`insert into table (…) select …`, a key made up; the values are SQL."""
    columns = {"id": "(random() * 1e15)::bigint", **columns}
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join(columns.values())})"
