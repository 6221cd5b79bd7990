"""Writing the journal. Not commands in the usual sense: the ledger is what commands are written into.

Read by `core.ledger`, through the port. Must not know what a line is about.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.audit.models import Entry
from amarre.core.actor import Actor
from amarre.core.ledger import Line


def write_line(actor: Actor, line: Line) -> None:
    """Append one line in the current transaction."""
    Entry.objects.bulk_create(
        [
            Entry(
                at=timezone.now(),
                actor=actor.key[:80] if actor.user_id is not None else str(actor.door),
                user_id=actor.user_id,
                door=str(actor.door),
                verb=line.verb,
                outcome=line.outcome,
                subject=line.subject,
                person_id=line.person_id,
                case_id=line.case_id,
                fields=list(line.fields),
                reason=line.reason,
                count=line.count,
                request_id=actor.request_id,
            )
        ]
    )
