"""The database roles, and the database that one of them owns.

Readers: the launcher, `amarre prepare`, the tests. It must not know tables: what a role may do to them is
said by each room's `walls.sql`.

`amarre_owner` owns the tables, `amarre_definer` the functions that look through walls, `amarre_app` is the
login of the web and owns nothing: it takes, one transaction at a time, the role of the door that was opened.
"""

import psycopg
from psycopg import sql

OWNER = "amarre_owner"
APP = "amarre_app"
DEFINER = "amarre_definer"
TEST = "amarre_test"

DOORS = (
    "amarre_public",
    "amarre_staff",
    "amarre_person",
    "amarre_employer",
    "amarre_partner",
    "amarre_machine",
    "amarre_queue",
)

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")

_POWERLESS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"


def ensure_roles(
    superuser_url: str, *, owner_password: str, app_password: str, test_password: str | None = None
) -> None:
    """Make every role as it must be, whatever it was; the test login only where a password is given."""
    with psycopg.connect(superuser_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('amarre.roles'))")
        for name in (DEFINER, *DOORS):
            _ensure_role(connection, name, "NOLOGIN NOINHERIT")
        _ensure_role(connection, OWNER, "LOGIN INHERIT", owner_password)
        _ensure_role(connection, APP, "LOGIN NOINHERIT", app_password)
        _grant(connection, DEFINER, OWNER, inherit=True)
        for door in DOORS:
            _grant(connection, door, APP)
        if test_password is not None:
            _ensure_role(connection, TEST, "LOGIN NOINHERIT", test_password)
            for role in (OWNER, APP, *DOORS):
                _grant(connection, role, TEST)


def ensure_database(superuser_url: str, name: str, template: str | None = None) -> bool:
    """Make the database if there is none, and say whether it was made; a template is copied whole."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            _create_database(connection, name, template)
        _open_to_our_roles(connection, name)
    if known is None and template is None:
        _furnish(psycopg.conninfo.make_conninfo(superuser_url, dbname=name))
    return known is None


def _create_database(connection: psycopg.Connection, name: str, template: str | None) -> None:
    order = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    if template is not None:
        order += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    connection.execute(order)


def _open_to_our_roles(connection: psycopg.Connection, name: str) -> None:
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    known = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, APP, TEST]])
    for (role,) in known.fetchall():
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def _furnish(url: str) -> None:
    """Put in what only a superuser may: the extensions."""
    with psycopg.connect(url) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def _ensure_role(connection: psycopg.Connection, name: str, attributes: str, password: str | None = None) -> None:
    role = sql.Identifier(name)
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(role))
    connection.execute(sql.SQL(f"ALTER ROLE {{}} {_POWERLESS} {attributes}").format(role))
    if password is not None:
        # Hashed here, so that no statement carries the password.
        hashed = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, hashed.decode()))


def _grant(connection: psycopg.Connection, role: str, to: str, *, inherit: bool = False) -> None:
    order = sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(to))
    if connection.info.server_version >= 160000:
        order += sql.SQL(f" WITH INHERIT {str(inherit).upper()}, SET TRUE, ADMIN FALSE")
    connection.execute(order)
