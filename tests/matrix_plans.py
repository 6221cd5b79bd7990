"""Rows of the matrix for the worker's screens of a plan: the members of Inès's case, and nobody else.

Read by `tests.matrix`. Everybody else of the staff meets 404: missing and invisible answer alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.audit.models import DataRequest
from amarre.plans import models as m
from tests.cast import as_owner
from tests.trios import World

MEMBERS = frozenset({"claire", "bruno", "zoe"})
SEEN = {200: MEMBERS}
MANY = 30  # SQL statements of a page that shows a whole plan


def of_ines(model: Any, **wanted: Any) -> Callable[[World], list[Any]]:
    """Inès's case, and a row of her plan."""

    def find(world: World) -> list[Any]:
        with as_owner():
            row = model.objects.filter(plan__person__last_name="Benali", **wanted).order_by("id").first()
        return [world.case().pk, row.pk]

    return find


def crossed(model: Any, **wanted: Any) -> Callable[[World], list[Any]]:
    """Inès's case, and a row of Yanis's plan: nobody gets there."""

    def find(world: World) -> list[Any]:
        with as_owner():
            row = model.objects.filter(plan__person__last_name="Diarra", **wanted).order_by("id").first()
        return [world.case().pk, row.pk]

    return find


def case(world: World) -> list[Any]:
    """Inès's case."""
    return [world.case().pk]


def rows(staff: Any) -> None:
    """Every address of the plan of a case. `staff` is that of `tests.matrix`."""

    def page(name: str, get: Any, post: Any = None, about: Any = case, **more: Any) -> None:
        staff(name, get, post, rest=404, about=about, statements=MANY, **more)

    form = {422: MEMBERS}
    for name in ("plan", "plan_grids", "plan_procedures", "plan_budgets", "plan_budget_paper"):
        page(name, SEEN)
    for name in ("plan_need_new", "plan_goal_new", "plan_action_new", "plan_review", "plan_procedure_new",
                 "plan_budget_new", "plan_documents", "plan_messages", "plan_space", "plan_companion_new"):  # fmt: skip
        page(name, SEEN, form)
    for name in ("plan_rhythm", "plan_protection"):  # nothing is mandatory there, but nothing at all is no form
        page(name, SEEN, form)
    page("plan_freeze", SEEN, {302: MEMBERS})
    page("plan_grid_start", None, {302: MEMBERS})
    page("plan_space_close", None, {302: MEMBERS})
    page("plan_grid_compare", SEEN, about=lambda w: [w.case().pk, "essai"])
    page("plan_grid_compare", {404: MEMBERS}, about=lambda w: [w.case().pk, "phq9"])
    page("plan_grid_paper", SEEN, about=lambda w: [w.case().pk, "epices"])
    page("plan_grid_paper", {404: MEMBERS}, about=lambda w: [w.case().pk, "phq9"])  # off until switched on
    _rows_of_a_plan(page, form)
    _nobody(page)


def _rows_of_a_plan(page: Any, form: Any) -> None:
    done = {302: MEMBERS}
    under_way = of_ines(m.Goal, state="under_way")
    page("plan_need", SEEN, form, about=of_ines(m.Need))
    page("plan_goal", SEEN, about=under_way)
    page("plan_goal_edit", SEEN, form, about=under_way)
    for name in ("plan_goal_say", "plan_goal_comment", "plan_goal_close"):
        page(name, None, form, about=under_way)
    page("plan_goal_answer", None, done, about=of_ines(m.Goal, proposed_by="person"))
    page("plan_action", SEEN, form, about=of_ines(m.Action, owner="person"))
    page("plan_action_done", None, done, about=of_ines(m.Action, owner="person"))
    page("plan_version", SEEN, about=of_ines(m.Version, state="proposed"))
    page("plan_version", SEEN, about=of_ines(m.Version, state="agreed"))
    page("plan_version_answer", SEEN, form, about=of_ines(m.Version, state="proposed"))
    page("plan_version_hand", SEEN, form, about=of_ines(m.Version, state="agreed"))
    page("plan_version_paper", SEEN, about=of_ines(m.Version, number=1))
    asked = of_ines(m.Filling, side="person")
    page("plan_grid", SEEN, form, about=asked)
    page("plan_grid", SEEN, about=of_ines(m.Filling, side="worker"))
    page("plan_grid_answer", None, {200: MEMBERS}, about=asked)
    page("plan_grid_urgent", SEEN, about=asked)
    page("plan_grid_finish", None, done, about=asked)
    page("plan_procedure", SEEN, form, about=of_ines(m.Application))
    page("plan_procedure_gather", None, done, about=of_ines(m.Application))
    page("plan_budget", SEEN, form, about=of_ines(m.Budget))
    page("plan_budget_remove", None, done, about=of_ines(m.Budget))
    page("plan_document", SEEN, about=of_ines(m.Document))
    page("plan_document_scan", None, done, about=of_ines(m.Document))
    page("plan_document_remove", None, {403: MEMBERS}, about=of_ines(m.Document))  # Inès sent it
    page("plan_space_confirm", SEEN, form, about=of_ines(m.ChannelCheck))
    page("plan_companion_end", None, done, about=of_ines(m.Companion))


def _nobody(page: Any) -> None:
    page("plan_goal", {404: MEMBERS}, about=crossed(m.Goal))
    page("plan_goal_edit", {404: MEMBERS}, about=crossed(m.Goal))
    page("plan_goal_comment", None, {404: MEMBERS}, about=crossed(m.Goal))
    page("plan_document", {404: MEMBERS}, about=crossed(m.Document))


KEEPERS_OF_GRIDS = frozenset({"alex", "marc"})


def settings(staff: Any) -> None:
    """Grids, procedures, requests about one's data, people who ask for another worker."""
    keepers = {200: KEEPERS_OF_GRIDS}
    draft, published = _own("brouillon"), _own("essai")
    staff("settings_grids", keepers, {422: KEEPERS_OF_GRIDS})
    staff("settings_grid_switch", None, {302: KEEPERS_OF_GRIDS}, about=["who5"])
    staff("settings_grid", keepers, {422: KEEPERS_OF_GRIDS}, about=draft)
    staff("settings_grid", keepers, about=published)
    staff("settings_grid_item", keepers, {422: KEEPERS_OF_GRIDS}, about=lambda w: [*draft(w), 1])
    staff("settings_grid_item", {404: KEEPERS_OF_GRIDS}, about=lambda w: [*published(w), 1])
    staff("settings_grid_scoring", keepers, {422: KEEPERS_OF_GRIDS}, about=draft)
    staff("settings_grid_publish", None, {302: KEEPERS_OF_GRIDS}, about=draft)
    staff("settings_procedures", keepers)
    staff("settings_procedure", keepers, {422: KEEPERS_OF_GRIDS}, about=["rqth"])
    staff("journal_requests", {200: {"lea"}})
    staff("journal_request", {200: {"lea"}}, {422: {"lea"}}, about=_request(None))
    staff("journal_request", {200: {"lea"}}, about=_request("answered"))
    staff("team_changes", {200: {"marc"}})
    staff("team_change_settle", None, {302: {"marc"}}, about=_change)


def _own(code: str) -> Callable[[World], list[Any]]:
    def find(world: World) -> list[Any]:
        with as_owner():
            return [m.OwnGrid.objects.get(code=code).pk]

    return find


def _request(answered: str | None) -> Callable[[World], list[Any]]:
    def find(world: World) -> list[Any]:
        with as_owner():
            return [DataRequest.objects.get(answered_at__isnull=answered is None).pk]

    return find


def _change(world: World) -> list[Any]:
    with as_owner():
        return [m.WorkerChange.objects.get().pk]
