"""Rows of the matrix for the public pages of collective actions: a code or a secret opens the same page to everybody.

Read by `tests.matrix` through `tests.matrix_collective`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.collective import models as m
from amarre.config.demo.cast import CAST
from tests.cast import as_owner
from tests.rows_collective import OPEN_CODE, SEAT_CODE, SEAT_SECRET
from tests.trios import World

EVERYBODY = frozenset({*(p.code for p in CAST), "passer_by"})
NO_SUCH = "nullepartici"


def code(**wanted: Any) -> Callable[[World], list[Any]]:
    """The code of the first such session."""

    def find(_world: World) -> list[Any]:
        with as_owner():
            return [m.Session.objects.filter(**wanted).order_by("pk")[0].code]

    return find


def rows(add: Callable[..., None]) -> None:
    """Every address. `add(name, get, post, about, statements)`."""

    def page(name: str, get: int, post: int, about: Any) -> None:
        add(f"public:groups_{name}", {get: EVERYBODY}, {post: EVERYBODY}, about)

    for name in ("session", "session_file"):
        page(name, 200, 422 if name == "session" else 200, [SEAT_CODE])
        page(name, 404, 404, [NO_SUCH])
    for past in (code(code="essaipassee"), code(action__sensitive=True)):
        page("session", 200, 422, past)
        page("session_file", 404, 404, past)
    page("given_up", 200, 200, [SEAT_CODE])
    for name, post in (("seat", 200), ("give_up", 302), ("seat_file", 200)):
        page(name, 200, post, [SEAT_SECRET])
        page(name, 404, 404, [NO_SUCH])
    page("questions", 200, 422, [OPEN_CODE])
    page("questions", 404, 404, [NO_SUCH])
    for name in ("before", "after"):  # these questions are not a training's
        page(name, 404, 404, [OPEN_CODE])
    page("thanks", 200, 200, [OPEN_CODE])
