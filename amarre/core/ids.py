"""Keys made here, not in the database: a row may then be written by somebody who may not read it back.

63 bits: 41 of milliseconds since 2020, 22 of chance; ordered by time, not guessable, strictly increasing within
a process (so that a bulk load cannot collide with itself).
"""

from __future__ import annotations

import secrets
import threading
import time

_EPOCH_MS = 1_577_836_800_000
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A fresh key, greater than every key this process made before."""
    global _last
    with _lock:
        candidate = ((int(time.time() * 1000) - _EPOCH_MS) << 22) | secrets.randbits(22)
        _last = candidate if candidate > _last else _last + 1 + secrets.randbits(8)
        return _last
