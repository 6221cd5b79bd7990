"""The house's antivirus: a ClamAV daemon that a file is sent to, where the house has one.

Read by rooms that keep files. Must not know what the file is about, nor where it is kept.
Where a daemon is configured (`AMARRE_CLAMD`) and does not answer, the answer is never "clean": the caller keeps the
file and lets nobody download it. Its client is GPL-2.0: imported only where a house configures a daemon.
"""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from clamav_client.clamd import ClamdNetworkSocket

SECONDS = 20
EXAMPLES = "tcp://127.0.0.1:3310 ou unix:/run/clamav/clamd.ctl"


class Verdict(models.TextChoices):
    """What is known of a file. Only `CLEAN` and `OFF` may be downloaded."""

    CLEAN = "CLEAN", "analysé, aucun virus"
    INFECTED = "INFECTED", "virus trouvé"
    UNAVAILABLE = "UNAVAILABLE", "analyse en attente"
    OFF = "OFF", "pas d’antivirus"


class BadAddress(ValueError):
    """`AMARRE_CLAMD` is not an address. The message is a French sentence."""


class _Stream(io.BytesIO):
    """Bytes to send, that stop being sent when the time is over: the client's own limit starts again at each block."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.end = time.monotonic() + SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        if time.monotonic() > self.end:
            raise TimeoutError
        return super().read(size)


def configured() -> bool:
    """Whether the house has an antivirus."""
    return bool(settings.AMARRE_CLAMD)


def scan(content: bytes) -> Verdict:
    """Ask the daemon about one file, within `SECONDS`."""
    if not configured():
        return Verdict.OFF
    try:
        answer = _client().instream(_Stream(content))
    except Exception:  # whatever happened, nobody said that the file is clean
        return Verdict.UNAVAILABLE
    if any(status == "FOUND" for status, _ in answer.values()):
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == {"stream": ("OK", None)} else Verdict.UNAVAILABLE


def answers() -> bool:
    """Whether the daemon is there. Raises `BadAddress`, or what went wrong on the way."""
    return _client().ping() == "PONG"


def _client() -> ClamdNetworkSocket:
    """The daemon at `AMARRE_CLAMD`. Raises `BadAddress`."""
    from clamav_client.clamd import ClamdNetworkSocket, ClamdUnixSocket

    try:
        parts = urlsplit(settings.AMARRE_CLAMD)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme == "tcp" and host and port:
        return ClamdNetworkSocket(host=host, port=port, timeout=SECONDS)
    if parts.scheme == "unix" and parts.path.startswith("/"):
        return ClamdUnixSocket(path=parts.path, timeout=SECONDS)
    raise BadAddress(f"AMARRE_CLAMD n’est pas une adresse d’antivirus. Écrivez par exemple {EXAMPLES}.")
