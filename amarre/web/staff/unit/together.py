"""Interviews held with somebody else: planned with the agreements, corrected, held.

Read by the URL configuration beside. The members of the case; the person reads the same in their space.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.sharing import commands_together as commands
from amarre.sharing import queries_meetings as queries
from amarre.sharing.models import InterviewParty, JointInterview
from amarre.sharing.states_meetings import TogetherState
from amarre.web.staff.cases.conflicts import BothTexts
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.unit.forms import TogetherForm
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404

_FIELDS = ("kind", "on", "at", "place", "agreed", "version")


def _list_url(at: Here) -> str:
    return reverse("staff:case_together", args=[at.case.pk])


def together(request: HttpRequest, pk: int) -> HttpResponse:
    """Every interview of the case, the newest first."""
    at = here(request, pk, "together.read")
    rows = JointInterview.objects.visible_to(at.actor).filter(case=at.case)
    context = at.head("case_together", found=queries.together(at.actor, rows), today=timezone.localdate())
    return page(request, "staff/unit/together.html", context)


def together_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one, with those for whom the person agreed."""
    at = here_to_write(request, pk, "together.read")
    desk = drafts.open_desk(request, at.actor, f"together:{pk}")
    agreed = queries.to_sit_with(at.actor, at.case)
    form = TogetherForm(agreed, request.POST or desk.initial(), initial={"kind": "joint"})
    if carry_out(
        request, form, lambda _: commands.plan_together(actor=at.actor, case=at.case, **form.told()), desk=desk
    ):
        return done(request, _list_url(at), "L’entretien est noté.")
    context = at.head(
        "case_together", form=form, desk=desk, title="Un entretien à plusieurs", button="Enregistrer",
        back=_list_url(at), agreed=agreed,
    )  # fmt: skip
    return page(request, "staff/unit/together_form.html", context, status=status_of(request))


def _row(at: Here, row_pk: int) -> JointInterview:
    return visible_or_404(JointInterview.objects.visible_to(at.actor).filter(case=at.case), pk=row_pk)


def together_edit(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Correct it before it is held; what somebody else wrote meanwhile is shown beside."""
    at = here_to_write(request, pk, "together.read")
    row = _row(at, row_pk)
    there = InterviewParty.objects.visible_to(at.actor).filter(interview=row).select_related("agreement")
    kept = [p.agreement for p in there]
    agreed = [*kept, *(a for a in queries.to_sit_with(at.actor, at.case) if a not in kept)]
    desk = drafts.open_desk(request, at.actor, f"together-edit:{row.pk}")
    initial = {name: getattr(row, name) for name in _FIELDS} | {"agreements": [a.pk for a in kept]}
    form = TogetherForm(agreed, request.POST or desk.initial(), initial=initial)
    both = BothTexts(form, "agreed")
    if carry_out(
        request,
        form,
        both.around(
            lambda d: commands.edit_together(actor=at.actor, interview=row, version=d["version"] or 0, **form.told())
        ),
        desk=desk,
    ):
        return done(request, _list_url(at), "C’est enregistré.")
    context = at.head(
        "case_together", form=form, desk=desk, title="Modifier l’entretien", button="Enregistrer",
        back=_list_url(at), agreed=agreed, **both.context(),
    )  # fmt: skip
    return page(request, "staff/unit/together_form.html", context, status=status_of(request))


@require_POST
def together_settle(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """It was held, or it is cancelled."""
    at = here_to_write(request, pk, "together.read")
    row = _row(at, row_pk)
    state = TogetherState.HELD if "held" in request.POST else TogetherState.CANCELLED
    try:
        commands.settle_together(actor=at.actor, interview=row, state=state)
    except Refused as refusal:
        return done(request, _list_url(at), str(refusal))
    return done(request, _list_url(at), "C’est noté.")
