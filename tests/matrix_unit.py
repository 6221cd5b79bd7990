"""Rows of the matrix for the PDP unit and the interviews held with somebody else.

Read by `tests.matrix`. Dr Hugo and Nora sit in the unit; social workers see the day; Nadia put Yanis's items, Bruno an
anonymous one; Claire, Bruno and Zoé are in Inès's case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.sharing import models as m
from tests.cast import as_owner
from tests.rows import YANIS_CASE
from tests.trios import World
from tests.trios.meetings import coming, held, nameless, opened, seat, together, unit, waiting

Add = Callable[..., None]
UNIT, KEEPERS = frozenset({"hugo", "nora"}), frozenset({"alex", "marc"})
WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
LOOKERS = UNIT | WORKERS
MEMBERS = frozenset({"claire", "bruno", "zoe"})


def key(row: Callable[[], Any]) -> Callable[[World], list[Any]]:
    """The key of a row."""
    return lambda _: [row().pk]


def of_ines(row: Callable[[], Any]) -> Callable[[World], list[Any]]:
    """Inès's case, and the key of a row of it."""
    return lambda w: [w.case().pk, row().pk]


def decision(*, anonymous: bool) -> Callable[[World], list[Any]]:
    """The key of a decision."""

    def ask(_: World) -> list[Any]:
        with as_owner():
            rows = m.Decision.objects.filter(done_on=None, item__transmission__isnull=anonymous)
            return [rows.order_by("pk")[0].pk]

    return ask


def rows(staff: Add) -> None:
    """Every address."""
    others = {403: WORKERS}
    staff("unit", {200: LOOKERS})
    staff("unit_meeting_new", {200: UNIT}, {422: UNIT})
    for row in (coming, held):
        about = key(row)
        staff("unit_meeting", {200: LOOKERS}, about=about)
        staff("unit_meeting_print", {200: UNIT} | others, about=about)
        staff("unit_meeting_edit", {200: UNIT} | others, {422: UNIT} | others, about=about)
        staff("unit_participants", {200: UNIT} | others, {422: UNIT} | others, about=about)
        staff("unit_meeting_settle", None, {302: UNIT} | others, about=about)
        for name in ("unit_item_put", "unit_item_nameless"):
            staff(name, {200: WORKERS}, {422: WORKERS}, about=about)
    here = UNIT | {"nadia"}
    hidden = {404: WORKERS - {"nadia"}}
    staff("unit_item", {200: here} | hidden, {422: here} | hidden, about=key(opened))
    staff("unit_item", {200: here} | hidden, {422: {"nadia"}, 403: UNIT} | hidden, about=key(waiting))
    staff("unit_item_open", None, {302: UNIT, 403: {"nadia"}} | hidden, about=key(waiting))
    staff("unit_item_remove", None, {302: {"nadia"}, 403: UNIT} | hidden, about=key(waiting))
    accounts = {403: UNIT} | hidden
    staff("unit_minutes", {200: {"nadia"}} | accounts, {422: {"nadia"}} | accounts, about=key(opened))
    staff("unit_decision_done", None, {302: here} | hidden, about=decision(anonymous=False))
    theirs, unseen = UNIT | {"bruno"}, {404: WORKERS - {"bruno"}}
    staff("unit_item", {200: theirs} | unseen, {422: theirs} | unseen, about=key(nameless))
    staff("unit_item_open", None, {403: theirs} | unseen, about=key(nameless))
    staff("unit_item_remove", None, {302: {"bruno"}, 403: UNIT} | unseen, about=key(nameless))
    staff("unit_minutes", {403: theirs} | unseen, about=key(nameless))
    staff("unit_decision_done", None, {302: theirs} | unseen, about=decision(anonymous=True))
    _together(staff)
    _settings(staff)


def _together(staff: Add) -> None:
    staff("case_together", {200: MEMBERS}, rest=404, about=lambda w: [w.case().pk], statements=20)
    staff("case_together_new", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=lambda w: [w.case().pk], statements=20)
    planned, done = of_ines(together), of_ines(lambda: together("held"))
    staff("case_together_edit", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=planned, statements=20)
    staff("case_together_settle", None, {302: MEMBERS}, rest=404, about=planned)
    staff("case_together_conclude", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=done, statements=20)
    staff("case_together_edit", {404: WORKERS}, rest=404, about=lambda w: [w.case(YANIS_CASE).pk, together().pk])


def _settings(staff: Add) -> None:
    staff("settings_units", {200: KEEPERS})
    staff("settings_unit_new", {200: KEEPERS}, {422: KEEPERS})
    for name in ("settings_unit", "settings_unit_edit"):
        staff(name, {200: KEEPERS}, {422: KEEPERS}, about=key(unit))
    staff("settings_unit_leave", None, {302: KEEPERS}, about=lambda _: [seat("nora").pk])
