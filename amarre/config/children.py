"""Child processes that never outlive the one that started them.

Readers: `amarre.config.postgres`, the launcher. It must not know what the children do.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(order: signal.Signals) -> Callable[[], None] | None:
    """Return what a child runs before exec, so that the kernel sends it `order` when its parent dies."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arm() -> None:
        prctl(_PR_SET_PDEATHSIG, int(order), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arm
