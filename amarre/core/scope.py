"""`acting_as`: the only way to reach a walled table.

Read by doors (one scope per request), jobs and tests. Must not know HTTP.
Opens the transaction and takes the actor's database role in one statement; both are given back on exit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

from amarre.core.actor import Actor

_actor: ContextVar[Actor | None] = ContextVar("amarre_actor", default=None)
_afterwards: ContextVar[list[Callable[[], None]] | None] = ContextVar("amarre_afterwards", default=None)


class ScopeError(RuntimeError):
    """A scope was opened inside another, or a scope was needed and none was open."""


def current_actor() -> Actor | None:
    """The actor of the open scope, if any."""
    return _actor.get()


def _take(role: str, actor_key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', %s, true), set_config('amarre.actor', %s, true)", [role, actor_key])


def _held() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), coalesce(current_setting('amarre.actor', true), '')")
        role, actor_key = cursor.fetchone()
    return role, actor_key


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Open a transaction as `actor`; an exception rolls everything back.

    Refuses to nest: two actors in one transaction would blur who did what. Tests may (they run inside a
    transaction of their own), and get the previous role back on exit.
    """
    if _actor.get() is not None and not settings.AMARRE_NESTED_SCOPES:
        raise ScopeError("a scope is already open")
    later: list[Callable[[], None]] = []
    nested = connection.in_atomic_block
    before = _held() if nested else None
    actor_token, later_token = _actor.set(actor), _afterwards.set(later)
    try:
        with transaction.atomic():
            _take(actor.db_role, actor.key)
            yield actor
            if before:
                _take(*before)
    finally:
        _actor.reset(actor_token)
        _afterwards.reset(later_token)
        _run_afterwards(actor, later)


def _run_afterwards(actor: Actor, later: list[Callable[[], None]]) -> None:
    """Write what must outlive a rollback (refused attempts), in a transaction of its own."""
    if not later:
        return
    nested = connection.in_atomic_block
    if nested and connection.needs_rollback:
        return
    before = _held() if nested else None
    with transaction.atomic():
        _take(actor.db_role, actor.key)
        for act in later:
            act()
        if before:
            _take(*before)


def afterwards(act: Callable[[], None]) -> None:
    """Do `act` once the scope has ended, whether it was committed or rolled back."""
    pending = _afterwards.get()
    if pending is None:
        raise ScopeError("no scope is open")
    pending.append(act)
