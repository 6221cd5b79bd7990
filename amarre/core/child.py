"""A process of its own for a file from outside: little memory, little time, no file written, nothing of our secrets.

Read by the tools that open such files (`uploads`, `word`), on both sides: `run` here, `confine` in the child.
Must not know Django, nor what is opened: a child starts in a fraction of a second.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
from pathlib import Path

SECONDS = 20
CPU_SECONDS = 15
_AT_ONCE = threading.BoundedSemaphore(2)
"""How many files a process opens at the same time; the others wait for their turn."""
_ROOT = Path(__file__).resolve().parents[2]


class Crowded(Exception):
    """Too many files at the same time: nothing was tried."""


class TooLong(Exception):
    """The child did not end in time."""


def run(module: str, *arguments: str, content: bytes) -> tuple[int, bytes]:
    """Give `content` to the module in a child; its exit code and what it wrote. Raises `Crowded` or `TooLong`."""
    command = [sys.executable, "-B", "-s", "-P", "-m", module, *arguments]
    if not _AT_ONCE.acquire(timeout=2 * SECONDS):
        raise Crowded
    try:
        # Nothing of our environment: neither the database's address nor the keyring's.
        done = subprocess.run(
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS,
            env={"PYTHONPATH": str(_ROOT)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TooLong from error
    finally:
        _AT_ONCE.release()
    return done.returncode, done.stdout


def confine(memory: int) -> None:
    """Limits for the rest of this process. No core either: it would hold the file in clear."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
