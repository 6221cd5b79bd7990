"""Rows of the matrix for the agenda: list, grids, a meeting, time put aside, the team's load.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from amarre.appointments import models as m
from tests.cast import as_owner, user
from tests.rows_appointments import at, monday
from tests.trios import World

MONTREUIL = frozenset({"claire", "bruno", "nadia", "zoe"})
BOOKERS = MONTREUIL | {"sophie"}
HOLDERS = BOOKERS | {"theo", "marc", "hugo", "nora"}
Find = Callable[[World], list[Any]]


def meeting(worker: str = "claire", **wanted: Any) -> m.Appointment:
    """A meeting of the world; Claire's with Inès next week unless said otherwise."""
    asked = wanted or {"starts_at": at(monday(), 10)}
    with as_owner():
        rows = m.Appointment.objects.select_related("kind", "centre", "room")
        return rows.filter(seats__user_id=user(worker).pk, **asked).order_by("pk")[0]


def held() -> m.Appointment:
    """Time that Claire put aside."""
    return meeting(label="Réunion d’équipe")


def group() -> m.Appointment:
    """Claire's group."""
    return meeting(capacity__gt=1)


def past() -> m.Appointment:
    """Inès's with Claire, three days ago."""
    return meeting(ends_at__lt=timezone.now(), kind__label="Rendez-vous")


def place(of: Callable[[], m.Appointment] = meeting) -> m.Booking:
    """The place of a meeting."""
    row = of()
    with as_owner():
        return m.Booking.objects.get(appointment=row)


def rows(staff: Callable[..., None]) -> None:
    """Every address."""
    staff("agenda", {200: HOLDERS}, statements=18)
    staff("agenda_team", {200: {"marc"}})
    staff("agenda_hold", {200: HOLDERS}, {422: HOLDERS})
    sitting = BOOKERS | {"hugo"}
    staff("agenda_meeting", {200: sitting}, rest=404, about=lambda _: [meeting().pk])
    staff("agenda_meeting", {200: BOOKERS}, rest=404, about=lambda _: [held().pk])
    staff("agenda_meeting", {200: BOOKERS}, rest=404, about=lambda _: [group().pk])
    staff("agenda_meeting", {200: BOOKERS}, rest=404, about=lambda _: [past().pk])
    staff("agenda_meeting", {200: {"theo"}}, rest=404, about=lambda _: [meeting("theo").pk])
    staff("agenda_colleague", None, {302: BOOKERS, 403: {"hugo"}}, rest=404, about=lambda _: [meeting().pk],
          data=lambda w: {"colleague": w.colleague("nora").pk})  # fmt: skip
    staff("agenda_release", None, {302: BOOKERS}, rest=404, about=lambda _: [held().pk])
    staff("agenda_release", None, {422: BOOKERS, 403: {"hugo"}}, rest=404, about=lambda _: [meeting().pk])
