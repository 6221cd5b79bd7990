"""Passkeys of persons: coming in with the device in one's hand, adding it, taking it away.

Read by `amarre.config.urls.space`. The library does the cryptography (`allauth.mfa.webauthn`, `fido2`); its own pages
stay closed, because they would open passkeys to accounts of the service, whose way in is a password and a code.
A key is a comfort: whoever lost it comes in by a code sent to their address.
"""

from __future__ import annotations

import json
import struct
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amarre.accounts import entrance
from amarre.accounts.models import User
from amarre.web.ui.entry.space import next_of, onward, persons_only, space_home
from amarre.web.ui.entry.space_forms import DeviceForm
from amarre.web.ui.http import page, status_of, visible_or_404

_FRESH_SECONDS = 600
_MOST_KEYS = 10
_LONGEST = 32_000
# The library takes the shape of what a browser sent for granted; whatever it stumbles over is a refusal.
_STUMBLES = (
    *(ValidationError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RuntimeError, struct.error),
)


def _keys(user: User) -> QuerySet[Any]:
    found: QuerySet[Any] = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return found.order_by("created_at")


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the browser says of the key; empty when that is nothing that can be read."""
    text = str(request.POST.get("credential", ""))
    try:
        said = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


# Coming in ----------------------------------------------------------------------------------------


@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """What the browser asks the device for, before anybody is known: any key of this site, unlocked by its owner."""
    if not ratelimit.consume(request, action="space_key"):
        return JsonResponse({}, status=429)
    return JsonResponse(auth.begin_authentication(user=None))


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Come in with a key; who it is, the key says. Every failure is answered alike."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("space_sign_in"))
    if ratelimit.consume(request, action="space_key") and (key := _recognised(_sent(request))):
        login = Login(user=key.user, redirect_url=next_of(request) or space_home())
        response: HttpResponse = perform_passwordless_login(request, key, login)
        return response
    messages.error(request, _("Cette clé n’ouvre rien ici. Recevez plutôt un code."))
    return HttpResponseRedirect(onward("space_sign_in", next_of(request)))


def _recognised(said: dict[str, Any]) -> Any:
    """The key that signed, of an active person's account; None, and a line in the journal, otherwise."""
    user = None
    try:
        auth.parse_authentication_response(said)
        user = entrance.active_person(auth.extract_user_from_response(said).pk)
        if user is not None:
            return auth.complete_authentication(user, said)
    except _STUMBLES:
        pass
    entrance.record(user, "account.sign_in", "refused")
    return None


# One's own keys -----------------------------------------------------------------------------------


def _came_in_lately(request: HttpRequest, user: User) -> bool:
    """Somebody who finds the space open on a shared screen must not be able to keep a key to it."""
    since = time.time() - _FRESH_SECONDS
    return any(record["at"] > since for record in get_authentication_records(request, user))


@require_http_methods(["GET", "POST"])
@persons_only
def keys(request: HttpRequest, user: User) -> HttpResponse:
    """The devices that open one's space; this one may be added, by who came in a moment ago."""
    fresh, known = _came_in_lately(request, user), list(_keys(user))
    form = DeviceForm(request.POST if request.method == "POST" else None, initial={"name": _guess(request)})
    if request.method == "POST" and form.is_valid():
        if fresh and len(known) < _MOST_KEYS and _added(user, form.cleaned_data["name"], _sent(request)):
            messages.success(request, _("Cet appareil ouvre maintenant votre espace."))
            return HttpResponseRedirect(reverse("space_keys"))
        form.add_error(None, _("L’appareil n’a pas été ajouté. Essayez encore une fois, ou gardez le code."))
    context = {"form": form, "fresh": fresh, "full": len(known) >= _MOST_KEYS, "space_url": space_home()}
    context["keys"] = [{"pk": key.pk, "name": key.wrap().name, "since": key.created_at} for key in known]
    return page(request, "entry/space_keys.html", context, status=status_of(request))


@require_POST
@persons_only
def key_options(request: HttpRequest, user: User) -> HttpResponse:
    """What the browser asks the device to make: a key that it keeps, and that its owner unlocks."""
    if not _came_in_lately(request, user) or not ratelimit.consume(request, action="space_key"):
        return JsonResponse({}, status=403)
    return JsonResponse(auth.begin_registration(user, True))


def _added(user: User, name: str, said: dict[str, Any]) -> bool:
    try:
        auth.parse_registration_response(said)
        auth.complete_registration(said)
    except _STUMBLES:
        return False
    auth.WebAuthn.add(user, name, said)
    get_adapter().send_notification_mail("mfa/email/webauthn_added", user)
    return True


def _guess(request: HttpRequest) -> str:
    mobile = "Mobi" in request.headers.get("User-Agent", "")
    return _("Mon téléphone") if mobile else _("Mon ordinateur")


@require_http_methods(["GET", "POST"])
@persons_only
def remove(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Take a device away, after asking; a code still opens the space."""
    key = visible_or_404(_keys(user), pk=pk)
    if request.method == "POST":
        key.delete()
        get_adapter().send_notification_mail("mfa/email/webauthn_removed", user)
        messages.success(request, _("Cet appareil n’ouvre plus votre espace."))
        return HttpResponseRedirect(reverse("space_keys"))
    return page(request, "entry/space_key_remove.html", {"name": key.wrap().name})
