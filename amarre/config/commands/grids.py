"""`amarre grids`: what grids are shipped, and what a set of answers amounts to. No database, no Django.

Read by whoever maintains the grids. It must not know how a grid is scored.
"""

import argparse
import json
from decimal import Decimal
from pathlib import Path

from amarre.config.commands.base import DONE, FrenchParser, say
from amarre.config.home import Unusable
from amarre.plans import instruments
from amarre.plans.instruments import BadAnswer, Grid, Result, ScoringKind, UnknownGrid


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("grids", "Les grilles livrées : les lister, essayer des réponses (sans base de données).")
    list_parser = actions.command("list", "Montre les grilles livrées, et celles qui ne le sont pas.", show)
    list_parser.add_argument("--json", action="store_true", help="écrire du JSON")
    try_parser = actions.command("try", "Calcule le résultat d’un fichier de réponses, et l’écrit en JSON.", attempt)
    try_parser.add_argument("code", metavar="CODE", help="le code de la grille (« amarre grids list » les montre)")
    try_parser.add_argument(
        "--answers",
        type=Path,
        required=True,
        metavar="FICHIER",
        help='les réponses par numéro de question, en JSON : {"1": true, "2": 3, "3": null, "4": "refused"}',
    )
    try_parser.add_argument("--version", metavar="VERSION", help="la version de la grille (sinon, la plus récente)")


def show(arguments: argparse.Namespace) -> int:
    """List the shipped grids, then the others and why they are not."""
    grids = list(instruments.shipped().values())
    if arguments.json:
        missing = [{"name": name, "reason": reason} for name, reason in instruments.NOT_SHIPPED.items()]
        say(json.dumps({"grids": [_summary(grid) for grid in grids], "not_shipped": missing}, ensure_ascii=False))
        return DONE
    say("Livrées :")
    for grid in grids:
        off = " ; éteinte par défaut" if grid.off_by_default else ""
        say(f"  {grid.code:<14} version {grid.version}  {grid.title} ({len(grid.items)} questions){off}")
        say(f"  {'':<14} Licence : {grid.licence}")
    say("Non livrées :")
    for name, reason in instruments.NOT_SHIPPED.items():
        say(f"  {name} : {reason}")
    return DONE


def _summary(grid: Grid) -> dict[str, object]:
    return {
        "code": grid.code,
        "version": grid.version,
        "language": grid.language,
        "title": grid.title,
        "items": len(grid.items),
        "source": grid.source,
        "licence": grid.licence,
        "notice": grid.notice,
        "checked_on": str(grid.checked_on),
        "off_by_default": grid.off_by_default,
    }


def attempt(arguments: argparse.Namespace) -> int:
    """Score one file of answers; whatever cannot be read is refused with a sentence."""
    try:
        if arguments.version is None:
            grid = instruments.newest(arguments.code)
        else:
            grid = instruments.get(arguments.code, arguments.version)
        answers = instruments.read_answers(grid, _answers(arguments.answers))
    except (UnknownGrid, BadAnswer) as error:
        raise Unusable(str(error)) from None
    say(json.dumps(_outcome(grid, instruments.score(grid, answers))))
    return DONE


def _answers(path: Path) -> dict[str, object]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise Unusable(f"{path} ne peut pas être lu : {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unusable(f"{path} n’est pas du texte en UTF-8 ; enregistrez-le dans cet alphabet.") from None
    try:
        read = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        where = f" (ligne {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unusable(f'{path} n’est pas du JSON{where} ; il faut par exemple {{"1": true, "2": null}}.') from None
    if not isinstance(read, dict):
        raise Unusable(f'{path} doit contenir un objet JSON : {{"1": true, "2": null}}.')
    return read


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A question answered twice in one file is a mistake that JSON would hide."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Unusable(f"La question {name[:40]} a deux réponses ; gardez-en une.")
        found[name] = value
    return found


def _outcome(grid: Grid, result: Result) -> dict[str, object]:
    told: dict[str, object] = {
        "score": _number(result.score),
        "band": result.band,
        "complete": result.complete,
        "subscores": {code: _number(value) for code, value in result.subscores.items()},
    }
    if grid.scoring.kind is ScoringKind.FLAGS:
        told["flags"] = list(result.flags)
    return told


def _number(value: Decimal | int | None) -> float | int | None:
    """JSON knows no exact decimals: four digits at most are written here, and nothing is computed from them."""
    return float(value) if isinstance(value, Decimal) else value
