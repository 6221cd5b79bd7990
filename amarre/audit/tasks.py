"""What the journal does by the clock: it seals its new lines."""

from __future__ import annotations

from amarre.audit.chain import seal_pending
from amarre.core.jobs import every


@every("* * * * *", name="audit.seal")
def seal() -> int:
    """Seal the lines written since the last time; returns how many."""
    return seal_pending()
