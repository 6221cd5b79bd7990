"""By which door somebody came to their appointment: where its pages are, and the frame that surrounds them.

Read by the pages beside and by the two doors. Must not know what the pages do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

_PAGES = ("slots", "kept", "cancel", "reply", "wait", "file")


@dataclass(frozen=True, slots=True)
class Way:
    """`door`: the namespace; `key`: what its addresses hold, a secret or the booking's key; `back`: the page before."""

    door: str
    key: str | int
    layout: str
    back: str = ""

    def url(self, name: str = "", *more: int) -> str:
        """The address of one of the pages; the first, without a name."""
        return reverse(f"{self.door}:appointment{'_' if name else ''}{name}", args=[self.key, *more])

    def urls(self) -> dict[str, str]:
        """Those that need nothing more, for the templates."""
        return {"home": self.url(), **{name: self.url(name) for name in _PAGES}}
