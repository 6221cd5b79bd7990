"""Who comes in at this door: a regular partner's account, or whoever holds a link and typed its code.

Read by `web.ui.scope`, to which the application registers it. Runs before the scope, as the application itself. The
secret of a link is never kept, written nor logged: only digests go further than this module.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from amarre.accounts.models import Kind, User
from amarre.core.actor import Actor, Door
from amarre.core.scope import acting_as
from amarre.sharing.links import digest
from amarre.sharing.models import Transmission
from amarre.web.partner.answers import closed, discreet
from amarre.web.ui.errors import error_page, reference_of
from amarre.web.ui.limits import Limit, admitted
from amarre.web.ui.scope import idle_too_long, second_factor_shown, to_sign_in

TRIES = Limit("partner_code", per_address=40, per_passage=20, seconds=600)
IDLE_SECONDS = 1800
_KEPT = "partner_link"
_BY_LINK = frozenset({"message", "message_open", "message_answer"})


def partner_actor(request: HttpRequest) -> Actor | HttpResponse:
    """The address says by which of the two ways one comes in."""
    match = request.resolver_match
    name = match.url_name if match else ""
    if match and name == "link":
        return _holder(request, str(match.kwargs["secret"]))
    return _by_code(request) if name in _BY_LINK else _account(request)


def _holder(request: HttpRequest, secret: str) -> Actor | HttpResponse:
    """Whoever has the link; with the right code, to something that may still be read, whoever may read it."""
    if request.method == "POST":
        if not admitted(request, TRIES):
            return discreet(error_page(request, 429))
        able = _actor(request, digest(secret, request.POST.get("code", "")))
        with acting_as(able):
            opens = Transmission.objects.visible_to(able).received_by(able).exists()
        if opens:  # this browser may read that one message, until nobody touches it for half an hour
            request.session.cycle_key()
            request.session[_KEPT] = {"token": able.token, "seen": int(time.time())}
            return able
    return _actor(request, digest(secret))


def _by_code(request: HttpRequest) -> Actor | HttpResponse:
    held, now = request.session.get(_KEPT), int(time.time())
    if not isinstance(held, dict):
        return closed(request)
    if now - held["seen"] > IDLE_SECONDS:
        del request.session[_KEPT]
        return closed(request)
    if now - held["seen"] > 60:
        request.session[_KEPT] = held | {"seen": now}
    return _actor(request, held["token"])


def _actor(request: HttpRequest, token: str) -> Actor:
    return Actor(door=Door.PARTNER, token=token, request_id=reference_of(request))


def _account(request: HttpRequest) -> Actor | HttpResponse:
    """A regular partner, with a second factor outside demo, as the staff."""
    user = request.user
    if not isinstance(user, User) or idle_too_long(request, settings.AMARRE_PERSON_IDLE_SECONDS):
        return to_sign_in(request, "account_login", "partner:home")
    if user.kind != Kind.PARTNER:
        raise PermissionDenied("not a partner")
    if settings.AMARRE_MFA_REQUIRED and not user.has_second_factor:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if settings.AMARRE_MFA_REQUIRED and not second_factor_shown(request, user):
        logout(request)
        return to_sign_in(request, "account_login", "partner:home")
    return user.actor(reference_of(request))
