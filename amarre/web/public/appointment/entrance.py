"""Who comes in by a link: whoever holds its secret, so often and no more; the secret goes no further than its digest.

Read by `web.ui.scope`, to which the application registers it. Runs before the scope opens. Must not know whether the
link opens anything: what is unknown and what has run out are told apart by nobody.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.appointments.links import digest
from amarre.core.actor import Actor, Door
from amarre.web.ui.errors import error_page, reference_of
from amarre.web.ui.limits import Limit, admitted

LOOK = Limit("rdv_look", per_address=900, per_passage=300, seconds=600)
ACT = Limit("rdv_act", per_address=300, per_passage=40, seconds=600)


def link_actor(request: HttpRequest) -> Actor | HttpResponse:
    """The holder of a link; a page that says to wait, once an address or a link was used without end."""
    match = request.resolver_match
    token = digest(str(match.kwargs.get("secret", "")) if match else "")
    within = admitted(request, ACT, holder=token) if request.method == "POST" else admitted(request, LOOK)
    if not within:
        return discreet(error_page(request, 429))
    return Actor(door=Door.PUBLIC, token=token, request_id=reference_of(request))


def discreet(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: elsewhere, only the site's name is told where one comes from; no cache, no index.

    Not `no-referrer`: browsers then send « Origin: null » with the form, which the check of forged requests refuses.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
