"""Reading the journal across models.

Read by the staff door, for the privacy officer.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from amarre.audit.models import Entry
from amarre.core.actor import Actor


def journal(actor: Actor, *, user_id: int | None = None, person_id: int | None = None, verb: str = "") -> list[Entry]:
    """The 200 newest lines that match; nothing for anybody but the privacy officer."""
    rows = Entry.objects.visible_to(actor)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if verb:
        rows = rows.filter(verb__startswith=verb)
    return list(rows[:200])


def unsealed_for(delay: timedelta) -> bool:
    """Whether a line has waited that long for its seal. Runs in the machine's scope."""
    return Entry.objects.filter(seal=None, at__lt=timezone.now() - delay).exists()
