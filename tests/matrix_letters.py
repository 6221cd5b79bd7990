"""Rows of the matrix for letters: the members of Inès's case; templates, for those who keep them; Inès, for hers.

Read by `tests.matrix` and `tests.matrix_space`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.sharing import models as m
from tests.cast import as_owner
from tests.rows_letters import OWN_TEMPLATE
from tests.trios import World

MEMBERS, KEEPERS = frozenset({"claire", "bruno", "zoe"}), frozenset({"alex", "marc"})
MANY = 30


def case(world: World) -> list[Any]:
    """Inès's case."""
    return [world.case().pk]


def one(model: Any, **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of the first row that is as wanted."""

    def find(world: World) -> list[Any]:
        with as_owner():
            return [model.objects.filter(**wanted).order_by("id").first().pk]

    return find


def rows(staff: Any) -> None:
    """Every address of letters. `staff` is that of `tests.matrix`."""
    seen, form = {200: MEMBERS}, {422: MEMBERS}
    staff("letters", seen, rest=404, about=case, statements=MANY)
    staff("letter_new", seen, form, rest=404, about=case, statements=MANY)
    staff("letter_certificate", seen, form, rest=404, about=case, statements=MANY)
    answering = {"claire", "bruno"}
    left = one(m.Transmission, case__number="D-2025-0001", state="sent", agreement__isnull=False)
    staff(
        "letter_transmission", {200: answering, 403: {"zoe"}}, {422: answering, 403: {"zoe"}}, rest=404,
        about=left, statements=MANY,
    )  # fmt: skip
    for name in ("letter", "letter_pdf"):
        for wanted in ({"transmission__agreement__isnull": False}, {"about": None}):
            staff(name, seen, rest=404, about=one(m.Letter, case__number="D-2025-0001", **wanted))
        staff(name, {200: {"nadia"}}, rest=404, about=one(m.Letter, case__number="D-2025-0002"))
    _settings(staff)


def _settings(staff: Any) -> None:
    seen, row = {200: KEEPERS}, one(m.LetterTemplate, name=OWN_TEMPLATE, active=True)
    staff("settings_letters", seen, {422: KEEPERS})
    staff("settings_letter_sample", seen)
    staff("settings_letter", seen, {422: KEEPERS}, about=row)
    staff("settings_letter_file", seen, about=row)
    staff("settings_letter_withdraw", None, {302: KEEPERS}, about=row)


def space(add: Any) -> None:
    """The person's own. `add` is the `space` of `tests.matrix_space`."""
    ines = {200: {"ines"}}
    add("letter_list", {200: {"ines", "yanis"}}, statements=26)
    add("letter", ines, about=one(m.Letter, about__last_name="Benali", kind="person"))
    add("letter", ines, about=one(m.Letter, about__last_name="Benali", kind="transmission"))
    add("letter", {404: {"ines", "yanis"}}, about=one(m.Letter, about=None))
    add("letter", {200: {"yanis"}}, about=one(m.Letter, about__last_name="Diarra"))
