"""`amarre import`: files as they are found in the wild, each bad cell named."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from amarre.config.commands import imports_directory
from amarre.config.commands.base import DONE, REFUSED, FrenchParser, django_as, say
from amarre.config.home import Unusable

if TYPE_CHECKING:
    from amarre.organisations.imports import Report


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("import", "Charge un fichier (CSV ou classeur) dans le service.")
    companies_parser = actions.command(
        "companies",
        "Charge les entreprises et leurs établissements ; dit chaque cellule à corriger, garde les bonnes lignes.",
        companies,
    )
    companies_parser.add_argument("file", type=Path, metavar="FICHIER", help="le fichier à charger")
    companies_parser.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
    imports_directory.add(actions)


def companies(arguments: argparse.Namespace) -> int:
    """Import companies as the machine; 1 when some row was left out."""
    try:
        content: bytes = arguments.file.read_bytes()
    except OSError as error:
        raise Unusable(f"{arguments.file} ne peut pas être lu : {error.strerror}.") from None
    with django_as("app", "import companies"):
        from amarre.core.actor import MACHINE
        from amarre.core.scope import acting_as
        from amarre.core.tables import Unreadable
        from amarre.organisations.commands_import import import_companies
        from amarre.organisations.imports import compare, read_companies

        try:
            table = read_companies(content)
        except Unreadable as error:
            raise Unusable(str(error)) from None
        with acting_as(MACHINE):
            if arguments.dry_run:
                report = compare(MACHINE, table).report
            else:
                report = import_companies(actor=MACHINE, table=table)
    _tell(report, arguments.dry_run)
    return REFUSED if report.left_out else DONE


def _tell(report: "Report", dry_run: bool) -> None:
    for fault in report.faults:
        example = f" (exemple : {fault.example})" if fault.example else ""
        fate = "" if fault.row_kept else " ; ligne écartée"
        say(f"ligne {fault.row}, {fault.column}, « {fault.value} » : {fault.reason}{example}{fate}")
    if report.ignored_columns:
        say(f"Colonnes laissées de côté : {', '.join(report.ignored_columns)}")
    say("Rien n’a été écrit, ceci est un essai." if dry_run else "Importé.")
    say(
        f"{report.rows} ligne(s) : {report.created} établissement(s) créé(s), {report.updated} modifié(s), "
        f"{report.unchanged} inchangé(s), {report.left_out} ligne(s) écartée(s)."
    )
