"""Why a Word template is not taken: one word, and what in the file it is about.

Read by `word` and by its child process. Must not know Django, nor the sentences that people read.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What `word` has a sentence for."""

    BROKEN = "broken"
    KIND = "kind"
    LOCKED = "locked"
    MACRO = "macro"
    HEAVY = "heavy"
    EXTERNAL = "external"
    EMBEDDED = "embedded"
    PICTURE = "picture"
    FIELD = "field"
    TRACKED = "tracked"
    MERGE = "merge"
    MARK = "mark"
    PLACE = "place"
    SHAPE = "shape"
    MISSING = "missing"
    VALUE = "value"


class Bad(Exception):
    """The template is not taken; `about` quotes what is at fault."""

    def __init__(self, reason: Reason, *about: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
