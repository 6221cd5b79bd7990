"""The language of the space, and of a link to an appointment: what was chosen, French otherwise. The rest stays French.

Read by the settings. A cookie with a neutral name holds the choice; it says nothing of who chose.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from amarre.web.ui.speech import SPEAKS


class SpaceLanguage:
    """Speaks the chosen language around these pages, and gives French back after."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(SPEAKS):
            return self.get_response(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            return self.get_response(request)
