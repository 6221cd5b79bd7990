"""`amarre import data-inclusion` and `amarre import finess`: structures and services of partners."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amarre.config.commands.base import DONE, REFUSED, django_as, say
from amarre.config.home import Unusable

if TYPE_CHECKING:
    from amarre.directory.imports import Report
    from amarre.organisations.imports import Fault


def add(actions: Any) -> None:
    """Declare the commands beside `companies`."""
    inclusion_parser = actions.command(
        "data-inclusion",
        "Charge des structures et des services au schéma data·inclusion (classeur, CSV ou JSON).",
        inclusion,
    )
    inclusion_parser.add_argument(
        "--source", default="", metavar="NOM", help="qui publie le fichier, quand il ne le dit pas lui-même"
    )
    finess_parser = actions.command(
        "finess", "Charge un extrait FINESS « etalab » : ESAT, EA, SAVS, SAMSAH, UEROS, ESRP, préorientation.", finess
    )
    for parser in (inclusion_parser, finess_parser):
        parser.add_argument("file", type=Path, metavar="FICHIER", help="le fichier à charger")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
        parser.add_argument(
            "--complet", action="store_true", help="le fichier est complet : ce qu’il ne cite plus est marqué retiré"
        )


def inclusion(arguments: argparse.Namespace) -> int:
    """Import structures and services as the machine; 1 when some row was left out."""
    return _import(arguments, "inclusion")


def finess(arguments: argparse.Namespace) -> int:
    """Import establishments as the machine; 1 when some row was left out."""
    return _import(arguments, "finess")


def content_of(file: Path) -> bytes:
    """The bytes of a file; a sentence when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file} ne peut pas être lu : {error.strerror}.") from None


def tell_faults(faults: "Iterable[Fault]") -> None:
    """Each bad cell, its reason, and what became of its row."""
    for fault in faults:
        example = f" (exemple : {fault.example})" if fault.example else ""
        fate = "" if fault.row_kept else " ; ligne écartée"
        say(f"ligne {fault.row}, {fault.column}, « {fault.value} » : {fault.reason}{example}{fate}")


def _import(arguments: argparse.Namespace, layout: str) -> int:
    content = content_of(arguments.file)
    with django_as("app", f"import {layout}"):
        from amarre.core.actor import MACHINE
        from amarre.core.commands import Refused
        from amarre.core.scope import acting_as
        from amarre.core.tables import Unreadable
        from amarre.directory.commands_import import import_directory
        from amarre.directory.imports import compare
        from amarre.directory.imports_finess import read_finess
        from amarre.directory.imports_inclusion import read_inclusion

        try:
            parsed = read_finess(content) if layout == "finess" else read_inclusion(content, source=arguments.source)
            with acting_as(MACHINE):
                if arguments.dry_run:
                    report = compare(MACHINE, parsed, whole=arguments.complet).report
                else:
                    report = import_directory(
                        actor=MACHINE, parsed=parsed, file_name=arguments.file.name, layout=layout,
                        whole=arguments.complet,
                    )  # fmt: skip
        except (Unreadable, Refused) as error:
            raise Unusable(str(error)) from None
    _tell(report, arguments.dry_run)
    return REFUSED if report.left_out else DONE


def _tell(report: "Report", dry_run: bool) -> None:
    tell_faults(report.faults)
    if report.ignored_columns:
        say(f"Colonnes laissées de côté : {', '.join(report.ignored_columns)}")
    say("Rien n’a été écrit, ceci est un essai." if dry_run else "Importé.")
    say(
        f"{report.rows} ligne(s), {report.passed_over} hors du sujet, {report.left_out} écartée(s). "
        f"Structures : {report.created} créée(s), {report.updated} modifiée(s), {report.unchanged} inchangée(s), "
        f"{report.withdrawn} retirée(s). Services : {report.services_created} créé(s), "
        f"{report.services_updated} modifié(s), {report.services_unchanged} inchangé(s), "
        f"{report.services_withdrawn} retiré(s)."
    )
