"""What PostgreSQL itself says of the second wall: asked of its catalogue, not of our files."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection, models

from amarre.config.roles import APP, DEFINER, DOORS, EXTENSIONS, OWNER
from amarre.core import walls
from amarre.core.sealed import SealedField
from tests.architecture.rights import (
    ALL,
    DELETED_BY_STAFF,
    MACHINE_COLUMNS,
    RECIPIENT,
    RIGHTS,
    STAFF_READS_ALL,
    UNWALLED,
)
from tests.architecture.test_models import tables

pytestmark = pytest.mark.django_db

PASSWORD_READERS = {APP, DEFINER}
EMPLOYER_OF_A_GROUP = {  # words about a group and its work, written for the employer too
    ("collective_action", "report"), ("collective_action", "look_back"),
    *(("collective_improvement", column) for column in ("observation", "idea", "indicators", "result")),
}  # fmt: skip


def ask(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def rights() -> dict[str, dict[str, set[str]]]:
    """Role, table, verbs: whole tables and single columns together."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for role, table, verb in ask(
        """
        select a.grantee::regrole::text, c.relname, a.privilege_type
          from pg_class c, aclexplode(c.relacl) a
         where c.relnamespace = 'public'::regnamespace and c.relkind <> 'S' and a.grantee <> c.relowner
         union
        select a.grantee::regrole::text, c.relname, a.privilege_type
          from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
         where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
        """
    ):
        found[str(role)][str(table)].add(str(verb))
    return {role: dict(tables) for role, tables in found.items()}


def policies() -> set[tuple[str, str, str, str]]:
    """Table, role, verb, condition."""
    return {
        (str(table), str(role), str(verb), str(condition))
        for table, role, verb, condition in ask(
            "select tablename, unnest(roles), cmd, coalesce(qual, with_check) from pg_policies"
        )
    }


def ours() -> list[str]:
    return sorted(m._meta.db_table for m in tables())


def test_every_table_of_a_room_is_behind_a_forced_wall() -> None:
    walled = {
        table
        for table, on, forced in ask("select relname, relrowsecurity, relforcerowsecurity from pg_class")
        if on and forced
    }
    assert set(ours()) - walled == set(UNWALLED)
    assert walled <= set(ours())


def test_the_owner_passes_every_wall() -> None:
    owner = {(t, v, q) for t, r, v, q in policies() if r == OWNER}
    assert owner == {(t, "ALL", "true") for t in ours() if t not in UNWALLED}
    assert {r for _, r, _, _ in policies()} <= {OWNER, APP, DEFINER, *DOORS}


def test_each_role_holds_its_rights_and_no_other() -> None:
    held = rights()
    for role, expected in RIGHTS.items():
        assert held.get(role, {}) == expected, role
    assert set(held) <= {*RIGHTS, "amarre_staff"}, "somebody else (or everybody) holds rights"
    assert set(held["amarre_staff"]) <= {*ours()} - {"audit_seal"}
    assert {t for t, verbs in held["amarre_staff"].items() if "DELETE" in verbs} == DELETED_BY_STAFF
    assert not {v for tables in held.values() for verbs in tables.values() for v in verbs} - ALL, "TRUNCATE and others"


def test_rights_and_policies_go_together() -> None:
    walls_laid = {(t, r, v) for t, r, v, _ in policies() if r != OWNER}
    granted = {
        (t, role, verb)
        for role, held in rights().items()
        for t, verbs in held.items()
        for verb in verbs
        if t in ours() and t not in UNWALLED
    }
    assert walls_laid == granted


def test_the_staff_reads_whole() -> None:
    open_tables = {t for t, r, v, q in policies() if r == "amarre_staff" and v == "SELECT" and q == "true"}
    assert open_tables == STAFF_READS_ALL
    public = {t for t, r, v, q in policies() if r == "amarre_public" and v == "SELECT" and q == "true"}
    assert public == {"organisations_centre"}


def test_no_sealed_text_and_no_password() -> None:
    sealed = [
        (m._meta.db_table, f.column)
        for m in apps.get_models()
        for f in m._meta.concrete_fields
        if isinstance(f, SealedField)
    ]
    assert len(sealed) >= 6
    for table, column in sealed:
        for role in (
            "amarre_machine",
            "amarre_partner",
            "amarre_queue",
            DEFINER,
            APP,
        ):
            received = table in RECIPIENT and role in ("amarre_employer", "amarre_partner")
            link = (role, table) == ("amarre_partner", "sharing_accesslink")
            # The mail that carries a link: read until it has left (`sharing/walls_orientations.sql`).
            mailed = (role, table) == ("amarre_machine", "sharing_accesslink")
            # Where to write to who comes from elsewhere, while an agreement covers it (`appointments/walls.sql`).
            mailed = mailed or (role, table, column) == ("amarre_machine", "appointments_guest", "email")
            # And to who holds a place in a session to come, or called off (`collective/walls.sql`).
            place = (role, table) == ("amarre_machine", "collective_seat")
            mailed = mailed or (place and column in ("email", "phone"))
            assert not readable(role, table, column) or received or link or mailed, (role, table, column)
        assert not readable("amarre_public", table, column) or table == "core_draft"
        group = (table, column) in EMPLOYER_OF_A_GROUP
        asked = table in ("core_draft", "organisations_advice", *RECIPIENT) or group
        assert not readable("amarre_employer", table, column) or asked, (table, column)
        own = table.startswith(("plans_", "sharing_")) or table in ("core_draft", "audit_datarequest", "people_person")
        assert not readable("amarre_person", table, column) or own, (table, column)
    for role in DOORS:
        assert not readable(role, "accounts_user", "password"), role
    assert readable("amarre_staff", "cases_note", "body"), "the question is rightly asked"


def test_the_machine_reads_of_people_only_the_columns_that_are_said() -> None:
    personal = {"cases", "plans", "intake", "people", "core", "appointments", "collective"}
    seen = {
        m._meta.db_table: columns
        for m in tables()
        if m._meta.app_label in personal
        and (
            columns := {
                f.column for f in m._meta.concrete_fields if readable("amarre_machine", m._meta.db_table, f.column)
            }
        )
    }
    assert seen == MACHINE_COLUMNS


def readable(role: str, table: str, column: str) -> bool:
    return bool(ask("select has_column_privilege(%s, %s, %s, 'select')", role, table, column)[0][0])


def test_the_web_s_login_owns_nothing_and_is_nothing() -> None:
    powers = {
        str(name): (power, login, inherit)
        for name, power, login, inherit in ask(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication, rolcanlogin,"
            " rolinherit from pg_roles where rolname like 'amarre%%'"
        )
    }
    assert powers[APP] == (False, True, False)
    assert powers[OWNER][0] is False
    assert all(powers[role] == (False, False, False) for role in (*DOORS, DEFINER))
    owned = ask("select relname from pg_class where relowner = any (%s::regrole[])", [APP, *DOORS, DEFINER])
    assert owned == []
    member_of = {str(r) for (r,) in ask("select roleid::regrole from pg_auth_members where member = %s::regrole", APP)}
    assert member_of == set(DOORS)
    assert ask("select 1 from pg_auth_members where member = any (%s::regrole[])", [*DOORS, DEFINER]) == []


def test_nobody_but_the_owner_creates() -> None:
    able = [r for r in (APP, DEFINER, *DOORS) if ask("select has_schema_privilege(%s, 'public', 'create')", r)[0][0]]
    assert able == []


def test_functions_that_look_through_walls() -> None:
    found = ask(
        """
        select p.oid::regprocedure::text, p.proowner::regrole::text, p.prosecdef, coalesce(p.proconfig, '{}'),
               exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
          from pg_proc p where p.pronamespace = 'public'::regnamespace
           and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        """
    )
    looking = [row for row in found if row[2] or row[1] == DEFINER]
    assert len(looking) >= 8
    for name, owner, definer, settings, everybody in looking:
        assert (owner, definer, everybody) == (DEFINER, True, False), name
        assert settings == ["search_path=pg_catalog, public"], name
    assert (
        ask("select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace") == []
    )


def test_the_walls_in_the_database_are_those_of_the_files() -> None:
    assert walls.applied(connection)
    assert {path.parent.name for path in walls.files()} == {m._meta.app_label for m in tables()}


def test_only_the_known_extensions_are_there() -> None:
    assert {name for (name,) in ask("select extname from pg_extension")} == {"plpgsql", *EXTENSIONS}


def test_every_foreign_key_is_checked_by_the_database() -> None:
    """A column that points at a walled row has its constraint; the ledger's plain numbers outlive what they name."""
    pointing = {
        (m._meta.db_table, f.column)
        for m in tables()
        for f in m._meta.concrete_fields
        if isinstance(f, models.ForeignKey)
    }
    checked = {
        (str(t), str(c))
        for t, c in ask(
            "select k.conrelid::regclass::text, a.attname from pg_constraint k"
            " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'f'"
        )
    }
    assert pointing - checked == set()


FAULTS = {
    "a wall not forced": (
        "alter table cases_note no force row level security",
        test_every_table_of_a_room_is_behind_a_forced_wall,
    ),
    "a table without its owner's policy": ("drop policy owner_all on people_job", test_the_owner_passes_every_wall),
    "a right too many": (
        "grant select on people_person to amarre_employer",
        test_each_role_holds_its_rights_and_no_other,
    ),
    "a right of everybody's": ("grant select on cases_case to public", test_each_role_holds_its_rights_and_no_other),
    "a truncation": ("grant truncate on cases_note to amarre_staff", test_each_role_holds_its_rights_and_no_other),
    "a right without a policy": ("drop policy author_update on cases_note", test_rights_and_policies_go_together),
    "a wide policy": (
        "create policy x on cases_note for select to amarre_staff using (true)",
        test_the_staff_reads_whole,
    ),
    "a column read": ("grant select (body) on cases_note to amarre_machine", test_no_sealed_text_and_no_password),
    "a name read": (
        "grant select (last_name) on intake_solicitation to amarre_machine",
        test_the_machine_reads_of_people_only_the_columns_that_are_said,
    ),
    "a password read": ("grant select on accounts_user to amarre_staff", test_no_sealed_text_and_no_password),
    "an open function": ("grant execute on function my_cases() to public", test_functions_that_look_through_walls),
    "a loose path": ("alter function my_cases() reset search_path", test_functions_that_look_through_walls),
    "a view": ("create view seen as select * from cases_note", test_functions_that_look_through_walls),
    "a hand in the schema": ("grant create on schema public to amarre_app", test_nobody_but_the_owner_creates),
    "other walls": ("update core_walls set digest = 'x'", test_the_walls_in_the_database_are_those_of_the_files),
    "a loose key": ("alter table cases_note drop constraint {fk}", test_every_foreign_key_is_checked_by_the_database),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_catalogue_sees(fault: str) -> None:
    """Each check is shown a fault, as the owner would make it, and must see it."""
    statement, check = FAULTS[fault]
    key = "select conname from pg_constraint where conrelid = 'cases_note'::regclass and contype = 'f' limit 1"
    check()
    with connection.cursor() as cursor:
        cursor.execute("set local role amarre_owner")
        if "{fk}" in statement:
            statement = statement.replace("{fk}", f'"{ask(key)[0][0]}"')
        cursor.execute(statement)
    with pytest.raises(AssertionError):
        check()
