"""`amarre`, the operator's command.

Readers: whoever runs the service. Exit codes: 0 done, 1 refused or failed (the reason is said), 2 misused.
"""

import sys
from collections.abc import Sequence

from amarre.config.commands import audit, database, demo, doctor, grids, imports, keys, service, users
from amarre.config.commands.base import REFUSED, FrenchParser
from amarre.config.home import Unusable
from amarre.config.initdb import PostgresFailed
from amarre.config.places import PostgresMissing


def parser() -> FrenchParser:
    """Return the whole command line."""
    top = FrenchParser(
        prog="amarre",
        description="Amarre : le service social d’un service de prévention et de santé au travail.",
        epilog="« amarre COMMANDE --help » dit ce que fait une commande. "
        "Code de sortie : 0 fait, 1 refusé ou échoué (la raison est dite), 2 commande mal écrite.",
    )
    top.branch("Commandes\u00a0", "COMMANDE")
    for module in (service, database, keys, audit, users, imports, demo, doctor, grids):
        module.add(top)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code."""
    arguments = parser().parse_args(words)
    try:
        return int(arguments.handler(arguments))
    except (Unusable, PostgresFailed, PostgresMissing) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
