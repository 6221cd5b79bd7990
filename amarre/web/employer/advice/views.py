"""Advice about nobody: mine, a new one, one and its answer.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.organisations.commands_advice import ask_advice, close_advice
from amarre.organisations.models import Advice
from amarre.organisations.queries import choices, label, labels
from amarre.organisations.states import AdviceState
from amarre.web.employer.advice.forms import AdviceForm
from amarre.web.employer.mine import confirmed
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404

_NEWEST = 50


def advice_list(request: HttpRequest) -> HttpResponse:
    """What I asked, the newest first."""
    actor, _ = confirmed(request)
    rows = [*Advice.objects.visible_to(actor).defer("question", "answer")[:_NEWEST]]
    note_read(request, "advice.list", count=len(rows))
    context = {"rows": rows, "themes": labels(actor, "advice_theme")["advice_theme"]}
    return page(request, "employer/advice/list.html", context)


def advice_new(request: HttpRequest) -> HttpResponse:
    """Write a question that names nobody."""
    actor, contacts = confirmed(request)
    desk = drafts.open_desk(request, actor, "employer-advice:0")
    form = AdviceForm(contacts, choices(actor, "advice_theme")["advice_theme"], request.POST or desk.initial())
    made = carry_out(
        request,
        form,
        lambda d: ask_advice(actor=actor, contact=form.contact(), theme=d["theme"], question=d["question"]),
        desk=desk,
    )
    if made is not None:
        return done(request, reverse("employer:advice_list"), "Votre question est partie. La réponse arrive ici.")
    return page(request, "employer/advice/new.html", {"form": form, "desk": desk}, status=status_of(request))


def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """The question and its answer; a POST says that it was read."""
    actor, _ = confirmed(request)
    row = visible_or_404(Advice.objects.visible_to(actor).select_related("asked_by", "establishment__company"), pk=pk)
    if request.method == "POST":
        if row.state == AdviceState.ANSWERED:
            close_advice(actor=actor, advice=row)
        return done(request, reverse("employer:advice_list"), "C’est noté.")
    note_read(request, "advice.read", row)
    context = {"row": row, "theme": label(actor, "advice_theme", row.theme)}
    return page(request, "employer/advice/one.html", context)
