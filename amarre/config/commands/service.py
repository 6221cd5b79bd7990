"""`amarre run`, `worker`, `django`: the processes of the service."""

import argparse

from amarre.config import launcher
from amarre.config.commands.base import DONE, FrenchParser, django_as, start_django


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    run_parser = parser.command("run", "Démarre Amarre et tout ce qu’il lui faut.", run)
    launcher.declare(run_parser)
    parser.command("worker", "Fait le travail de fond ; « amarre run » le lance lui-même.", worker)
    django_parser = parser.command("django", "Passe la main à une commande de Django.", django)
    django_parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="la commande et ses mots")


def run(arguments: argparse.Namespace) -> int:
    """Start everything."""
    return launcher.run(arguments)


def worker(arguments: argparse.Namespace) -> int:
    """Work until asked to stop."""
    start_django()
    from amarre.core.jobs import work

    work()
    return DONE


def django(arguments: argparse.Namespace) -> int:
    """Hand over to Django, on the login of the web."""
    with django_as("app", "django"):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["amarre django", *arguments.words])
    return DONE
