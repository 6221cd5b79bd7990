"""The commands of `sharing` about partners: reminding one, and the mail that carries a link."""

from __future__ import annotations

from typing import Any

from amarre.sharing import models as m
from tests.cast import as_owner
from tests.trios import trio


def orientation(**wanted: Any) -> Any:
    """The first orientation that is as wanted, with its transmission."""
    with as_owner():
        row = m.Orientation.objects.filter(**wanted).select_related("transmission__case").order_by("pk").first()
        assert row is not None
        return row


def waiting_link() -> Any:
    """A link whose mail has not left."""
    with as_owner():
        return m.AccessLink.objects.only("id", "email", "secret").get(secret__isnull=False)


def mailed_link() -> Any:
    """A link whose mail has left, or that nobody mailed."""
    with as_owner():
        return m.AccessLink.objects.filter(secret__isnull=True).order_by("pk")[0]


trio(
    "orientation.remind",
    allowed=("zoe", lambda _: {"orientation": orientation(reminded=1)}),
    refused="chloe",
    failed=lambda _: {"orientation": orientation(state="accepted")},
)
trio("link.mailed", allowed=("machine", lambda _: {"link": waiting_link()}), refused="claire",
     failed=lambda _: {"link": mailed_link()})  # fmt: skip
