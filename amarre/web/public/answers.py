"""What a passer-by has answered so far: one sealed draft per journey, theirs alone, for thirty minutes.

Read by the journeys of this door. Nothing of it is in the session, in an address or in the browser: the cookie only
says who comes back. Telephones are shared: after thirty minutes without a word, nothing is shown any more.
Must not know what is asked.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.models import Draft, DraftQuerySet

KEEP = timedelta(minutes=30)
_PAGE = "public"
Values = dict[str, Any]


def _mine(actor: Actor) -> DraftQuerySet:
    """Everything this passer-by keeps; nothing once they have been silent for too long."""
    rows = Draft.objects.visible_to(actor)
    return rows if rows.filter(saved_at__gte=timezone.now() - KEEP).exists() else rows.none()


def _drop_stale(actor: Actor) -> None:
    rows = Draft.objects.visible_to(actor)
    if not rows.filter(saved_at__gte=timezone.now() - KEEP).exists():
        rows.delete()


def read(actor: Actor, form: str) -> Values:
    """The answers of that journey, or nothing."""
    row = _mine(actor).filter(form=form, page=_PAGE).first()
    return _open(row)


def anything(actor: Actor) -> bool:
    """Whether this passer-by keeps anything here."""
    return _mine(actor).exists()


def hold(actor: Actor, form: str) -> Values:
    """The answers, held until the end of the request: two tabs cannot send them twice."""
    row = _mine(actor).filter(form=form, page=_PAGE).select_for_update().first()
    return _open(row)


def merge(actor: Actor, form: str, values: Values) -> Values:
    """Add answers to those that are there; another tab's other answers stay."""
    _drop_stale(actor)
    try:
        with transaction.atomic():
            return _merge(actor, form, values)
    except IntegrityError:  # another tab has just made the row
        return _merge(actor, form, values)


def forget(actor: Actor, form: str) -> None:
    """The journey is over: its answers and the words that were being typed are gone."""
    Draft.objects.visible_to(actor).filter(form__startswith=form).delete()


def erase(actor: Actor) -> None:
    """Everything that this passer-by keeps here is gone."""
    Draft.objects.visible_to(actor).delete()


def _open(row: Draft | None) -> Values:
    return dict(json.loads(row.body)) if row else {}


def _merge(actor: Actor, form: str, values: Values) -> Values:
    rows = Draft.objects.visible_to(actor).select_for_update().filter(form=form, page=_PAGE)
    row = rows.first() or Draft(owner=actor.key, form=form, page=_PAGE, body="{}")
    merged = _open(row) | values
    row.body, row.saved_at = json.dumps(merged, ensure_ascii=False), timezone.now()
    row.save()
    return merged
