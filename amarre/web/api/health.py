"""`/healthz`: is everything that a page stands on as it must be?

Audience: the launcher, a load balancer, a monitor. It names no person and quotes no text; each check says what is
wrong in one sentence, and how to look further is the operator's `amarre doctor`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from amarre.audit import queries as audit
from amarre.core import jobs, ledger, walls
from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from amarre.core.sealed import SealError, keyring

SEALED_WITHIN = timedelta(minutes=15)
"""The journal is sealed every minute; this much later, nobody seals it."""


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = session_user")
        powerful = cursor.fetchone()[0]
    return "le compte de connexion passe à travers les cloisons" if powerful else ""


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _migrations() -> str:
    waiting = _shipped() - MigrationRecorder(connection).applied_migrations().keys()
    return f"{len(waiting)} à appliquer" if waiting else ""


def _walls() -> str:
    return "" if walls.applied(connection) else "elles ne sont pas celles des fichiers"


def _keyring() -> str:
    try:
        keyring()
    except SealError:
        return "il manque ou il est illisible"
    return ""


def _journal() -> str:
    if not ledger.ready():
        return "rien ne peut y être écrit"
    with acting_as(MACHINE):
        late = audit.unsealed_for(SEALED_WITHIN)
    return "des lignes attendent leur sceau depuis trop longtemps" if late else ""


def _worker() -> str:
    return "" if jobs.worker_is_alive() else "personne ne fait le travail de fond"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "walls": _walls,
    "keyring": _keyring,
    "journal": _journal,
    "worker": _worker,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well; 503 and the reasons when not."""
    found = {name: _examined(check) for name, check in CHECKS.items()}
    well = not any(found.values())
    checks = {name: reason or "ok" for name, reason in found.items()}
    return JsonResponse(
        {"status": "ok" if well else "unwell", "checks": checks},
        status=200 if well else 503,
        json_dumps_params={"ensure_ascii": False},
    )


def _examined(check: Callable[[], str]) -> str:
    """Run one check; what cannot even be looked at is a fault, of which the class alone is told."""
    try:
        with transaction.atomic():
            return check()
    except Exception as error:
        return f"vérification impossible ({type(error).__name__})"
