"""The pages of the way in that are ours: where an account goes, what it opens, an invitation, the demo's mailbox.

Read by `amarre.config.urls`. They run without a scope, as the application itself: no walled table is reached.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from amarre.accounts import entrance, roles
from amarre.accounts.models import Kind, User
from amarre.web.ui.entry.forms import InvitationForm
from amarre.web.ui.entry.space import is_person, not_for_persons, space_home
from amarre.web.ui.errors import error_page
from amarre.web.ui.http import page, status_of


class _SignIn(account.LoginView):
    """allauth's page; the demo says who may sign in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_demo_sign_ins()}


class _ActivateTotp(totp.ActivateTOTPView):
    """allauth's page; the code that activates also counts as the second factor of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, form.user, "mfa", type="totp")
        return response


_FIRST_PAGES: dict[str, str] = {
    Kind.STAFF: "staff:day", Kind.EMPLOYER: "employer:home", Kind.PARTNER: "partner:home",
}  # fmt: skip
_ACCESS_PAGES: dict[str, str] = {
    Kind.STAFF: "staff:my_access", Kind.EMPLOYER: "employer:home", Kind.PARTNER: "partner:me",
}  # fmt: skip
sign_in = _SignIn.as_view()
activate_totp = _ActivateTotp.as_view()


def _demo_sign_ins() -> dict[str, Any]:
    accounts = [u for kind in (Kind.STAFF, Kind.EMPLOYER, Kind.PARTNER) for u in entrance.demo_accounts(kind)]
    found = [
        {"email": u.email, "name": u.name, "role": roles.labels(u.roles) or u.get_kind_display()} for u in accounts
    ]
    return {"sign_ins": found, "demo_password": settings.AMARRE_DEMO_PASSWORD if found else ""}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """After signing in: each account to the door it opens."""
    user = request.user
    if not isinstance(user, User):
        return HttpResponseRedirect(reverse("account_login"))
    if is_person(user):
        return HttpResponseRedirect(space_home())
    return HttpResponseRedirect(reverse(_FIRST_PAGES.get(user.kind, "entry_access")))


@require_GET
@login_required
@not_for_persons
def access(request: HttpRequest) -> HttpResponse:
    """« Mes accès » of an account that opens no door yet; staff and employers have theirs inside."""
    user = request.user
    if isinstance(user, User) and user.kind in _ACCESS_PAGES:
        return HttpResponseRedirect(reverse(_ACCESS_PAGES[user.kind]))
    return page(request, "entry/access.html", {"account": user, "second_factor": is_mfa_enabled(user)})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, uid: str, key: str) -> HttpResponse:
    """Choose a password, from the link of a mail. Opening it consumes nothing: mail scanners open links too."""
    user = entrance.invited(uid, key)
    if user is None:
        return page(request, "entry/invitation_over.html", status=404)
    form = InvitationForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not entrance.accept_invitation(user, form.cleaned_data["password1"]):
            return page(request, "entry/invitation_over.html", status=404)
        logout(request)
        messages.success(request, "Votre mot de passe est choisi. Connectez-vous.")
        return HttpResponseRedirect(reverse("account_login"))
    context = {"form": form, "account": user, "roles": roles.labels(user.roles)}
    return page(request, "entry/invitation.html", context, status=status_of(request))


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails of the demo, which leave for nowhere."""
    if settings.AMARRE_ENV != "demo":
        raise Http404
    return page(request, "entry/mailbox.html", {"mails": entrance.demo_mails()})


def too_many(request: HttpRequest) -> HttpResponse:
    """429: the door is closed for a few minutes."""
    return error_page(request, 429)
