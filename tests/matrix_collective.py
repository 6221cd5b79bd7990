"""Rows of the matrix for the collective actions: the whole staff reads, few write, names are for who receives people.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.collective import models as m
from amarre.config.demo.cast import CAST
from tests.cast import as_owner
from tests.rows_collective import SEAT_CODE
from tests.trios import World

STAFF = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
RUN = frozenset({"claire", "bruno", "nadia", "zoe", "theo", "marc"})
ARRANGE = RUN | {"sophie"}
PROPOSE = ARRANGE | {"hugo", "nora"}
IMPROVE = RUN | {"hugo", "nora"}
KEEP = frozenset({"alex", "marc"})


def key(model: type, **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of the first such row."""

    def find(_world: World) -> list[Any]:
        with as_owner():
            return [model.objects.filter(**wanted).order_by("pk")[0].pk]

    return find


def rows(staff: Callable[..., None]) -> None:
    """Every address of the family."""
    for name in ("collective", "collective_catalogue", "collective_log", "collective_year"):
        staff(name, {200: STAFF}, statements=20)
    staff("collective_new", {200: PROPOSE}, {422: PROPOSE})
    _actions(staff)
    _sessions(staff)
    staff("collective_offer_new", {200: KEEP}, {422: KEEP})
    staff("collective_offer", {200: KEEP}, {422: KEEP}, about=key(m.Offer))
    staff("collective_materials", {200: STAFF}, {422: RUN})
    material = key(m.Material)
    staff("collective_material", {200: STAFF}, {422: RUN}, about=material)
    staff("collective_material_file", {200: STAFF}, about=material)
    staff("collective_material_withdraw", None, {302: RUN}, about=material)
    staff("collective_improvement_new", {200: IMPROVE}, {422: IMPROVE})
    for state in ("idea", "trial"):
        staff("collective_improvement", {200: STAFF}, {422: IMPROVE}, about=key(m.Improvement, state=state))
    staff("collective_year_file", {200: STAFF}, about=[2025])


def _actions(staff: Callable[..., None]) -> None:
    for state in ("requested", "discussed", "held"):
        staff("collective_action", {200: STAFF}, {422: RUN}, about=key(m.Action, state=state), statements=24)
    accounted, agreed = key(m.Action, state="accounted"), key(m.Action, state="agreed")
    staff("collective_action", {200: STAFF}, {302: RUN}, about=accounted, statements=24)
    staff("collective_action", {200: STAFF}, {403: STAFF}, about=agreed, statements=24)
    staff("collective_account", {200: STAFF}, about=accounted, statements=18)
    _told(staff)
    staff("collective_account_file", {200: STAFF}, about=accounted)
    staff("collective_agreement", {200: RUN}, {422: RUN}, about=agreed)
    staff("collective_refuse", None, {422: RUN}, about=key(m.Action, state="requested"))
    staff("collective_withdraw", None, {422: RUN}, about=agreed)
    staff("collective_evaluation_open", None, {302: ARRANGE}, about=key(m.Action, state="held"))
    staff("collective_evaluation_close", None, {302: RUN}, about=agreed)
    staff("collective_follow_ups", None, {422: ARRANGE}, about=accounted)
    staff("collective_session_new", {200: ARRANGE}, {422: ARRANGE}, about=agreed)


def _told(staff: Callable[..., None]) -> None:
    """Whoever works here announces with the same papers; the secretary says that it is announced."""
    agreed = key(m.Action, state="agreed")
    staff("collective_tell", {200: STAFF}, {302: ARRANGE}, about=agreed, statements=26)
    staff("collective_told", {200: STAFF}, about=lambda w: [*agreed(w), "affiche-a5"])
    staff("collective_told_calendar", {200: STAFF}, about=agreed)
    staff("collective_evaluation_card", {200: STAFF}, about=agreed)
    training = key(m.Session, action__kind="manager_training")
    staff("collective_sign_in_sheet", {200: ARRANGE}, about=training)
    staff("collective_certificate", {200: ARRANGE}, about=key(m.Attendance))


def _sessions(staff: Callable[..., None]) -> None:
    session, training = key(m.Session, code=SEAT_CODE), key(m.Session, action__kind="manager_training")
    staff("collective_session", {200: STAFF}, {422: ARRANGE}, about=session)
    staff("collective_session", {200: STAFF}, {422: ARRANGE}, about=training)
    staff("collective_session_edit", {200: ARRANGE}, {422: ARRANGE}, about=session)
    staff("collective_seat_remove", None, {302: ARRANGE}, about=key(m.Seat, session__code=SEAT_CODE))
    staff("collective_session_cancel", None, {302: ARRANGE}, about=session)
    staff("collective_attendance", None, {422: ARRANGE}, about=training)
    staff("collective_attendance_remove", None, {302: ARRANGE}, about=key(m.Attendance))
