"""`amarre doctor`: is everything that Amarre stands on as it must be?"""

import argparse
import os
import shutil
import smtplib
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from amarre.config.commands.base import DONE, REFUSED, FrenchParser, django_as, say
from amarre.config.home import Home
from amarre.config.places import OLDEST
from amarre.config.postgres import DISCREET
from amarre.config.roles import APP, DOORS, EXTENSIONS, OWNER

_ENOUGH = 1_000_000_000
"""Bytes that must be free: a day of writing and a backup of a small service."""


def add(parser: FrenchParser) -> None:
    """Declare the command."""
    parser.command("doctor", "Vérifie versions, base, rôles, cloisons, clés, courriel, antivirus, LibreOffice.", doctor)


def doctor(arguments: argparse.Namespace) -> int:
    """Say each finding on a line; 1 when one of them is a fault."""
    faults = 0
    with django_as("app", "doctor") as home:
        checks: list[tuple[str, Callable[[], str | None]]] = [
            ("Python", _python),
            ("PostgreSQL", _server),
            ("Rôles", _roles),
            ("Extensions", _extensions),
            ("Migrations", _migrations),
            ("Cloisons", _walls),
            ("Journal du serveur", _discretion),
            ("Trousseau", _keyring),
            ("Disque", lambda: _disk(home)),
            ("Courriel", lambda: _mail(home)),
            (_sms_name(), _sms),
            (_space_name(), lambda: None),
            (_antivirus_name(), _antivirus),
            (_office_name(), _office),
        ]
        for name, check in checks:
            fault = _examined(check)
            faults += fault is not None
            say(f"{'✗' if fault else '✓'} {name}{f' : {fault}' if fault else ''}")
    return REFUSED if faults else DONE


def _examined(check: Callable[[], str | None]) -> str | None:
    """Run one check; what it could not even look at is a fault too."""
    try:
        return check()
    except Exception as error:
        return f"{type(error).__name__} : {str(error).strip()}"


def _rows(statement: str, *values: str) -> list[tuple[object, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def _python() -> str | None:
    return None if sys.version_info >= (3, 11) else f"{sys.version.split()[0]} ; il faut 3.11"


def _server() -> str | None:
    version = int(str(_rows("show server_version_num")[0][0]))
    return None if version >= OLDEST * 10_000 else f"version {version // 10_000} ; il faut {OLDEST}"


def _roles() -> str | None:
    known = {
        str(name): flags
        for name, *flags in _rows(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb, rolcanlogin,"
            " rolinherit from pg_roles where rolname like 'amarre\\_%%'"
        )
    }
    missing = [role for role in (OWNER, APP, *DOORS) if role not in known]
    if missing:
        return f"il manque {', '.join(missing)}"
    powerful = [role for role in known if known[role][0]]
    if powerful:
        return f"{', '.join(powerful)} : trop de pouvoirs"
    openable = [door for door in DOORS if known[door][1]]
    if openable:
        return f"{', '.join(openable)} : ne doit pas pouvoir se connecter"
    return f"{APP} ne doit hériter de rien (NOINHERIT)" if known[APP][2] else _owned_by_app()


def _owned_by_app() -> str | None:
    owned = _rows("select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where rolname = %s", APP)
    return f"{APP} possède des tables" if owned[0][0] else None


def _extensions() -> str | None:
    known = {row[0] for row in _rows("select extname from pg_extension")}
    missing = [name for name in EXTENSIONS if name not in known]
    return f"il manque {', '.join(missing)}" if missing else None


def _migrations() -> str | None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} à appliquer (amarre migrate)" if waiting else None


def _walls() -> str | None:
    from django.db import connection

    from amarre.core import walls

    return None if walls.applied(connection) else "elles ne sont pas celles des fichiers (amarre migrate)"


def _discretion() -> str | None:
    """The server's log must never quote what somebody typed."""
    settings = {name: str(_rows("select current_setting(%s)", name)[0][0]) for name in DISCREET}
    wrong = [
        f"{name} = {DISCREET[name]}"
        for name in ("log_error_verbosity", "log_min_error_statement", "log_min_messages", "log_statement")
        if settings[name] not in _as_discreet(name)
    ]
    return f"des textes pourraient y être écrits ; réglez {', '.join(wrong)}" if wrong else None


def _as_discreet(name: str) -> set[str]:
    """The values that say no more than ours."""
    quieter = {"log_min_error_statement": {"panic"}, "log_min_messages": {"log", "fatal", "panic"}}
    return quieter.get(name, {DISCREET[name]})


def _keyring() -> str | None:
    from amarre.core.sealed import keyring

    keyring()
    return None


def _disk(home: Home) -> str | None:
    free = shutil.disk_usage(home.data).free
    return f"il reste {free // 1_000_000} Mo" if free < _ENOUGH else None


def _mail(home: Home) -> str | None:
    url = os.environ.get("AMARRE_SMTP_URL")
    if not url:
        return "AMARRE_SMTP_URL n’est pas donnée" if home.environment == "production" else None
    parts = urlsplit(url)
    with smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=10) as server:
        server.noop()
    return None


def _sms_name() -> str:
    """It is optional: that no SMS leaves is told, and is no fault."""
    from amarre.core import sms

    return "SMS" if sms.configured() else "SMS (aucun ne part : AMARRE_SMS_URL n’est pas donnée)"


def _sms() -> str | None:
    from django.conf import settings

    from amarre.core import sms

    if settings.AMARRE_SMS_URL:
        sms.address()
    return None


def _space_name() -> str:
    """The addresses that messages to people give are read on shared telephones: that one tells is told."""
    from amarre.core.notices import door_url
    from amarre.core.notices_words import TELLS

    said = ""
    for door, setting in (("/espace/", "AMARRE_SPACE_URL"), ("/rdv/", "AMARRE_RDV_URL")):
        if tells := TELLS.search(door_url(door)):
            said += f" (« {tells[0]} » y dit de quel service il s’agit : voyez {setting})"
    return f"Adresses de l’espace et des rendez-vous{said}"


def _antivirus_name() -> str:
    """It is optional: having none is told, and is no fault."""
    from amarre.core import antivirus

    return "Antivirus" if antivirus.configured() else "Antivirus (aucun : AMARRE_CLAMD n’est pas donnée)"


def _antivirus() -> str | None:
    from amarre.core import antivirus

    if not antivirus.configured() or antivirus.answers():
        return None
    return "il répond autre chose que ce qu’on attend de ClamAV"


def _office_name() -> str:
    """It is optional too: letters on the service's Word templates are then given as Word files only."""
    from amarre.core import office

    found = office.program()
    return f"LibreOffice ({found or 'aucun : pas de PDF des lettres Word'})"


def _office() -> str | None:
    from django.conf import settings

    from amarre.core import office

    if settings.AMARRE_SOFFICE and not office.available():
        return "AMARRE_SOFFICE ne mène à aucun programme"
    return None
