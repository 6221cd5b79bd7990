"""The photos inside a PDF: their bytes are kept as they are, without what the camera wrote beside (place, hour, name).

Read by `uploads_pdf`. Must not know what they show. Reference: ITU-T T.81, annex B.
"""

from __future__ import annotations

import re

from amarre.core.uploads_reasons import Bad, Reason

_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_BESIDE = frozenset({0xFE, *range(0xE1, 0xEE), 0xEF})
"""Comments and application segments, but JFIF's and the one that says how Adobe mixed the colours."""


def without_metadata(data: bytes) -> bytes:
    """The same picture, bare, and nothing of what follows it. Raises `Bad` when its segments make no sense."""
    kept, place = [data[:2]], 2
    if kept != [b"\xff\xd8"]:
        raise Bad(Reason.BROKEN)
    while place + 2 <= len(data) and data[place + 1] != _END:
        marker = data[place + 1]
        if data[place] != 0xFF:
            raise Bad(Reason.BROKEN)
        if marker == 0xFF:  # a byte of filling
            place += 1
            continue
        after = place + 2 + (0 if marker in _ALONE else int.from_bytes(data[place + 2 : place + 4], "big"))
        if marker == _SCAN:
            after = _end_of_scan(data, after)
        if marker not in _BESIDE:
            kept.append(data[place:after])
        place = after
    return b"".join([*kept, b"\xff\xd9"])


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the drawing stops: at the next marker that is none of its own."""
    found = _NEXT.search(data, place)
    return found.start() if found else len(data)
