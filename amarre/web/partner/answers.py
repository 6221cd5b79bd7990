"""What the pages of a link answer with: nothing that is kept by a browser, nothing that tells one reason from another.

Read by the entrance and the views of this door.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.web.ui.http import page


def discreet(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: elsewhere, only the site's name is told where one comes from.

    Not `no-referrer`: browsers then send « Origin: null » with the form, which the check of forged requests refuses.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """No code was typed, or half an hour ago, or there is nothing to read any more: one and the same page."""
    return discreet(page(request, "partner/closed.html", status=404))
