"""Rows of the matrix for hours, visits and calendar feeds.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.appointments import models as m
from tests.cast import as_owner
from tests.rows_appointments import FEED_SECRET, ROOM
from tests.trios import World
from tests.trios.appointments import kind, overdue, permanence, time_off, visit

WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
KEEPERS = WORKERS | {"sophie", "marc"}
AGENDA = KEEPERS | {"hugo", "nora"}
STAFF = AGENDA | {"alex", "lea"}
SETTERS = frozenset({"alex", "marc"})


def rows(staff: Callable[..., None]) -> None:
    """Every address of the staff's side."""
    staff("agenda-feed", {200: AGENDA}, {200: AGENDA})
    staff("agenda-feed-revoke", None, {302: AGENDA})
    _hours(staff)
    _settings(staff)
    _visits(staff)


def _hours(staff: Callable[..., None]) -> None:
    staff("hours", {200: {"sophie", "marc"}, 302: WORKERS})
    mine, others = {"claire", "sophie", "marc"}, WORKERS - {"claire"}
    staff("hours_of", {200: mine, 404: others}, about=lambda w: [w.colleague("claire").pk])
    staff("hours_of", {200: {"theo"}, 404: KEEPERS - {"theo"}}, about=lambda w: [w.colleague("theo").pk])
    for name in ("hours_open", "hours_away"):
        staff(name, {200: mine, 404: others}, {422: mine, 404: others}, about=lambda w: [w.colleague("claire").pk])
    end: dict[str, Any] = {"until": ""}
    staff("hours_end", {200: mine, 404: others}, {422: mine, 404: others}, about=_permanence, data=end)
    staff("hours_day", {200: mine, 404: others}, {422: mine, 404: others}, about=_permanence)
    nadia, rest = {"nadia", "sophie", "marc"}, WORKERS - {"nadia"}
    staff("hours_back", None, {302: nadia, 404: rest}, about=lambda _: [time_off().pk])


def _visits(staff: Callable[..., None]) -> None:
    staff("visits", {200: STAFF})

    def coming(_: World) -> list[Any]:
        return [visit().appointment_id]

    def late(_: World) -> list[Any]:
        return [overdue().appointment_id]

    for about in (coming, late):
        staff("visit", {200: {"claire", "bruno"}}, rest=404, about=about)
    staff("visit_edit", {200: {"claire"}}, {422: {"claire"}}, rest=404, about=coming)
    staff("visit_print", {200: {"claire"}, 403: {"bruno"}}, rest=404, about=coming)
    for name in ("visit_arrived", "visit_left"):
        staff(name, None, {302: {"claire"}, 403: {"bruno"}}, rest=404, about=coming)
    staff("visit_longer", None, {302: {"claire"}, 403: {"bruno"}}, rest=404, about=coming, data={"until": "9999999999"})
    staff("visit_take", None, {302: {"bruno"}, 403: {"claire"}}, rest=404, about=late)


def _permanence(_: World) -> list[Any]:
    return [permanence().pk]


def _room(_: World) -> list[Any]:
    with as_owner():
        return [m.Room.objects.get(name=ROOM).pk]


def _settings(staff: Callable[..., None]) -> None:
    staff("settings_meetings", {200: SETTERS})
    for name in ("settings_kind_new", "settings_room_new"):
        staff(name, {200: SETTERS}, {422: SETTERS})
    staff("settings_kind", {200: SETTERS}, {422: SETTERS}, about=lambda _: [kind().pk])
    staff("settings_room", {200: SETTERS}, {422: SETTERS}, about=_room)


def api_rows(everybody: Callable[..., None]) -> None:
    """The feed: whoever holds the secret, signed in or not."""
    everybody("api:feed", 200, 405, about=[FEED_SECRET])
    everybody("api:feed", 404, 405, about=["flux-de-personne"])
