"""Mass reading: how rooms say what is somebody's own work, and how an alarm is told.

Read by the room `audit`, which counts, and filled by the rooms above it in `ready()`. With nothing said, everything
that an account reads counts (closed default). Must not know any table: what is own work is said by the rooms in SQL,
and asked in the statement that writes the reading down.
"""

from __future__ import annotations

from collections.abc import Callable

from amarre.core.actor import Actor, Door

_OWN: dict[tuple[str, Door], str] = {}
_ask: Callable[[Actor], bool] | None = None
_tell: Callable[[], None] | None = None


class Suspended(Exception):
    """This account has read too much outside its own work; somebody must lift the stop."""


def own_work(room: str, door: Door, condition: str) -> None:
    """Say when a reading through `door` is the reader's own work.

    `condition` is SQL without anything from outside, over `%(case_id)s`, `%(person_id)s`, `%(row_table)s` and
    `%(row_id)s`; it runs in the reader's own role.
    """
    _OWN[room, door] = condition


def own_conditions(door: Door) -> list[str]:
    """What the rooms say is own work at this door."""
    return [condition for (_, at), condition in _OWN.items() if at == door]


def register(ask: Callable[[Actor], bool]) -> None:
    """The room `audit` answers whether an account is suspended."""
    global _ask
    _ask = ask


def refuse_if_suspended(actor: Actor) -> None:
    """Raise `Suspended` where an account is; for what was not found, which reads nothing."""
    if _ask is not None and actor.user_id is not None and _ask(actor):
        raise Suspended


def on_alarm(tell: Callable[[], None]) -> None:
    """A room above tells whoever must know, in the transaction of the reading that raised the alarm."""
    global _tell
    _tell = tell


def alarm() -> None:
    """An alarm was just raised."""
    if _tell is not None:
        _tell()
