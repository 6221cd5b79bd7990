"""Which pages speak other languages than French, and what their frame needs to offer them.

Read by the frames, the error pages and the middleware that chooses the language. Knows addresses, no room.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

SPEAKS = ("/espace/", "/rdv/")
"""The space of the person, and the link to an appointment."""


def languages(request: HttpRequest) -> dict[str, Any]:
    """The languages to choose from, and the one that is spoken; nothing for pages that are in French alone."""
    if not request.path_info.startswith(SPEAKS):
        return {}
    chosen = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "space_languages": settings.LANGUAGES,
        "space_language": chosen,
        "right_to_left": translation.get_language_bidi(),
        "to_read_again": chosen != settings.LANGUAGE_CODE,
        "space_path": request.get_full_path(),
    }
