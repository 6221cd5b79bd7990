"""A fresh cookie for whoever begins: nobody can lend a passer-by a cookie and read their answers afterwards.

Read by the journeys, when nothing is kept. Must not know what will be.
"""

from __future__ import annotations

import secrets

from django.http import HttpRequest


def renew_passage(request: HttpRequest) -> None:
    """The answer to this request gives the passer-by another token (`web.ui.scope` sets the cookie)."""
    request.META["AMARRE_NEW_PASSAGE"] = secrets.token_hex(16)
