"""Closing, reopening, looking back.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.cases import commands, policy
from amarre.cases.models import LookBack
from amarre.core.commands import Refused
from amarre.organisations.queries import choices
from amarre.plans.queries import became, look_back_answers, plan_of
from amarre.web.staff.cases.forms import CloseForm, LookBackForm
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404


def case_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close with an outcome and a reason."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    if not policy.may_lead(actor, row):
        raise PermissionDenied
    desk = drafts.open_desk(request, actor, f"close:{row.pk}")
    form = CloseForm(choices(actor, "outcome", "closing_reason", "employment"), request.POST or desk.initial())
    if carry_out(request, form, lambda d: commands.close_case(actor=actor, case=row, **d), desk=desk):
        return done(request, reverse("staff:case", args=[row.pk]), "Dossier clos.")
    context = head(actor, row, "case") | {"form": form, "desk": desk}
    return page(request, "staff/cases/close.html", context, status=status_of(request))


@require_POST
def case_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A new episode, tied to the old one."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    try:
        fresh = commands.reopen_case(actor=actor, case=row)
    except Refused as refusal:
        return done(request, reverse("staff:case", args=[row.pk]), str(refusal))
    return done(request, reverse("staff:case", args=[fresh.pk]), "Un nouvel épisode est ouvert.")


def look_back(request: HttpRequest, pk: int, back_pk: int) -> HttpResponse:
    """Six or twelve months later."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    back = visible_or_404(LookBack.objects.visible_to(actor).filter(case=row), pk=back_pk)
    if not policy.may_write(actor, row):
        raise PermissionDenied
    plan = plan_of(actor, row)
    answer = look_back_answers(actor, plan).get(back.pk) if plan else None
    initial = {"reached": "oui", "employment": answer.employment} if answer else {}
    form = LookBackForm(choices(actor, "employment")["employment"], request.POST or None, initial=initial)
    if carry_out(request, form, lambda d: commands.record_look_back(actor=actor, case=row, look_back=back, **d)):
        return done(request, reverse("staff:case", args=[row.pk]), "C’est noté.")
    context = head(actor, row, "case") | {
        "form": form,
        "back": back,
        "title": f"Rappel à {back.months} mois",
        "answer": answer,
        "became": became(actor, plan, answer) if plan and answer else [],
    }
    return page(request, "staff/cases/look_back.html", context, status=status_of(request))
