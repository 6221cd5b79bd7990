"""Real PostgreSQL for the tests: one throw-away server per run, one database per worker, copied from a template.

Loaded first (`-p tests.harness`), because Django reads its database from the environment. The template is migrated
once, walled, and holds the cast; a copy takes some 50 ms.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from amarre.config.postgres import Cluster
from amarre.config.roles import ensure_database, ensure_roles

# The tests start many a Python, and so do they: what is compiled once is kept, whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TEMPLATE = "amarre_template"
_VARIABLE = "AMARRE_TEST_SUPERUSER_URL"


def _with(url: str, *, user: str | None = None, password: str = "", database: str, role: str = "") -> str:
    parts = urlsplit(url)
    credentials = f"{user}:{quote(password)}" if user else f"{parts.username}:{parts.password}"
    query = f"options={quote(f'-c role={role}')}" if role else ""
    return urlunsplit((parts.scheme, f"{credentials}@{parts.hostname}:{parts.port}", f"/{database}", query, ""))


def url_of(database: str, role: str = "amarre_app") -> str:
    """The test login on a database, starting as `role`; it may become the owner or any door."""
    return _with(
        os.environ[_VARIABLE],
        user="amarre_test",
        password=os.environ["AMARRE_TEST_PASSWORD"],
        database=database,
        role=role,
    )


def app_url(database: str) -> str:
    """The web's own login, which may not become the owner: for servers under test."""
    return _with(
        os.environ[_VARIABLE],
        user="amarre_app",
        password=os.environ["AMARRE_TEST_PASSWORD"],
        database=database,
    )


def fresh_database(name: str) -> None:
    """(Re)make `name` from the template; whoever is connected to it is sent away."""
    with psycopg.connect(os.environ[_VARIABLE], autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    ensure_database(os.environ[_VARIABLE], name, template=TEMPLATE)


def _place() -> Path:
    """A directory in memory, where there is enough: a copy of the template is 700 files, slow to make on many a disk.

    What a run that was killed has left there is removed: its server died with it.
    """
    memory, prefix = Path("/dev/shm"), "amarre-tests-"
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    for left in memory.glob(f"{prefix}*") if roomy else ():
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=memory if roomy else None))


def _start() -> None:
    directory = _place()
    directory.chmod(0o755)
    (directory / "static").mkdir()
    cluster = Cluster(directory / "pg", durable=False)
    superuser = cluster.start()

    def stop() -> None:
        cluster.stop()
        shutil.rmtree(directory, ignore_errors=True)

    atexit.register(stop)
    password = secrets.token_urlsafe(12)
    os.environ.update(
        {
            _VARIABLE: superuser,
            "AMARRE_TEST_PASSWORD": password,
            "AMARRE_DATA": str(directory),
            "AMARRE_ENV": "test",
            # Said once for every process: an operator's command that a test runs writes a key file, and a session made
            # here must be read by a server that starts after it.
            "AMARRE_SECRET_KEY": secrets.token_urlsafe(48),
        }
    )
    ensure_roles(superuser, owner_password=password, app_password=password, test_password=password)
    ensure_database(superuser, TEMPLATE)
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(TEMPLATE, "amarre_owner"),
        "DJANGO_SETTINGS_MODULE": "amarre.config.settings",
    }
    subprocess.run([sys.executable, "-m", "tests.template"], check=True, env=environment)


if _VARIABLE not in os.environ:
    _start()
WORKER_DATABASE = f"amarre_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
fresh_database(WORKER_DATABASE)
os.environ["DATABASE_URL"] = url_of(WORKER_DATABASE)
os.environ["AMARRE_NESTED_SCOPES"] = "1"
