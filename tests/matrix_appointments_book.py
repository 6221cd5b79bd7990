"""Rows of the matrix for taking, reading, moving and concluding an appointment.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.appointments.models import Guest
from tests.cast import as_owner
from tests.trios import World
from tests.trios.appointments import booking, invited, past

WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
HERE = (WORKERS - {"theo"}) | {"sophie"}
MEMBERS = frozenset({"claire", "bruno", "zoe"})


def case(w: World) -> list[Any]:
    return [w.case().pk]


def rows(staff: Callable[..., None]) -> None:
    """Every address."""
    bookers = WORKERS | {"sophie"}
    staff("appointment-new", {200: bookers}, {200: bookers})
    staff("appointment-case", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=case, statements=26)

    def ines(_: World) -> list[Any]:
        return [booking().pk]

    def choosing(_: World) -> list[Any]:
        return [invited().pk]

    seated = {"hugo"}  # who is there sees when, and changes nothing
    staff("appointment", {200: HERE | seated}, rest=404, about=ines, statements=20)
    staff("appointment", {200: HERE}, rest=404, about=choosing, statements=20)
    for about, looks in ((ines, {403: seated}), (choosing, {})):
        staff("appointment-paper", {200: HERE, **looks}, rest=404, about=about)
    staff("appointment-move", {200: HERE, 403: seated}, {422: HERE, 403: seated}, rest=404, about=ines)
    for name in ("cancel", "quiet", "again"):
        staff(f"appointment-{name}", None, {302: HERE, 403: seated}, rest=404, about=ines)
    others: dict[int, Any] = {403: HERE - MEMBERS | seated}
    staff("appointment-guest", None, {422: MEMBERS, **others}, rest=404, about=ines)
    _after(staff, others)


def _after(staff: Callable[..., None], others: dict[int, Any]) -> None:
    def over(_: World) -> list[Any]:
        return [past().pk]

    not_there = {403: HERE - MEMBERS}
    staff("appointment-settle", {200: MEMBERS, **not_there}, {422: MEMBERS, **not_there}, rest=404, about=over,
          statements=20)  # fmt: skip
    staff("appointment-settle", {200: {"theo"}}, {422: {"theo"}}, rest=404, about=lambda _: [booking("theo").pk])
    staff(
        "appointment-guest-drop", None, {302: MEMBERS, **others}, rest=404,
        about=lambda _: [booking().pk, guest().pk],
    )  # fmt: skip


def guest() -> Any:
    """Who is asked to come to Inès's."""
    with as_owner():
        return Guest.objects.get()
