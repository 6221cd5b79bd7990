"""The port through which everything that happens is written down.

Read by commands and by walled reads; filled by the room `audit` in `ready()`. With nothing registered, every
command and every walled read refuses (closed default). Must not know where lines are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from amarre.core.actor import Actor
from amarre.core.watch import Suspended


class LedgerUnavailable(RuntimeError):
    """Nothing could be written down, so nothing may be done or shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: names, never values. `subject` is `table:id`; `person_id` is whom it is about.

    Two things are for counting alone, and are not kept in the line: `own`, where a page shows nothing but its
    reader's own work; `trace`, a keyed digest that tells one list (or one address where nothing is) from another.
    """

    verb: str
    outcome: str = "done"
    subject: str = ""
    person_id: int | None = None
    case_id: int | None = None
    fields: tuple[str, ...] = field(default=())
    reason: str = ""
    count: int | None = None
    own: bool = False
    trace: str = ""


Writer = Callable[[Actor, Line], None]
_writer: Writer | None = None


def register(writer: Writer | None) -> Writer | None:
    """Install the writer (the room `audit` does, once); returns the previous one."""
    global _writer
    previous, _writer = _writer, writer
    return previous


def ready() -> bool:
    """Whether anything could be written down at all."""
    return _writer is not None


def write(actor: Actor, line: Line) -> None:
    """Write one line in the current transaction. Raises `LedgerUnavailable` when it cannot be.

    Raises `Suspended` when this reading is one too many (`core.watch`).
    """
    if _writer is None:
        raise LedgerUnavailable("no ledger is registered")
    try:
        _writer(actor, line)
    except (LedgerUnavailable, Suspended):
        raise
    except Exception as error:
        raise LedgerUnavailable("the ledger could not be written") from error


def subject_of(thing: object) -> str:
    """`table:id` of a model instance, empty for anything else."""
    meta = getattr(thing, "_meta", None)
    return f"{meta.db_table}:{getattr(thing, 'pk', '')}" if meta is not None else ""
