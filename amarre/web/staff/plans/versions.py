"""The plan frozen at an agreement: checked, proposed, answered, handed over, printed.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.plans import commands, paper, queries
from amarre.plans.models import Document, Scan, Version
from amarre.plans.queries import HANDED_WITHIN
from amarre.plans.states import VersionState
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.forms import AnswerForm, HandForm
from amarre.web.staff.plans.sheets import sheet_of
from amarre.web.ui.files import attachment
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """The check page: exactly what the person will read, then proposed."""
    at = here_to_write(request, pk)
    if at.plan is None:
        raise Http404
    whole = queries.whole(at.actor, at.plan)
    last = whole.versions[0].number if whole.versions else 0
    sheet = sheet_of(at, whole, number=last + 1)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    plan = at.plan
    row = None
    if whole.under_way:
        row = carry_out(
            request, form, lambda _data: commands.freeze_plan(actor=at.actor, plan=plan, content=sheet.to_json())
        )
    if row is not None:
        return done(
            request, reverse("staff:plan_version", args=[at.case.pk, row.pk]), "Le projet est figé, et proposé."
        )
    context = at.head("plan", sheet=sheet, form=form, whole=whole)
    return page(request, "staff/plans/freeze.html", context, status=status_of(request))


def _version(at: Here, version_pk: int) -> Version:
    if at.plan is None:
        raise Http404
    rows = Version.objects.visible_to(at.actor).of(at.plan).select_related("plan", "frozen_by", "heard_by", "proof")
    return visible_or_404(rows, pk=version_pk)


def version(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """One version: what is written, what the person said, how it was given."""
    at = here(request, pk)
    row = _version(at, version_pk)
    signed = Document.objects.visible_to(at.actor).of(row.plan).filter(removed_on=None).exclude(scan=Scan.INFECTED)
    papers = list(signed)
    waiting = row.state == VersionState.PROPOSED
    frozen = timezone.localtime(row.frozen_at).date()
    context = at.head(
        "plan", version=row, sheet=paper.Sheet.from_json(row.content), papers=papers,
        answer=AnswerForm(papers, prefix="a") if waiting else None,
        hand=HandForm(prefix="h") if not row.handed_on and row.state != VersionState.REPLACED else None,
        hand_by=frozen + HANDED_WITHIN,
    )  # fmt: skip
    return page(request, "staff/plans/version.html", context)


def version_answer(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """What the person said on paper or by word of mouth."""
    at = here_to_write(request, pk)
    row = _version(at, version_pk)
    papers = list(Document.objects.visible_to(at.actor).of(row.plan).filter(removed_on=None))
    form = AnswerForm(papers, request.POST or None, prefix="a")

    def act(data: dict[str, Any]) -> Version:
        proof = next((d for d in papers if d.pk == data["proof"]), None)
        return commands.answer_version(actor=at.actor, version=row, **{**data, "proof": proof})

    back = reverse("staff:plan_version", args=[at.case.pk, row.pk])
    if carry_out(request, form, act):
        return done(request, back, "La réponse est enregistrée.")
    context = at.head("plan", form=form, title="La réponse de la personne", button="Enregistrer", back=back)
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def version_hand(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """It was given to the person."""
    at = here_to_write(request, pk)
    row = _version(at, version_pk)
    form = HandForm(request.POST or None, prefix="h")
    back = reverse("staff:plan_version", args=[at.case.pk, row.pk])
    if carry_out(request, form, lambda d: commands.hand_over_version(actor=at.actor, version=row, **d)):
        return done(request, back, "La remise est enregistrée.")
    context = at.head("plan", form=form, title="Remettre le projet", button="Enregistrer", back=back)
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def version_paper(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """One page in plain language (PDF); `?grand=1` in large letters."""
    at = here(request, pk)
    row = _version(at, version_pk)
    content = paper.plan_pdf(paper.Sheet.from_json(row.content), large=bool(request.GET.get("grand")))
    return attachment(content, f"mon-projet-{row.number}.pdf", "application/pdf")
