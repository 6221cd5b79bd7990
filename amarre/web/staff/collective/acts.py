"""The other acts on an action: its agreement corrected, its end, its evaluation, its count, its account.

Read by the URL configuration beside. The account is shown as employer and works council will read it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amarre.collective import commands, policy
from amarre.collective.commands_evaluation import close_evaluation, open_evaluation
from amarre.collective.queries import account_of
from amarre.collective.states import ActionState
from amarre.web.staff.collective import forms as f
from amarre.web.staff.collective.base import badge, crumbs, given_back, one, somebody, then, url_of
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of
from amarre.web.ui.parts import Link


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was agreed, before the action is held."""
    actor = somebody(request, policy.may_run)
    row = one(actor, pk)
    note_read(request, "action.read", row, own=True)
    form = f.AgreeForm(request.POST or None, initial=f.AgreeForm.of(row))
    if carry_out(request, form, lambda data: commands.agree_action(actor=actor, action=row, **data)):
        return done(request, url_of(row), "L’accord est corrigé.")
    context = {
        "form": form, "title": "Corriger l’accord", "identity": row.title, "verb": "Enregistrer",
        "crumbs": crumbs(Link(row.title, url_of(row)), Link("Accord")),
        "open": row.state in (ActionState.AGREED, ActionState.REQUESTED, ActionState.DISCUSSED), "back": url_of(row),
    }  # fmt: skip
    return page(request, "staff/collective/form.html", context, status=status_of(request))


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The service does not follow up."""
    actor = somebody(request, policy.may_run)
    row, form = one(actor, pk), f.WhyForm(request.POST)
    if carry_out(request, form, lambda data: commands.refuse_action(actor=actor, action=row, **data)):
        said = "C’est noté\u00a0: sans suite. Qui l’a demandé par son espace est prévenu\u202f; sinon, dites-le."
        return done(request, url_of(row), said)
    return given_back(request, form, "Ne pas donner suite", row)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever asked wishes it no more."""
    actor = somebody(request, policy.may_run)
    row, form = one(actor, pk), f.WhyForm(request.POST)
    if carry_out(request, form, lambda data: commands.withdraw_action(actor=actor, action=row, **data)):
        return done(request, url_of(row), "L’action est retirée, ses séances sont annulées.")
    return given_back(request, form, "Retirer l’action", row)


@require_POST
def evaluation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the address of the questions."""
    actor = somebody(request, policy.may_arrange)
    row = one(actor, pk)
    return then(
        request, url_of(row), lambda: open_evaluation(actor=actor, action=row),
        "Les questions sont ouvertes. Rien n’est lisible avant la fermeture.",
    )  # fmt: skip


@require_POST
def evaluation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the totals, once and for good."""
    actor = somebody(request, policy.may_run)
    row = one(actor, pk)
    return then(request, url_of(row), lambda: close_evaluation(actor=actor, action=row), "Les questions sont fermées.")


@require_POST
def follow_ups(request: HttpRequest, pk: int) -> HttpResponse:
    """How many turned to the service afterwards."""
    actor = somebody(request, policy.may_arrange)
    row = one(actor, pk)
    form = f.FollowUpsForm(request.POST)
    if carry_out(request, form, lambda data: commands.count_follow_ups(actor=actor, action=row, **data)):
        return done(request, url_of(row), "Le nombre est noté.")
    return given_back(request, form, "Noter les sollicitations", row)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The account, through the gate: what is here is what leaves."""
    actor = actor_of(request)
    row = one(actor, pk)
    note_read(request, "action.read", row, own=True)
    context = {
        "row": row,
        "account": account_of(actor, row),
        "badges": [badge(row)],
        "crumbs": crumbs(Link(row.title, url_of(row)), Link("Compte rendu")),
    }
    return page(request, "staff/collective/account.html", context)
