"""Why a file is not taken: one word, that the child process says by its exit code.

Read by `uploads` and by the child process. Must not know Django, nor the sentences that people read.
"""

from __future__ import annotations

from enum import IntEnum


class Reason(IntEnum):
    """The exit codes of the child; 0, 1 and 2 are Python's own."""

    BROKEN = 10
    PIXELS = 11
    LOCKED = 12
    PAGES = 13
    FORM = 14
    HEAVY = 15
    LARGE = 16


class Bad(Exception):
    """The file is not taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason
