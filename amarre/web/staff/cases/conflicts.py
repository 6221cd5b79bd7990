"""Two people changed the same text: both versions are shown, the writer's own stays in the form.

Read by the views beside. Must not know which text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from amarre.cases.commands import Conflict
from amarre.web.ui.fields import say_version

R = TypeVar("R")


class BothTexts:
    """Around an act that may find the text changed: keeps the other version, and lets the refusal through."""

    def __init__(self, form: forms.Form, field: str) -> None:
        self.form, self.field = form, field
        self.theirs: str | None = None

    def around(self, act: Callable[[dict[str, Any]], R]) -> Callable[[dict[str, Any]], R]:
        """`act`, whose conflict is kept to be shown; the form then answers to the newer version."""

        def carried(data: dict[str, Any]) -> R:
            try:
                return act(data)
            except Conflict as conflict:
                self.theirs = conflict.theirs
                say_version(self.form, conflict.version)
                raise

        return carried

    def context(self) -> dict[str, Any]:
        """What the page shows of both."""
        return {"theirs": self.theirs, "mine": self.form.data.get(self.field, "") if self.theirs is not None else ""}
