"""The command: permission, transaction, audit line and after-commit messages in one place.

Read by every `commands.py` of a room, and by doors that carry them out. Must not know HTTP or any room.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from amarre.core import ledger
from amarre.core.actor import Actor
from amarre.core.scope import ScopeError, afterwards, current_actor

P = ParamSpec("P")
R = TypeVar("R")

_writing: ContextVar[bool] = ContextVar("amarre_writing", default=False)


class Refused(Exception):
    """The trade says no. The message is a French sentence that says why and what to do."""


class NotAllowed(PermissionDenied):
    """The actor may not do this at all; doors answer 403."""


class WriteOutsideCommand(RuntimeError):
    """A walled model was written outside a command: a defect of ours, never the user's."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the registry knows of a command; the tests ask for three cases of each."""

    verb: str
    name: str
    function: Callable[..., Any]
    allowed: Callable[..., bool]


REGISTRY: dict[str, Registered] = {}


def writing() -> bool:
    """Whether a command is running in this context."""
    return _writing.get()


@contextmanager
def loading() -> Iterator[None]:
    """Bulk load of fictional data by the operator, outside any command; never reached from a door."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def _ask(allowed: Callable[..., bool], arguments: dict[str, Any]) -> bool:
    wanted = inspect.signature(allowed).parameters
    return bool(allowed(**{name: value for name, value in arguments.items() if name in wanted}))


def _line(verb: str, outcome: str, arguments: dict[str, Any], result: object = None) -> ledger.Line:
    """Name what was touched: the result if it is a row, else the first argument that is one."""
    rows = [v for v in (result, *arguments.values()) if getattr(v, "_meta", None) is not None]
    subject = ledger.subject_of(rows[0]) if rows else ""
    reason = arguments.get("reason")
    named = {k for k, v in arguments.items() if k != "actor" and not hasattr(v, "_meta") and v not in (None, "", ())}
    return ledger.Line(
        verb=verb,
        outcome=outcome,
        subject=subject,
        fields=tuple(sorted(named)),
        reason=str(reason) if isinstance(reason, str) and len(reason) <= 40 and reason.isupper() else "",
        person_id=_about(rows, "person_id"),
        case_id=_about(rows, "case_id"),
    )


def _about(rows: list[Any], name: str) -> int | None:
    """Rows say whom and what they are about: `person_id`, `case_id` (a person or a case answers its own key)."""
    return next((value for row in rows if isinstance(value := getattr(row, name, None), int)), None)


def command(verb: str, *, allowed: Callable[..., bool]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the one way to do `verb`.

    `allowed` receives, by name, the arguments it asks for (always `actor`). Raises `NotAllowed` when it says no,
    lets `Refused` through; both leave a line of refusal and nothing else. The audit line is written in the same
    transaction as the act: without the line there is no act.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = list(inspect.signature(function).parameters.values())
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters) or parameters[0].name != "actor":
            raise TypeError(f"{function.__qualname__}: keyword-only, and actor first")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            if not isinstance(actor, Actor) or current_actor() != actor:
                raise ScopeError(f"{verb}: the scope is not this actor's")
            token = _writing.set(True)
            try:
                with transaction.atomic():
                    if not _ask(allowed, kwargs):
                        raise NotAllowed(verb)
                    result = function(*args, **kwargs)
                    ledger.write(actor, _line(verb, "done", kwargs, result))
                    return result
            except (Refused, NotAllowed):
                refusal = _line(verb, "refused", kwargs)
                afterwards(lambda: ledger.write(actor, refusal))
                raise
            finally:
                _writing.reset(token)

        REGISTRY[verb] = Registered(verb, f"{function.__module__}.{function.__qualname__}", run, allowed)
        return run

    return decorate
