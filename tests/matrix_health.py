"""Rows of the matrix for the health team's side: mail, sending somebody, questions, fact sheets.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.sharing.models import Transmission
from tests.cast import as_owner
from tests.rows import INES_CASE, YANIS_CASE
from tests.rows_health import DRAFT_SHEET, STAFF_SHEET
from tests.trios import World
from tests.trios.health import question, sheet

HEALTH = frozenset({"hugo", "nora"})
WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
MONTREUIL = WORKERS - {"theo"}
WRITERS = WORKERS | {"marc"}
STAFF = WRITERS | HEALTH | {"sophie", "lea", "alex"}
Find = Callable[[World], list[Any]]


def received(number: str, **wanted: Any) -> Find:
    """The key of a transmission."""

    def find(world: World) -> list[Any]:
        with as_owner():
            return [Transmission.objects.filter(case__number=number, **wanted).order_by("pk")[0].pk]

    return find


def rows(staff: Callable[..., None]) -> None:
    """Every address."""
    _mail(staff)
    staff("send", {200: HEALTH})
    staff("send_new", {200: HEALTH}, {422: HEALTH})
    staff("send_person", {200: HEALTH}, {422: HEALTH}, about=lambda w: [w.person().pk])
    talkers = HEALTH | WORKERS
    staff("question_list", {200: talkers})
    staff("question_new", {200: talkers}, {422: talkers})
    silent = {403: STAFF - talkers}
    for code, readers, answering in (
        ("hugo", {"hugo", "claire"}, {"claire"}),
        ("nora", MONTREUIL | {"nora"}, MONTREUIL),
        ("theo", {"theo", "hugo"}, {"hugo"}),
    ):
        asked: dict[int, Any] = {200: readers, 404: talkers - readers, **silent}
        posted = {422: answering, 200: readers - answering, 404: talkers - readers, **silent}
        staff("question", asked, posted, about=lambda _, code=code: [question(code).pk])
    _sheets(staff)


def _mail(staff: Callable[..., None]) -> None:
    staff("inbox", {200: STAFF})
    to_hugo = received(INES_CASE, state="sent", to_user__email="hugo@demo.amarre.example", read_at__isnull=False)
    staff("inbox_item", {200: {"hugo"}}, {422: {"hugo"}}, rest=404, about=to_hugo)
    waiting = received(INES_CASE, state="sent", to_user__email="hugo@demo.amarre.example", read_at=None)
    staff("inbox_item", {200: {"hugo"}}, {422: {"hugo"}}, rest=404, about=waiting)
    staff("inbox_open", None, {302: {"hugo"}}, rest=404, about=waiting)
    unit = received(YANIS_CASE, unit__isnull=False)
    staff("inbox_item", {200: HEALTH}, {422: HEALTH}, rest=404, about=unit)
    staff("inbox_open", None, {302: HEALTH}, rest=404, about=unit)
    draft = received(INES_CASE, state="draft")
    staff("inbox_item", {404: STAFF}, about=draft)


def _sheets(staff: Callable[..., None]) -> None:
    staff("sheet_list", {200: STAFF})
    staff("sheet_new", {200: WRITERS}, {422: WRITERS})
    for title, others in ((STAFF_SHEET, 403), (DRAFT_SHEET, 404)):

        def about(_: World, title: str = title) -> list[Any]:
            return [sheet(title).pk]

        staff("sheet", {200: STAFF if others == 403 else WRITERS}, rest=404, about=about)
        staff("sheet_edit", {200: WRITERS}, {422: WRITERS}, rest=others, about=about)
        for name in ("publish", "withdraw", "review"):
            staff(f"sheet_{name}", None, {302: WRITERS}, rest=others, about=about)
