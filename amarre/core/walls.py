"""Second wall: applies every room's `walls.sql`, and knows whether what is applied is what the files say.

Read by `amarre migrate`, `/healthz`, `amarre doctor` and the test template. Must not know what the walls say.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_LOCK = 7_203_114


def files() -> list[Path]:
    """Every `walls.sql`, lowest floor first (the order of INSTALLED_APPS); in a room, `walls_….sql` come before it."""
    rooms = [Path(c.path) for c in apps.get_app_configs() if c.name.startswith("amarre.")]
    return [p for room in rooms for p in sorted(room.glob("walls*.sql"), key=lambda p: (p.stem == "walls", p.name))]


def digest() -> str:
    """The hash of all the walls as written in the files."""
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files())).hexdigest()


def apply(connection: BaseDatabaseWrapper) -> None:
    """Drop every policy and grant, and lay the walls again, in one transaction. Run as the owner."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_CLEAR)
        for path in files():
            cursor.execute(path.read_text("utf-8"))
        cursor.execute(_CLOSE)
        cursor.execute("create table if not exists core_walls (digest text not null)")
        cursor.execute("grant select on core_walls to amarre_app")
        cursor.execute("delete from core_walls")
        cursor.execute("insert into core_walls values (%s)", [digest()])


def applied(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database holds the walls that the files describe."""
    with connection.cursor() as cursor:
        cursor.execute("select digest from core_walls")
        row = cursor.fetchone()
    return bool(row) and row[0] == digest()


# A wall that a file no longer names must not linger: policies and grants are laid afresh each time.
_CLEAR = """
do $$
declare r record;
begin
  for r in select schemaname, tablename, policyname from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I.%I', r.policyname, r.schemaname, r.tablename);
  end loop;
  for r in select rolname from pg_roles
           where rolname in ('amarre_app', 'amarre_definer', 'amarre_public', 'amarre_staff', 'amarre_person',
                             'amarre_employer', 'amarre_partner', 'amarre_machine', 'amarre_queue') loop
    execute format('revoke all on all tables in schema public from %I', r.rolname);
    execute format('revoke all on all sequences in schema public from %I', r.rolname);
    execute format('grant usage on schema public to %I', r.rolname);
  end loop;
end $$;
grant create on schema public to amarre_definer;
"""

_CLOSE = """
revoke create on schema public from amarre_definer;
do $$
declare r record;
begin
  for r in select p.oid::regprocedure as f from pg_proc p join pg_roles o on o.oid = p.proowner
           where p.pronamespace = 'public'::regnamespace and o.rolname = 'amarre_definer' loop
    execute format('revoke all on function %s from public', r.f);
  end loop;
end $$;
"""
