"""Rights applications of a case: begun from the catalogue, papers gathered, followed to their end.

Read by the URL configuration beside.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.plans import commands_papers
from amarre.plans.commands_papers import ApplicationChanged
from amarre.plans.models import Application
from amarre.plans.queries_papers import Followed, applications, catalogue, followed
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.papers_forms import GatherForm, MoveForm, OpenForm
from amarre.web.ui import drafts
from amarre.web.ui.fields import say_version
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def procedure_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each application stands, and what falls due."""
    at = here(request, pk, "procedure.read")
    found = applications(at.actor, at.plan) if at.plan else []
    return page(request, "staff/plans/procedures.html", at.head("plan_procedures", found=found))


def procedure_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin one; `?renouvelle=` the one whose right comes to its end."""
    at = here_to_write(request, pk, "procedure.read")
    known = catalogue(at.actor)
    asked = request.GET.get("renouvelle", "")
    renewed = None
    if at.plan and asked.isdecimal():
        renewed = Application.objects.visible_to(at.actor).of(at.plan).filter(pk=int(asked)).first()
    initial = {"procedure": renewed.procedure if renewed else request.GET.get("demarche", "")}
    form = OpenForm(known, request.POST or None, initial=initial)
    row = carry_out(
        request,
        form,
        lambda d: commands_papers.open_application(actor=at.actor, plan=at.begun(), renews=renewed, **d),
    )
    if row is not None:
        return done(request, reverse("staff:plan_procedure", args=[at.case.pk, row.pk]), "Démarche ouverte.")
    context = at.head(
        "plan_procedures", form=form, title="Une démarche", button="Ouvrir la démarche",
        back=reverse("staff:plan_procedures", args=[at.case.pk]),
    )  # fmt: skip
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def _followed(at: Here, application_pk: int) -> Followed:
    if at.plan is None:
        raise Http404
    row = visible_or_404(Application.objects.visible_to(at.actor).of(at.plan).select_related("plan"), pk=application_pk)
    known = followed(at.actor, [row])
    if not known:
        raise Http404
    return known[0]


def procedure(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """One application: its papers, its days, what falls due and why."""
    at = here(request, pk, "procedure.read")
    found = _followed(at, application_pk)
    row = found.application
    desk = drafts.open_desk(request, at.actor, f"plan-procedure:{row.pk}")
    money = json.loads(row.money) if row.money else {}
    form = MoveForm(request.POST or desk.initial(), initial=MoveForm.values(row, money))
    theirs: list[Application] = []

    def act(_data: dict[str, Any]) -> Application:
        try:
            return commands_papers.move_application(actor=at.actor, plan=row.plan, application=row, **form.said())
        except ApplicationChanged as changed:
            theirs.append(changed.application)
            say_version(form, changed.application.version)
            raise

    url = reverse("staff:plan_procedure", args=[at.case.pk, row.pk])
    if carry_out(request, form, act, desk=desk):
        return done(request, url, "Démarche enregistrée.")
    context = at.head(
        "plan_procedures", f=found, form=form, desk=desk, theirs=theirs[0] if theirs else None,
        gather=GatherForm(found.procedure, initial={"gathered": row.gathered}, prefix="g"),
    )  # fmt: skip
    return page(request, "staff/plans/procedure.html", context, status=status_of(request))


@require_POST
def procedure_gather(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Tick the papers that are there."""
    at = here_to_write(request, pk, "procedure.read")
    found = _followed(at, application_pk)
    row = found.application
    form = GatherForm(found.procedure, request.POST, prefix="g")
    url = reverse("staff:plan_procedure", args=[at.case.pk, row.pk])
    if carry_out(request, form, lambda d: commands_papers.gather(actor=at.actor, plan=row.plan, application=row, **d)):
        return done(request, url, "Pièces enregistrées.")
    context = at.head("plan_procedures", form=form, title="Pièces réunies", button="Enregistrer", back=url)
    return page(request, "staff/plans/form.html", context, status=status_of(request))
