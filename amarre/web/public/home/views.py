"""The first page. Must not know who looks at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.organisations.models import Centre
from amarre.web.public.words import urgent
from amarre.web.ui.http import page
from amarre.web.ui.scope import actor_of


def home(request: HttpRequest) -> HttpResponse:
    """Numbers to call now, then how to ask, then where we are."""
    actor = actor_of(request)
    centres = Centre.objects.visible_to(actor).filter(active=True).order_by("name")
    return page(request, "public/home/home.html", {"urgent": urgent(actor), "centres": centres})
