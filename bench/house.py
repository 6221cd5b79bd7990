"""A PostgreSQL for the measures, in a directory that is thrown away, holding one synthetic service.

Read by `bench.__main__`. Must not know what is measured.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amarre.config.postgres import Cluster
from amarre.config.roles import APP, OWNER, ensure_database, ensure_roles

NAME = "bench"


@contextmanager
def house(cases: int) -> Iterator[dict[str, str]]:
    """Start, fill, and give the environment of a web process; stop and remove at the end."""
    directory = Path(tempfile.mkdtemp(prefix="amarre-bench-"))
    directory.chmod(0o755)
    (directory / "static").mkdir()
    cluster = Cluster(directory / "postgres", durable=False)
    password = secrets.token_urlsafe(12)
    try:
        superuser = cluster.start()
        ensure_roles(superuser, owner_password=password, app_password=password)
        ensure_database(superuser, NAME)
        environment = {
            **os.environ,
            "AMARRE_DATA": str(directory),
            "AMARRE_SECRET_KEY": secrets.token_urlsafe(32),
            "AMARRE_BASE_URL": "http://localhost",
            "DJANGO_SETTINGS_MODULE": "amarre.config.settings",
        }
        fill = {**environment, "AMARRE_ENV": "test", "DATABASE_URL": cluster.url(OWNER, password, NAME)}
        subprocess.run([sys.executable, "-m", "bench.fill", str(cases)], env=fill, check=True)
        yield {**environment, "AMARRE_ENV": "production", "DATABASE_URL": cluster.url(APP, password, NAME)}
    finally:
        cluster.destroy()
        shutil.rmtree(directory, ignore_errors=True)
