"""The watch over mass reading, in the tests' world: alarms about three accounts, none of whom it stops from signing in.

Read by `tests.rows`. Max, who has left, is stopped; Nadia read much; Théo was stopped, and Léa lifted it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from amarre.audit.models import Alarm, Glance, Habit

THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
CANARIES: dict[str, frozenset[str]] = {"canari-motif-arret": frozenset({"lea"})}


def load_watch(world: Any) -> None:
    """Three alarms, something read, and a habit."""
    montreuil, nanterre = [world.montreuil.pk], [world.nanterre.pk]
    common = {"door": "staff", "raised_at": THEN}
    nadia, max_, theo, lea = (world.users[code].pk for code in ("nadia", "max", "theo", "lea"))
    Alarm(**common, user_id=nadia, centres=montreuil, kind="alert", count=31, bound=30).save()
    Alarm(**common, user_id=max_, centres=montreuil, kind="stop", count=60, bound=60).save()
    Alarm(
        **common, user_id=theo, centres=nanterre, kind="stop", count=60, bound=60, state="lifted", lifted_at=THEN,
        lifted_by=lea, reason="Vu avec lui : canari-motif-arret.",
    ).save()  # fmt: skip
    Glance(user_id=nadia, subject="person:1", listed=False, at=THEN).save()
    Habit(user_id=nadia, day=date(2025, 3, 3), busiest=4).save()
