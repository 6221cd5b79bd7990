"""`amarre demo`: the fictional service, and starting it over."""

import argparse
import contextlib
import shutil
import sys

from amarre.config.commands.base import DONE, FrenchParser, django_as, say
from amarre.config.commands.database import bring_up_to_date
from amarre.config.home import Home, Unusable
from amarre.config.postgres import Cluster

DOMAIN = "@demo.amarre.example"


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("demo", "Le service fictif (jamais en production).")
    actions.command("load", "Met la base à jour, charge le service fictif si elle est vide, dit qui se connecte.", load)
    actions.command("reset", "Efface la démonstration ; le prochain « make run » la recharge.", reset)


def _refuse_outside_demo(home: Home) -> None:
    if home.environment != "demo":
        raise Unusable("Le service fictif n’existe qu’en démonstration (AMARRE_ENV=demo).")


def load(arguments: argparse.Namespace) -> int:
    """Bring the database up to date, load the fictional service if it is empty, and list the sign-ins."""
    _refuse_outside_demo(Home.from_environment())
    with django_as("owner", "demo load"):
        from amarre.config import demo

        with contextlib.redirect_stdout(sys.stderr):
            say(bring_up_to_date())
            if demo.is_empty():
                say("  Le service fictif se charge : trois centres, mille personnes, deux cents dossiers…")
                demo.load()
        _keep_password()
        say(_sign_ins())
    return DONE


def _keep_password() -> None:
    """The password that is told is the one that opens, even when it changed since the service was loaded."""
    from django.conf import settings

    from amarre.accounts.models import User

    accounts = User.objects.filter(email__endswith=DOMAIN)
    first = accounts.first()
    if first is not None and not first.check_password(settings.AMARRE_DEMO_PASSWORD):
        first.set_password(settings.AMARRE_DEMO_PASSWORD)
        accounts.update(password=first.password)


def _sign_ins() -> str:
    """One sign-in per role, and one of an employer: the first of the cast that holds it."""
    from django.conf import settings

    from amarre.accounts.roles import labels
    from amarre.config.demo.cast import CAST

    staff = [player for player in CAST if player.kind == "staff" and player.active]
    by_role: dict[str, str] = {}
    for player in staff:
        by_role.setdefault(labels(list(player.roles)), player.email)
    by_role["employeur"] = next(player.email for player in CAST if player.kind == "employer")
    lines = [f"  {email:<30} {role}" for role, email in by_role.items()]
    return "\n".join([f"Mot de passe de tous : {settings.AMARRE_DEMO_PASSWORD}", *lines])


def reset(arguments: argparse.Namespace) -> int:
    """Remove the demonstration's own database and keys; refuse anything else."""
    home = Home.from_environment()
    _refuse_outside_demo(home)
    with home.held("amarre demo reset"):
        Cluster(home.cluster).destroy()
        for path in (home.keyring, home.data / "audit-anchor.json"):
            path.unlink(missing_ok=True)
        for directory in ("files", "static"):
            shutil.rmtree(home.data / directory, ignore_errors=True)
    say(f"La démonstration de {home.data} est effacée ; « make run » la recharge.")
    return DONE
