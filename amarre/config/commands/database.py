"""`amarre migrate`, `prepare`, `backup`: the database's own commands, on the owner's login."""

import argparse
import os
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from amarre.config.commands.base import DONE, REFUSED, FrenchParser, django_as, say
from amarre.config.database import NAME, opened, prepare_house
from amarre.config.home import Home, Unusable
from amarre.config.initdb import environment
from amarre.config.places import find_binaries
from amarre.config.roles import APP, OWNER


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    parser.command("migrate", "Met la base à jour, puis repose les cloisons.", migrate)
    prepare_parser = parser.command(
        "prepare",
        "Crée les rôles et la base sur le PostgreSQL de la maison (adresse d’un administrateur dans "
        "AMARRE_SUPERUSER_URL), et donne les deux adresses à garder.",
        prepare,
    )
    prepare_parser.add_argument("--database", default=NAME, help=f"nom de la base (« {NAME} »)")
    backup_parser = parser.command("backup", "Sauvegarde la base dans un dossier (sans le trousseau de clés).", backup)
    backup_parser.add_argument("directory", type=Path, metavar="DOSSIER", help="où écrire la sauvegarde")


def migrate(arguments: argparse.Namespace) -> int:
    """Bring the database to where the code is."""
    with django_as("owner", "migrate"):
        say(bring_up_to_date())
    return DONE


def bring_up_to_date() -> str:
    """Apply the migrations, lay the walls again, then the words that Amarre ships; say what was done."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from amarre.appointments.defaults import ensure_kinds
    from amarre.collective.catalogue import ensure_offers
    from amarre.core import commands, walls
    from amarre.organisations.defaults import ensure_defaults

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    walls.apply(connection)
    with transaction.atomic(), commands.loading():
        ensure_defaults()
        ensure_kinds()
        ensure_offers()
    return f"  {waiting} migration(s) appliquée(s), cloisons posées." if waiting else "  La base est à jour."


def prepare(arguments: argparse.Namespace) -> int:
    """Make roles and database on the house's server."""
    superuser = os.environ.get("AMARRE_SUPERUSER_URL")
    if not superuser:
        raise Unusable("Donnez l’adresse d’un administrateur de PostgreSQL dans AMARRE_SUPERUSER_URL.")
    home = Home.from_environment()
    home.make()
    passwords = home.passwords()
    prepare_house(superuser, passwords["owner"], passwords["app"], arguments.database)
    parts = urlsplit(superuser)
    where = f"{parts.hostname}:{parts.port or 5432}/{arguments.database}"
    query = f"?{parts.query}" if parts.query else ""
    say(f"DATABASE_URL=postgresql://{APP}:{passwords['app']}@{where}{query}")
    say(f"AMARRE_OWNER_URL=postgresql://{OWNER}:{passwords['owner']}@{where}{query}")
    return DONE


def backup(arguments: argparse.Namespace) -> int:
    """Write one dump that only its owner may read; whole, or not at all."""
    directory: Path = arguments.directory
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with opened(Home.from_environment(), "amarre backup") as urls:
        if urls.owner is None:
            raise Unusable("« amarre backup » a besoin de l’adresse AMARRE_OWNER_URL.")
        final = directory / f"amarre-{datetime.now():%Y%m%d-%H%M%S}.dump"
        fresh = final.with_suffix(".part")
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        dumped = subprocess.run(
            [find_binaries() / "pg_dump", "--format=custom", "--enable-row-security", f"--file={fresh}"],
            env=environment() | _libpq(urls.owner),
            stderr=subprocess.PIPE,
            text=True,
        )
    if dumped.returncode != 0:
        fresh.unlink(missing_ok=True)
        say(f"La sauvegarde a échoué : {dumped.stderr.strip()}")
        return REFUSED
    fresh.rename(final)
    say(f"{final} ({final.stat().st_size // 1000} ko)")
    say("Le trousseau de clés n’y est pas : gardez-en une copie, ailleurs que celle-ci.")
    return DONE


def _libpq(url: str) -> dict[str, str]:
    """The same address as libpq's environment, so that no password shows in the list of processes."""
    parts = urlsplit(url)
    found = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    mode = parse_qs(parts.query).get("sslmode")
    return {**found, "PGSSLMODE": mode[0]} if mode else found
