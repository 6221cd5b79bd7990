"""How often one address, or one passer-by, may send: counted in the cache, without keeping an address in clear.

Read by the doors that nobody signs in at, before the scope opens: no door's role may touch the cache. Must not know
what is being sent.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from amarre.web.ui.scope import PASSER_BY_COOKIE


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so many seconds, for one address and for one passer-by."""

    name: str
    per_address: int
    per_passage: int
    seconds: int


def _hidden(value: str) -> str:
    return salted_hmac("amarre.limits", value).hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """The address that asks; a whole /64 for IPv6, since one subscriber has that many."""
    raw = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return raw
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _one_more(limit: Limit, whose: str, most: int) -> bool:
    """Count one, and say whether that was still within the limit."""
    key = f"limit:{limit.name}:{_hidden(whose)}:{int(time.time() // limit.seconds)}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, limit.seconds)
    return count <= most


def admitted(request: HttpRequest, limit: Limit, holder: str = "") -> bool:
    """Count this request; False when its address, or its passer-by (or who holds a link), has gone over."""
    passage = holder or request.COOKIES.get(PASSER_BY_COOKIE, "")
    fine = _one_more(limit, f"address:{address_of(request)}", limit.per_address)
    if passage:
        fine = _one_more(limit, f"passage:{passage}", limit.per_passage) and fine
    return fine
