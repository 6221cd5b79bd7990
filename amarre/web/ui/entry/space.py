"""How a person comes into their space, and leaves it: a code sent to their address, never a password.

Read by `amarre.config.urls.space`; `entry.views` asks where the space is. These pages run without a scope, as the
application itself. Nothing here says whether an address is known, nor which service this is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlencode

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amarre.accounts import entrance
from amarre.accounts.models import Kind, User
from amarre.web.ui.entry.codes import SpaceCode
from amarre.web.ui.entry.space_forms import AskCodeForm, TypeCodeForm
from amarre.web.ui.http import page, status_of
from amarre.web.ui.scope import idle_too_long

SPACE = "/espace/"
PersonView = Callable[..., HttpResponse]


def space_home() -> str:
    """The first page of the space."""
    try:
        return reverse("employee:home")
    except NoReverseMatch:
        return SPACE


def is_person(user: object) -> bool:
    """Whether somebody signed in as a person."""
    return isinstance(user, User) and user.kind == Kind.PERSON


def not_for_persons(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of passwords and second factors: a person, who has neither, is led back to their space."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(space_home()) if is_person(request.user) else view(request, *args, **kwargs)

    return guarded


def persons_only(view: PersonView) -> PersonView:
    """A page of the space that runs here; `view` receives the account. Who is not signed in is asked to."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or (
            is_person(user) and idle_too_long(request, settings.AMARRE_PERSON_IDLE_SECONDS)
        ):
            return HttpResponseRedirect(onward("space_sign_in", reverse("space_keys")))
        if not is_person(user):
            raise PermissionDenied("not a person")
        return view(request, user, *args, **kwargs)

    return guarded


def next_of(request: HttpRequest) -> str:
    """The page of the space to come back to, if one was asked; never another place."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    inside = asked.startswith(SPACE) and ".." not in unquote(asked)
    return asked if inside and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def onward(name: str, back: str) -> str:
    """A page of the way in, and the page to come back to afterwards."""
    return reverse(name) + (f"?{urlencode({'next': back})}" if back else "")


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. Whatever the address, the answer is the same page."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(
            next_of(request) or space_home() if is_person(request.user) else reverse("entry_home")
        )
    form = AskCodeForm(request)
    if request.method == "POST" and form.is_valid():
        SpaceCode.start(request, form.cleaned_data["email"])
        return HttpResponseRedirect(onward("space_code", next_of(request)))
    context = {"form": form, "next": next_of(request), "sign_ins": entrance.demo_accounts(Kind.PERSON)}
    return page(request, "entry/space_sign_in.html", context, status=status_of(request))


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Type the code. Opening the page uses nothing up; a right code works once, and the third wrong one ends it."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("space_sign_in"))
    asked = SpaceCode.under_way(request)
    if asked is None:
        return _start_again(request, _("Demandez un code\u00a0: celui d’avant ne marche plus."))
    form = TypeCodeForm(request.POST if request.method == "POST" else None, code=asked.code)
    if str(request.POST.get("code", "")).strip():
        if not asked.one_more_try():
            asked.abort()
            return _start_again(request, _("Il y a eu trop d’essais. Demandez un autre code."))
        if form.is_valid() and asked.use_up():
            response: HttpResponse = asked.finish(next_of(request) or space_home())
            return response
        if not asked.refused():
            return _start_again(request, _("Il y a eu trop d’essais. Demandez un autre code."))
    context = {"form": form, "address": asked.address, "next": next_of(request)}
    return page(request, "entry/space_code.html", context, status=status_of(request))


def _start_again(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return HttpResponseRedirect(onward("space_sign_in", next_of(request)))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, perhaps to come in again; « Quitter vite » does so too, and reads no answer."""
    logout(request, show_message=False)
    back = next_of(request)
    return HttpResponseRedirect(onward("space_sign_in", back) if back else reverse("space_signed_out"))


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """A page that says nothing but that one is out."""
    return page(request, "entry/space_signed_out.html")
