"""Abuse held off without a third party: how often one address, or one passer-by, may send.

Read by the settings (just before the scope opens, since a passer-by may not touch the cache) and by the views of this
door, which show the page again with what was typed. Must not know what is being sent, nor keep an address in clear.
Wide enough for a whole company behind one address; forms that only fill and robots are met in `forms.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from amarre.web.ui.limits import Limit, admitted

_MARK = "AMARRE_HELD_OFF"
ANSWER = Limit("answer", per_address=900, per_passage=150, seconds=600)
SEND = Limit("send", per_address=120, per_passage=8, seconds=3600)
DRAFT = Limit("draft", per_address=900, per_passage=300, seconds=600)
PLACE = Limit("place", per_address=600, per_passage=30, seconds=3600)
OPINION = Limit("opinion", per_address=600, per_passage=90, seconds=3600)
"""A room of people behind one address, answering in the same five minutes; a tablet that goes round."""
_LIMITS = {
    "request_check": SEND, "employer_check": SEND, "groups_session": PLACE, "groups_questions": OPINION,
    "groups_before": OPINION, "groups_after": OPINION,
}  # fmt: skip


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
            limit = _LIMITS.get(match.url_name or "", ANSWER)
            request.META[_MARK] = not admitted(request, limit)
        elif match.view_name == "save_draft" and not request.user.is_authenticated and not admitted(request, DRAFT):
            return JsonResponse({"wait": True}, status=429)
        return None
