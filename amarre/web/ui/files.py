"""A file that somebody opens: as an attachment, never interpreted by the browser, never kept by a cache.

Read by the doors. Must not know what is in it.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """The bytes, under a name; sandboxed, of the very kind that is said."""
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(True, name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
