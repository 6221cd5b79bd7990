"""The cast of the tests: everybody of the demo's cast, and the rows that each case of the house needs.

Claire leads Inès's case, on which Bruno helps and Zoé learns; Nadia is the busy neighbour, with Yanis's case and a
request of her own; Théo works elsewhere. Loaded once, into the template database.
"""

from __future__ import annotations

from amarre.accounts.models import User
from amarre.config.demo.cast import CAST, make_cast
from amarre.core.actor import Actor, Door
from tests.rows import load_rows

PASSWORD = "amarre-demo"
STAFF = tuple(p.code for p in CAST if p.kind == "staff" and p.active)
PASSER_BY = Actor(door=Door.PUBLIC, token="0" * 32)


def load() -> None:
    """Make everybody, and the rows that each may or may not see."""
    load_rows(make_cast(PASSWORD))


def user(code: str) -> User:
    """The account of somebody of the cast."""
    return User.objects.get(email=f"{code}@demo.amarre.example")


def actor(code: str) -> Actor:
    """The actor of somebody of the cast; `passer_by` has no account."""
    return PASSER_BY if code == "passer_by" else user(code).actor("TEST")
