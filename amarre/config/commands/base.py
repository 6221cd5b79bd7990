"""What every command of the operator shares: French help, exit codes, and Django on the right login.

Readers: the modules of `amarre.config.commands`. It must not know what a command does.
"""

import argparse
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from amarre.config.database import opened
from amarre.config.home import Home, Unusable

DONE, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: done; refused or failed, the reason being said; the command line was wrong."""

Handler = Callable[[argparse.Namespace], int]

_FRAME = (
    ("usage: ", "Usage : "),
    ("positional arguments:", "Ce qu’il faut donner :"),
    ("options:", "Options :"),
    ("show this help message and exit", "montrer cette aide"),
)

_ERRORS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"mot inconnu : \1"),
    (
        r"argument \S+: invalid choice: '(.*?)' \(choose from (.*)\)",
        r"« \1 » n’est pas connu ; au choix : \2",
    ),
    (r"argument (\S+): expected one argument", r"\1 demande une valeur"),
    (r"argument (\S+): invalid \S+ value: (.*)", r"\1 : valeur impossible \2"),
)


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and refusals are in French."""

    def branch(self, title: str, metavar: str) -> None:
        """Let this parser hold commands."""
        self._branches = self.add_subparsers(metavar=metavar, required=True, title=title, parser_class=FrenchParser)

    def family(self, name: str, words: str) -> "FrenchParser":
        """Declare a command that only groups others (`amarre keys …`)."""
        parser = self._branches.add_parser(name, help=words, description=words)
        parser.branch("Actions\u00a0", "ACTION")
        return parser

    def command(self, name: str, words: str, handler: Handler) -> "FrenchParser":
        """Declare a command and what carries it out."""
        parser = self._branches.add_parser(name, help=words, description=words)
        parser.set_defaults(handler=handler)
        return parser

    def format_help(self) -> str:
        """Return the help, its frame translated."""
        return _translated(super().format_help())

    def format_usage(self) -> str:
        """Return the usage line, its frame translated."""
        return _translated(super().format_usage())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and stop with the code of misuse."""
        for english, french in _ERRORS:
            message = re.sub(english, french, message)
        self.exit(MISUSED, f"{self.format_usage()}{self.prog} : {message}\n")


def _translated(text: str) -> str:
    for english, french in _FRAME:
        text = text.replace(english, french)
    return text


def say(words: str) -> None:
    """Tell the operator."""
    print(words, flush=True)


@contextmanager
def django_as(login: str, purpose: str) -> Iterator[Home]:
    """Start Django on the address of one login (`app` or `owner`) for the time of a command."""
    home = Home.from_environment()
    with opened(home, f"amarre {purpose}") as urls:
        url = urls.app if login == "app" else urls.owner
        if url is None:
            name = "DATABASE_URL" if login == "app" else "AMARRE_OWNER_URL"
            raise Unusable(f"« amarre {purpose} » a besoin de l’adresse {name}.")
        os.environ["DATABASE_URL"] = url
        start_django()
        yield home


def start_django() -> None:
    """Load Django's settings and applications, on data that is what it should be."""
    import django

    home = Home.from_environment()
    home.make()
    home.settle()
    home.ensure_secret_key()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amarre.config.settings")
    django.setup()
