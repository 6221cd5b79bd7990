"""Rows of the matrix for the directory: the staff reads it; those who send people there keep it.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.config.demo.cast import CAST
from tests.trios import World

STAFF = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
KEEPERS = WORKERS | {"marc", "alex"}
MEMBERS = frozenset({"claire", "bruno", "zoe"})
ADMIN = frozenset({"alex"})


def structure(name: str) -> Callable[[World], list[Any]]:
    """A structure of the tests' world."""
    return lambda w: [w.structure(name).pk]


def contact(name: str) -> Callable[[World], list[Any]]:
    """A contact of the tests' world."""
    return lambda w: [w.contact(name).pk]


def rows(staff: Any) -> None:
    """Every address of the directory. `staff` is that of `tests.matrix`."""
    imported, local = structure("Cap emploi d’essai"), structure("CCAS d’essai")
    staff("directory", {200: STAFF})
    staff("directory_structure", {200: STAFF}, about=imported)
    staff("directory_structure", {200: STAFF}, about=local)
    staff("directory_structure_new", {200: KEEPERS}, {422: KEEPERS})
    staff("directory_structure_edit", {200: KEEPERS}, {422: KEEPERS}, about=local)
    staff("directory_structure_edit", {403: STAFF}, about=imported)
    staff("directory_structure_withdraw", None, {302: KEEPERS}, about=local)
    staff("directory_structure_withdraw", None, {403: STAFF}, about=imported)
    staff("directory_structure_restore", None, {422: KEEPERS}, about=local)  # it is offered
    for name in ("directory_service_new", "directory_contact_new"):
        staff(name, {200: KEEPERS}, {422: KEEPERS}, about=imported)
    staff("directory_service_edit", {200: KEEPERS}, {422: KEEPERS}, about=lambda w: [w.service("Secours").pk])
    staff("directory_contact_edit", {200: KEEPERS}, {422: KEEPERS}, about=contact("Chloé Aubry"))
    for name in ("directory_contact_confirm", "directory_contact_end"):
        staff(name, None, {302: KEEPERS}, about=contact("Désiré Fontanel"))
    staff("directory_contact_invite", None, {302: ADMIN}, about=contact("Désiré Fontanel"))
    staff("directory_import", {200: ADMIN}, {422: ADMIN})
    staff("directory_import_check", {404: ADMIN}, about=["nothing"])
    staff("directory_run", {200: KEEPERS}, about=lambda w: [w.run().pk])
    staff("case_directory", {200: MEMBERS}, rest=404, about=lambda w: [w.case().pk], statements=30)
