"""Own error pages with a reference number, and logs that quote nobody.

Read by the URL configuration and the settings. Must not know: tables (an error page touches none).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation

from amarre.core.ledger import LedgerUnavailable
from amarre.web.ui.speech import SPEAKS

logger = logging.getLogger("amarre.errors")
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight characters that can be read over the telephone."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


class ReferenceMiddleware:
    """Gives each request a reference, which the ledger, the log and the error page share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["AMARRE_REFERENCE"] = new_reference()
        response = self.get_response(request)
        if "text/html" in response.get("Content-Type", ""):
            response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "microphone=(), camera=(), geolocation=()")
        return response


def reference_of(request: HttpRequest) -> str:
    """The reference of this request."""
    return str(request.META.get("AMARRE_REFERENCE", ""))


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Our page for `status`, without any table, session or context processor."""
    return _error(request, status, f"{status}.html")


def _error(request: HttpRequest, status: int, template: str, **more: object) -> HttpResponse:
    """In the space of a person, or by a link, few and neutral words: the screen does not say which service this is."""
    context: dict[str, object] = {"reference": reference_of(request), **more}
    if request.path_info.startswith(SPEAKS):
        template = "ui/space_error.html"
        language = {"space_language": translation.get_language(), "right_to_left": translation.get_language_bidi()}
        context |= language | {"status": status, "in_space": request.path_info.startswith("/espace/")}
    return HttpResponse(loader.get_template(template).render(context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense, or is too large."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but not allowed."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: missing, or not yours to see; the two answer alike."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when nothing could be written down."""
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with its own words: the page was open too long, or came from elsewhere. What was typed is kept."""
    from amarre.web.ui import drafts  # the log's filter lives here, and is read before any model may be

    back = drafts.keep_posted(request) if request.method == "POST" else ""
    return _error(request, 403, "403_csrf.html", back=back, stayed_open=True)


def suspended(request: HttpRequest, *, kept: bool) -> HttpResponse:
    """403 with its own words: too much was read outside one's own work; and whether what was typed is kept."""
    return _error(request, 403, "403_suspended.html", kept=kept, staff=request.path_info.startswith("/pro/"))


def unavailable(request: HttpRequest, error: LedgerUnavailable) -> HttpResponse:
    """503: the ledger cannot be written, so nothing is shown."""
    logger.error("ledger unavailable, reference %s: %s", reference_of(request), error)
    return error_page(request, 503)
