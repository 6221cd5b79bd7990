"""The accounts of the service, and what one's own account opens.

Read by the URL configuration beside. No page here reaches an employee or a case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.accounts import commands, policy, queries
from amarre.accounts.models import Posting, User
from amarre.accounts.roles import ROLES
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Centre
from amarre.web.staff.accounts.forms import AccountFilter, AccountForm, InviteForm
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link
from amarre.web.ui.scope import actor_of

PER_PAGE = 50


def my_access(request: HttpRequest) -> HttpResponse:
    """« Mes accès »: roles in sentences, centres, second factor, and where each is changed."""
    actor = actor_of(request)
    context = {
        "account": request.user,
        "roles": [role for role in ROLES.values() if role.code in actor.roles],
        "centres": list(_centres(actor).filter(pk__in=actor.centres)),
        "second_factor": queries.has_second_factor(actor.user_id or 0),
    }
    return page(request, "staff/accounts/my_access.html", context)


def account_list(request: HttpRequest) -> HttpResponse:
    """Every account of the service."""
    actor = _admin(request)
    filters = AccountFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {"q": "", "etat": ""}
    rows = queries.accounts(actor, words=wanted["q"], state=wanted["etat"])
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "found": found, "wanted": any(wanted.values()), "states": queries.STATES}
    return page(request, "staff/accounts/list.html", context)


def account_invite(request: HttpRequest) -> HttpResponse:
    """Make an account; its link leaves by mail."""
    actor = _admin(request)
    form = InviteForm(list(_centres(actor)), request.POST or None)
    user = carry_out(request, form, lambda data: commands.invite_user(actor=actor, **data))
    if user is not None:
        sentence = f"Compte créé pour {user.name}. Le lien vient de partir à {user.email}."
        return done(request, reverse("staff:account_list"), sentence)
    context = {"form": form, "roles": ROLES.values(), "crumbs": _crumbs("Inviter")}
    return page(request, "staff/accounts/invite.html", context, status=status_of(request))


def account_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what it may do, where; and the acts that open or close it."""
    actor = _admin(request)
    user = visible_or_404(User.objects.visible_to(actor), pk=pk)
    form = _account_form(request, actor, user)
    if carry_out(request, form, lambda data: _change(actor, user, form, data)) is not None:
        return done(request, reverse("staff:account_edit", args=[pk]), "Modifications enregistrées.")
    return _show(request, actor, user, form)


def _show(request: HttpRequest, actor: Actor, user: User, form: AccountForm, refusal: str = "") -> HttpResponse:
    context = {
        "refusal": refusal,
        "account": user,
        "state": queries.state_of(user),
        "states": queries.STATES,
        "form": form,
        "mine": not policy.may_change_account(actor, user),
        "second_factor": queries.has_second_factor(user.pk),
        "roles": ROLES.values(),
        "crumbs": _crumbs(user.name),
    }
    return page(request, "staff/accounts/edit.html", context, status=status_of(request))


def _account_form(request: HttpRequest, actor: Actor, user: User, *, bound: bool = True) -> AccountForm:
    posted = Posting.objects.visible_to(actor).filter(user=user).values_list("centre_id", flat=True)
    first = {"name": user.name, "user_roles": user.roles, "centres": list(posted)}
    return AccountForm(list(_centres(actor)), request.POST or None if bound else None, initial=first)


def _change(actor: Actor, user: User, form: AccountForm, data: dict[str, Any]) -> User:
    """What changed, each by its own command; all of it or nothing."""
    with transaction.atomic():
        if "centres" in form.changed_data:
            commands.change_postings(actor=actor, user=user, centres=data["centres"])
        if "user_roles" in form.changed_data:
            commands.change_roles(actor=actor, user=user, user_roles=data["user_roles"])
        if "name" in form.changed_data:
            commands.rename_user(actor=actor, user=user, name=data["name"])
    return user


@require_POST
def account_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another link, by mail."""
    return _act(request, pk, commands.resend_invitation, "Un autre lien vient de partir à {}.", "email")


@require_POST
def account_disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account, and its open sessions."""
    return _act(request, pk, commands.disable_user, "Le compte de {} est désactivé\u202f; ses sessions sont fermées.")


@require_POST
def account_enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    return _act(request, pk, commands.enable_user, "Le compte de {} est de nouveau actif.")


@require_POST
def account_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """A telephone was lost: take its second factor away."""
    return _act(request, pk, commands.remove_second_factor, "{} devra activer un second facteur à sa connexion.")


def _act(request: HttpRequest, pk: int, act: Callable[..., User], sentence: str, name: str = "name") -> HttpResponse:
    """One act on one account; when the trade says no, the page says why."""
    actor = _admin(request)
    user = visible_or_404(User.objects.visible_to(actor), pk=pk)
    try:
        act(actor=actor, user=user)
    except Refused as refusal:
        return _show(request, actor, user, _account_form(request, actor, user, bound=False), str(refusal))
    return done(request, reverse("staff:account_edit", args=[pk]), sentence.format(getattr(user, name)))


def _admin(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_administer(actor):
        raise PermissionDenied("service admin only")
    return actor


def _centres(actor: Actor) -> Any:
    return Centre.objects.visible_to(actor).order_by("name")


def _crumbs(here: str) -> list[Link]:
    return [Link("Comptes", reverse("staff:account_list")), Link(here)]
