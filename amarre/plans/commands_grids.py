"""Every write about grids: filled, asked of the person, switched on, written by the service and published.

Read by the doors. Saved at each answer; any question may be refused. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.plans import instruments, policy
from amarre.plans.commands import require_going_on, tell_the_person
from amarre.plans.models import Filling, GridSwitch, OwnGrid, OwnGridState, Plan
from amarre.plans.queries_grids import offered, opened, read, written
from amarre.plans.states import FillingMode, Side


@command("grid.start", allowed=policy.may_start_filling)
def start_filling(*, actor: Actor, plan: Plan, code: str, side: str, mode: str) -> Filling:
    """Open a grid, in its newest version. `alone`: the person is asked to fill it in their space."""
    require_going_on(actor, plan)
    chosen = next((o for o in offered(actor) if o.grid.code == code), None)
    if chosen is None:
        raise Refused("Cette grille n’existe pas.")
    if not chosen.enabled:
        raise Refused("Cette grille n’est pas proposée ici\u00a0: elle demande quelqu’un de formé à ses résultats.")
    if (side == Side.WORKER) != (mode == FillingMode.WORKER):
        raise Refused("Ce point de vue et cette façon de remplir ne vont pas ensemble.")
    unfinished = Filling.objects.visible_to(actor).of(plan).filter(grid=code, side=side, finished_on=None)
    if unfinished.exists():
        raise Refused("Cette grille est déjà commencée\u00a0: continuez celle qui est ouverte.")
    now = timezone.now()
    filling = Filling(
        plan=plan, grid=code, grid_version=chosen.grid.version, side=side, mode=mode, answers="{}", started_at=now,
        changed_at=now, author_id=actor.account_id if actor.door == Door.STAFF else None,
    )  # fmt: skip
    filling.save()
    if mode == FillingMode.ALONE and actor.door == Door.STAFF:
        tell_the_person(plan)
    return filling


def _held(actor: Actor, filling: Filling) -> Filling:
    rows = Filling.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan")
    return rows.get(pk=filling.pk)


@command("grid.answer", allowed=policy.may_fill)
def answer(*, actor: Actor, filling: Filling, answers: Mapping[int, Any]) -> Filling:
    """Write some answers; the others stay as they are, whoever wrote them meanwhile. None takes an answer back."""
    current = _held(actor, filling)
    if current.finished_on is not None:
        raise Refused("Cette grille est terminée\u00a0: elle ne change plus. Commencez-en une autre.")
    known = opened(actor, current)
    merged = read(current)
    for number, raw in answers.items():
        try:
            merged[number] = instruments.read_answer(known.grid.item(number), raw)
        except (KeyError, instruments.BadAnswer) as error:
            raise Refused(str(error) if isinstance(error, instruments.BadAnswer) else "Question inconnue.") from error
    current.answers = written({number: value for number, value in merged.items() if value is not None})
    current.changed_at = timezone.now()
    current.save(update_fields=["answers", "changed_at"])
    return current


@command("grid.finish", allowed=policy.may_fill)
def finish(*, actor: Actor, filling: Filling) -> Filling:
    """Say that it is finished; what was not answered stays unanswered."""
    current = _held(actor, filling)
    if current.finished_on is not None:
        raise Refused("Cette grille est déjà terminée.")
    if not read(current):
        raise Refused("Aucune réponse n’est donnée. Répondez à une question au moins, ou laissez la grille ouverte.")
    current.finished_on = timezone.localdate()
    current.save(update_fields=["finished_on"])
    return current


@command("grid.switch", allowed=policy.may_keep_grids)
def switch_grid(*, actor: Actor, code: str, enabled: bool) -> GridSwitch:
    """Offer a grid to the social workers of this service, or not."""
    if code not in {o.grid.code for o in offered(actor)}:
        raise Refused("Cette grille n’existe pas.")
    row = GridSwitch.objects.visible_to(actor).filter(code=code).first()
    known = row is not None
    row = row or GridSwitch(code=code)
    row.enabled, row.at, row.by_id = enabled, timezone.now(), actor.account_id
    row.save(update_fields=["enabled", "at", "by"] if known else None)
    return row


def _parsed(definition: Mapping[str, Any], code: str, version: int) -> dict[str, Any]:
    whole = {**definition, "code": code, "version": str(version)}
    try:
        instruments.parse(whole, own=True)
    except instruments.Malformed as error:
        raise Refused(str(error)) from error
    return whole


@command("grid.draft", allowed=policy.may_keep_grids)
def draft_grid(*, actor: Actor, code: str, definition: Mapping[str, Any]) -> OwnGrid:
    """Write a grid of one's own, or a new version of it; it may still be unfinished until it is published."""
    if code in instruments.codes():
        raise Refused("Ce code est celui d’une grille fournie. Choisissez-en un autre.")
    rows = OwnGrid.objects.visible_to(actor).filter(code=code)
    waiting = rows.filter(state=OwnGridState.DRAFT).select_for_update().first()
    last = rows.order_by("-version").first()
    row = waiting or OwnGrid(code=code, version=last.version + 1 if last else 1, by_id=actor.account_id)
    row.definition = {**definition, "code": code, "version": str(row.version)}
    row.save(update_fields=["definition"] if waiting else None)
    return row


@command("grid.publish", allowed=policy.may_keep_grids)
def publish_grid(*, actor: Actor, grid: OwnGrid) -> OwnGrid:
    """Publish a version for good: its words will never change; the version before it is withdrawn."""
    current = OwnGrid.objects.visible_to(actor).select_for_update().get(pk=grid.pk)
    if current.state != OwnGridState.DRAFT:
        raise Refused("Cette version est déjà publiée.")
    current.definition = _parsed(current.definition, current.code, current.version)
    older = OwnGrid.objects.visible_to(actor).filter(code=current.code, state=OwnGridState.PUBLISHED)
    for row in older:
        row.state = OwnGridState.WITHDRAWN
        row.save(update_fields=["state"])
    current.state, current.published_at = OwnGridState.PUBLISHED, timezone.now()
    current.save(update_fields=["definition", "state", "published_at"])
    return current


@command("grid.withdraw", allowed=policy.may_keep_grids)
def withdraw_grid(*, actor: Actor, grid: OwnGrid) -> OwnGrid:
    """Offer a grid no more; what was filled with it stays readable."""
    current = OwnGrid.objects.visible_to(actor).select_for_update().get(pk=grid.pk)
    if current.state != OwnGridState.PUBLISHED:
        raise Refused("Seule une grille publiée se retire.")
    current.state = OwnGridState.WITHDRAWN
    current.save(update_fields=["state"])
    return current
