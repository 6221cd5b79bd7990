"""Rows of the matrix for hours, visits and calendar feeds.

Read by `tests.matrix`.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.rows_appointments import FEED_SECRET

WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})
AGENDA = WORKERS | {"sophie", "marc", "hugo", "nora"}


def rows(staff: Callable[..., None]) -> None:
    """Every address of the staff's side."""
    staff("agenda-feed", {200: AGENDA}, {200: AGENDA})
    staff("agenda-feed-revoke", None, {302: AGENDA})


def api_rows(everybody: Callable[..., None]) -> None:
    """The feed: whoever holds the secret, signed in or not."""
    everybody("api:feed", 200, 405, about=[FEED_SECRET])
    everybody("api:feed", 404, 405, about=["flux-de-personne"])
