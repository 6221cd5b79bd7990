"""The watch over mass reading: one statement appends the line of the journal and counts what it reads.

Read by `audit.commands`. Must not know what is somebody's own work (`core.watch`: rooms say it in SQL), nor any page.
The count itself, its lock and the alarm are the database's (`walls_watch.sql`): an account may not write its own.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from amarre.audit.models import Entry
from amarre.core.actor import Actor, Door
from amarre.core.ids import new_id
from amarre.core.ledger import Line
from amarre.core.watch import own_conditions

WATCHED = frozenset({Door.STAFF, Door.PERSON, Door.EMPLOYER, Door.PARTNER})
RAISED = frozenset({"alert", "stop"})
STOPPED = "stopped"


def watches(actor: Actor, line: Line) -> bool:
    """What an account reads, and where it finds nothing; never what it does."""
    return actor.door in WATCHED and actor.user_id is not None and line.outcome in {"read", "missing"} and not line.own


def subject_of(line: Line) -> tuple[str, bool]:
    """What is counted once, and whether it is a list: a case, else a person, else a row, else an address."""
    if line.outcome == "missing":
        return f"missing:{line.trace}", False
    if line.case_id is not None:
        return f"case:{line.case_id}", False
    if line.person_id is not None:
        return f"person:{line.person_id}", False
    if line.subject:
        return line.subject, False
    return f"list:{line.verb}:{line.trace}"[:90], True


def append(actor: Actor, line: Line, entry: Entry) -> str:
    """Write the line; say `own`, `seen`, `noted`, `alert` (just raised), `stop` (just raised) or `stopped`."""
    columns, values = [], {}
    for number, field in enumerate(Entry._meta.concrete_fields):
        columns.append(f'"{field.column}"')
        values[f"v{number}"] = field.get_db_prep_save(getattr(entry, field.attname), connection)
    subject, listed = subject_of(line)
    table, _, row = line.subject.rpartition(":")
    own = " or ".join(f"coalesce(({said}), false)" for said in own_conditions(actor.door)) or "false"
    parts = (
        'INSERT INTO "audit_entry" (', ", ".join(columns), ") VALUES (", ", ".join(f"%({n})s" for n in values), ")",
        "RETURNING case when %(found)s and (", own, ") then 'own' else",
        "note_glance(%(keys)s::bigint[], %(glanced)s, %(listed)s, %(at)s, %(bounds)s::integer[]) end",
    )  # fmt: skip
    asked: dict[str, Any] = {
        "found": line.outcome == "read",
        "case_id": line.case_id,
        "person_id": line.person_id,
        "row_table": table,
        "row_id": int(row) if row.isdecimal() else None,
        "keys": [new_id(), new_id(), new_id()],
        "glanced": subject,
        "listed": listed,
        "at": entry.at,
        "bounds": bounds(listed),
    }
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts), values | asked)
        return str(cursor.fetchone()[0])


def bounds(listed: bool) -> list[int]:
    """Alert above; stop at; the usual hour times this; but never an alert for fewer than that."""
    alert, stop = settings.AMARRE_WATCH_LISTS if listed else settings.AMARRE_WATCH
    return [alert, stop, settings.AMARRE_WATCH_USUAL_TIMES, settings.AMARRE_WATCH_FLOOR]


def is_suspended(actor: Actor) -> bool:
    """Whether the account may read nothing but its own work."""
    if actor.door not in WATCHED:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select am_suspended()")
        return bool(cursor.fetchone()[0])
