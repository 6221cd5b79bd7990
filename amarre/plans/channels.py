"""The code that confirms an address: a keyed digest of the row, so that nothing secret is stored or queued.

Read by the commands and the jobs of the room. Must not know whom the address belongs to.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from amarre.plans.models_talk import ChannelCheck

CODE_LASTS = timedelta(hours=1)
MOST_TRIES = 5


def code_of(check: ChannelCheck) -> str:
    """Eight digits, bound to the row, its address or number and the moment it was sent."""
    said = f"{check.pk}|{check.email or check.phone}|{check.sent_at.isoformat()}"
    digest = salted_hmac("amarre.plans.channel", said, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 100_000_000:08d}"


def is_code(check: ChannelCheck, typed: str) -> bool:
    """Whether somebody read the code back; spaces do not count."""
    return constant_time_compare(code_of(check), "".join(typed.split()))
