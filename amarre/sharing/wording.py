"""The words by which an agreement is asked: versioned, so that one knows what the person read.

Read by the commands, the doors and the papers. A published version is never changed: a new one is added below it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Wording(NamedTuple):
    """One version: since when, and its sentences, in which {party}, {purpose} and {until} stand."""

    since: date
    sentences: tuple[str, ...]


WORDINGS: dict[int, Wording] = {
    1: Wording(
        date(2026, 11, 26),
        (
            "J’accepte que la personne qui m’accompagne parle de moi à {party}.",
            "C’est pour ceci\u00a0: {purpose}.",
            "Elle dira ce qui est écrit ici, et rien d’autre.",
            "Mon accord vaut jusqu’au {until}.",
            "Je peux le reprendre à tout moment, sans dire pourquoi.",
            "Si je le reprends, plus rien ne part, et personne n’est prévenu.",
        ),
    )
}


CURRENT = 1


def spoken(version: int, *, party: str, purpose: str, until: str, say: Callable[[str], str] = str) -> list[str]:
    """The sentences of a version as the person reads them; `say` puts each into another language.

    Raises `KeyError` for a version that never was.
    """
    return [say(s).format(party=party, purpose=purpose, until=until) for s in WORDINGS[version].sentences]
