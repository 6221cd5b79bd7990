"""Abuse held off without a third party: how often one address, or one passer-by, may send.

Read by the settings (just before the scope opens, since a passer-by may not touch the cache) and by the views of this
door, which show the page again with what was typed. Must not know what is being sent, nor keep an address in clear.
Wide enough for a whole company behind one address; forms that only fill and robots are met in `forms.py`.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac

from amarre.web.ui.scope import PASSER_BY_COOKIE

_MARK = "AMARRE_HELD_OFF"
_SENDING = frozenset({"request_check", "employer_check"})


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so many seconds, for one address and for one passer-by."""

    name: str
    per_address: int
    per_passage: int
    seconds: int


ANSWER = Limit("answer", per_address=900, per_passage=150, seconds=600)
SEND = Limit("send", per_address=120, per_passage=8, seconds=3600)
DRAFT = Limit("draft", per_address=900, per_passage=300, seconds=600)


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


def admitted(request: HttpRequest, limit: Limit) -> bool:
    """Count this request; False when its address or its passer-by has gone over."""
    passage = request.COOKIES.get(PASSER_BY_COOKIE, "")
    fine = _one_more(limit, f"address:{address_of(request)}", limit.per_address)
    if passage:
        fine = _one_more(limit, f"passage:{passage}", limit.per_passage) and fine
    return fine


def held_off(request: HttpRequest) -> bool:
    """Whether the view must show the page again instead of doing what is asked."""
    return bool(request.META.get(_MARK))


class PublicLimits:
    """Counts what passers-by send, before the scope is opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Mark what goes over; answer at once only for a draft, which the page will try again."""
        match = request.resolver_match
        if request.method != "POST" or match is None:
            return None
        if match.namespaces[:1] == ["public"]:
            limit = SEND if match.url_name in _SENDING else ANSWER
            request.META[_MARK] = not admitted(request, limit)
        elif match.view_name == "save_draft" and not request.user.is_authenticated and not admitted(request, DRAFT):
            return JsonResponse({"wait": True}, status=429)
        return None
