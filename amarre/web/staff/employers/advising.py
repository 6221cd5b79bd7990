"""Advice to employers: what waits in the centre, one question and its answer, with the time that it took.

Read by the URL configuration beside. Social workers and the coordinator of the centre.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.commands_advice import answer_advice, set_aside_advice, take_advice
from amarre.organisations.models import Advice
from amarre.organisations.policy_contacts import may_answer_advice
from amarre.organisations.queries import label, labels
from amarre.organisations.states import AdviceState
from amarre.web.staff.employers.forms import AnswerForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_PER_PAGE = 25


def advice_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; then what was answered."""
    actor = _adviser(request)
    rows = Advice.objects.visible_to(actor).defer("question", "answer")
    rows = rows.select_related("establishment__company", "taken_by", "asked_by")
    waiting = [*rows.waiting().order_by("asked_at")[:100]]
    answered = rows.filter(state__in=(AdviceState.ANSWERED, AdviceState.CLOSED))
    found = Paginator(answered, _PER_PAGE).get_page(request.GET.get("page"))
    note_read(request, "advice.list", count=len(waiting) + len(found.object_list))
    context = {"waiting": waiting, "found": found, "themes": labels(actor, "advice_theme")["advice_theme"]}
    return page(request, "staff/employers/advices.html", context)


def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """A question; a POST answers it."""
    actor, row = _advice(request, pk)
    note_read(request, "advice.read", row)
    context = {
        "row": row,
        "theme": label(actor, "advice_theme", row.theme),
        "crumbs": [Link("Conseils", reverse("staff:advice_list")), Link(str(row.establishment))],
    }
    if row.state in (AdviceState.ANSWERED, AdviceState.CLOSED) and request.method != "POST":
        return page(request, "staff/employers/advice.html", context)
    desk = drafts.open_desk(request, actor, f"advice:{row.pk}")
    form = AnswerForm(request.POST or desk.initial())
    if carry_out(request, form, lambda data: answer_advice(actor=actor, advice=row, **data), desk=desk):
        return done(request, reverse("staff:advice_list"), "La réponse est partie.")
    return page(
        request, "staff/employers/advice.html", {**context, "form": form, "desk": desk}, status=status_of(request)
    )


@require_POST
def advice_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one answers it."""
    actor, row = _advice(request, pk)
    here = reverse("staff:advice", args=[row.pk])
    try:
        take_advice(actor=actor, advice=row)
    except Refused as refusal:
        return done(request, here, str(refusal))
    return done(request, here, "C’est noté\u00a0: vous y répondez.")


@require_POST
def advice_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The question is about somebody: erase its words."""
    actor, row = _advice(request, pk)
    try:
        set_aside_advice(actor=actor, advice=row)
    except Refused as refusal:
        return done(request, reverse("staff:advice", args=[row.pk]), str(refusal))
    return done(request, reverse("staff:advice_list"), "Le texte est effacé. L’employeur en lit la raison.")


def _adviser(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_answer_advice(actor):
        raise PermissionDenied("not an adviser")
    return actor


def _advice(request: HttpRequest, pk: int) -> tuple[Actor, Advice]:
    actor = _adviser(request)
    rows = Advice.objects.visible_to(actor)
    return actor, visible_or_404(rows.select_related("establishment__company", "asked_by", "taken_by"), pk=pk)
