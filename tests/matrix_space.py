"""Rows of the matrix for the person's own door: Inès and Yanis each in their own space, everybody else outside.

Read by `tests.matrix`. The staff is refused (403), strangers are asked for a code
(302), the row of somebody else is not there (404).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from amarre.config.demo.cast import CAST
from amarre.plans import models as m
from tests import matrix_appointments_rdv, matrix_collective_public, matrix_letters, matrix_sharing
from tests.cast import as_owner
from tests.trios import World

PERSONS = frozenset({"ines", "yanis"})
STRANGERS = frozenset({"passer_by", "max"})
OTHERS = frozenset(p.code for p in CAST if p.active) - PERSONS
INES, YANIS = frozenset({"ines"}), frozenset({"yanis"})
Answers = Mapping[int, Any]
Add = Callable[..., None]


def one(model: Any, who: str = "Benali", **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of a row of somebody's plan."""

    def find(world: World) -> list[Any]:
        with as_owner():
            return [model.objects.filter(plan__person__last_name=who, **wanted).order_by("id").first().pk]

    return find


def rows(add: Add) -> None:
    """Every address of the space. `add(name, get, post, about, statements)`."""

    def space(name: str, get: Answers | None, post: Answers | None = None, *, about: Any = None, **more: Any) -> None:
        add(f"employee:{name}", _filled(get), _filled(post) if post is not None else _filled(get), about, **more)

    both = {200: PERSONS}
    for name in ("plan", "grid_list", "application_list", "budget", "document_list", "who", "companion_list"):
        space(name, both, statements=26)
    space("home", both, statements=30)
    space("urgent", both)
    space("past", both)
    for name in ("goal_new", "action_new", "document_new", "messages", "companion_new"):
        space(name, both, {422: PERSONS}, statements=20)
    space("reach", both, {422: PERSONS})
    space("data", both, {422: PERSONS})
    space("opinion", both, {422: PERSONS})
    for name in ("another", "again"):  # nothing is mandatory there, but a POST of nothing at all is no form
        space(name, both, {422: PERSONS})
    space("look_back", {404: PERSONS}, about=[1])
    space("shared", {200: YANIS, 404: INES}, about=one(m.Companion))
    _rows_of_ines(space)
    matrix_sharing.person_rows(space)
    matrix_letters.space(space)
    matrix_appointments_rdv.rows(add)
    matrix_collective_public.rows(add)


def _filled(said: Answers | None) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {s: frozenset(c) for s, c in (said or {405: PERSONS}).items()}
    left = PERSONS.difference(*found.values())
    for status, codes in ((302, STRANGERS), (403, OTHERS), (404, left)):
        found[status] = found.get(status, frozenset()) | codes
    return found


def _rows_of_ines(space: Any) -> None:
    only = {200: INES}
    under_way, mine = one(m.Goal, state="under_way"), one(m.Goal, state="proposed", proposed_by="person")
    theirs = one(m.Goal, state="proposed", proposed_by="worker")
    space("version", only, {422: INES}, about=one(m.Version, state="proposed"), statements=20)
    space("version_paper", only, only, about=one(m.Version, number=1))
    space("goal", only, {422: INES}, about=under_way, statements=26)
    space("goal", only, {422: INES}, about=mine, statements=26)
    space("goal_progress", only, {422: INES}, about=under_way)
    space("goal_answer", only, {422: INES}, about=theirs)
    space("action", only, {422: INES}, about=one(m.Action, owner="person"))
    space("action", {404: PERSONS}, about=one(m.Action, owner="third"))
    asked, written = one(m.Filling, side="person"), one(m.Filling, side="worker")
    space("grid", only, only, about=asked)
    space("grid", {404: PERSONS}, about=written)
    space("grid_item", only, {422: INES}, about=lambda w: [*asked(w), 1])
    space("grid_finish", only, {422: INES}, about=asked)  # nothing was answered
    space("application", only, only, about=one(m.Application), statements=20)
    space("document", only, only, about=one(m.Document))
    space("document", {200: YANIS}, {200: YANIS}, about=one(m.Document, "Diarra"))
    space("document_scan", None, {302: INES}, about=one(m.Document))
    space("document_remove", only, {302: INES}, about=one(m.Document))
    space("companion", only, {422: INES}, about=one(m.Companion))
