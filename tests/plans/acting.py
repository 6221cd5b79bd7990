"""Carrying commands out as somebody of the cast, and reading the plan back: what the tests of the rules share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model

from amarre.core import commands
from amarre.core.commands import Refused
from amarre.core.scope import acting_as
from tests.cast import actor, as_owner
from tests.core.test_jobs import as_role
from tests.trios import World

R = TypeVar("R")
M = TypeVar("M", bound=Model)
W = World()


def by(code: str, act: Callable[..., R], /, **arguments: Any) -> R:
    """Somebody does something."""
    who = actor(code)
    with acting_as(who):
        return act(actor=who, **arguments)


def refusal(code: str, act: Callable[..., Any], /, **arguments: Any) -> str:
    """What the trade says when somebody does something."""
    who = actor(code)
    with acting_as(who):
        try:
            act(actor=who, **arguments)
        except Refused as no:
            return str(no)
    return ""


def again(row: M) -> M:
    """The row as it is kept now, with its plan."""
    with as_owner():
        return type(row)._default_manager.select_related("plan__case", "plan__person").get(pk=row.pk)


def change(row: M, **values: Any) -> M:
    """The world as a test needs it, past every command."""
    with as_owner(), commands.loading():
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return again(row)


def told() -> list[int]:
    """Whom a notice waits for."""
    return [arguments["recipient_id"] for arguments in queued("core.notify")]


def queued(name: str) -> list[dict[str, Any]]:
    """The arguments of the jobs that wait."""
    found = as_role("amarre_queue", f"select args from procrastinate_jobs where task_name = '{name}' order by id")
    return [args if isinstance(args, dict) else json.loads(args) for (args,) in found]
