"""The secrets of a link: made here, told once, kept as digests.

Read by the commands and the partner's door. A link alone opens nothing: the code is said apart.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

LASTS = timedelta(days=21)
MOST_TRIES = 5


def fresh() -> tuple[str, str]:
    """A secret for the address (256 bits) and a code of eight digits to be said apart."""
    return secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08d}"


def digest(secret: str, code: str = "") -> str:
    """What the database keeps, and the `token` of the actor who holds them."""
    return hashlib.sha256(f"{secret}\0{''.join(code.split())}".encode()).hexdigest()
