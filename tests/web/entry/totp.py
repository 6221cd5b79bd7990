"""The codes that a telephone shows (RFC 6238), computed here on our own."""

from __future__ import annotations

import base64
import hmac
import struct
import time


def code(secret: str, shift: int = 0) -> str:
    """The six digits for now, or for `shift` steps of thirty seconds away."""
    counter = struct.pack(">Q", int(time.time()) // 30 + shift)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    at = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
