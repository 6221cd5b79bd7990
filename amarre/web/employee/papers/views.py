"""My applications and their papers, my budget, my documents: sent from here as a photograph.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.core.ledger import Line, subject_of, write
from amarre.plans import commands_papers
from amarre.plans.models import Application, Document
from amarre.plans.policy import may_remove_document
from amarre.plans.queries_papers import applications, body_of, budgets, documents, followed
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.ui.fields import FileField, choice_field
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404


class SendForm(forms.Form):
    """A paper: a photograph, or a PDF."""

    use_required_attribute = False
    file = FileField(
        label=gettext_lazy("Le papier"),
        help_text=gettext_lazy("Une photo de la page, ou un fichier PDF. 10 Mo au plus."),
    )
    title = forms.CharField(
        label=gettext_lazy("Ce que c’est"), max_length=120, required=False,
        help_text=gettext_lazy("Par exemple : lettre de la caisse. Vous pouvez laisser vide."),
    )  # fmt: skip
    application = forms.TypedChoiceField(
        label=gettext_lazy("Pour quelle démarche ?"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, choices: list[tuple[Any, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "application").choices = [("", _("Aucune, ou je ne sais pas")), *choices]


def application_list(request: HttpRequest) -> HttpResponse:
    """Where my applications stand."""
    actor, mine = my_plan(request, "procedure.read")
    context = {"found": applications(actor, mine), "worker": worker_of(request, mine)}
    return page(request, "employee/papers/applications.html", context)


def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: who decides, which papers are still missing, what comes next."""
    actor, mine = my_plan(request, "procedure.read")
    row = visible_or_404(Application.objects.visible_to(actor).of(mine), pk=pk)
    known = followed(actor, [row])
    if not known:
        raise Http404
    return page(request, "employee/papers/application.html", {"f": known[0], "worker": worker_of(request, mine)})


def budget(request: HttpRequest) -> HttpResponse:
    """My budget, at its two last dates."""
    actor, mine = my_plan(request, "budget.read")
    context = {"columns": budgets(actor, mine)[-2:], "worker": worker_of(request, mine)}
    return page(request, "employee/papers/budget.html", context)


def document_list(request: HttpRequest) -> HttpResponse:
    """What was sent, by me and to me."""
    actor, mine = my_plan(request, "document.list")
    found = [(d, may_remove_document(actor, d)) for d in documents(actor, mine) if d.removed_on is None]
    context = {"found": found, "worker": worker_of(request, mine)}
    return page(request, "employee/papers/documents.html", context)


def document_new(request: HttpRequest) -> HttpResponse:
    """Send a paper."""
    actor, mine = my_plan(request, "document.list")
    choices = [(f.application.pk, f.in_full) for f in applications(actor, mine)]
    form = SendForm(choices, request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> Document:
        chosen = Application.objects.visible_to(actor).of(mine).filter(pk=data["application"] or 0).first()
        file = data["file"]
        return commands_papers.add_document(
            actor=actor, plan=mine, name=file.name, content=file.read(), title=data["title"], application=chosen
        )

    if carry_out(request, form, act):
        return done(request, reverse("employee:document_list"), _("Le papier est bien arrivé."))
    context = {"form": form, "most": settings.AMARRE_UPLOAD_MAX}
    return page(request, "employee/papers/document_new.html", context, status=status_of(request))


def _seen(request: HttpRequest, pk: int) -> Document:
    """A document of mine, or one that was shared with me."""
    return visible_or_404(Document.objects.visible_to(actor_of(request)).filter(removed_on=None), pk=pk)


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it; not before the antivirus has seen it."""
    actor, row = actor_of(request), _seen(request, pk)
    write(actor, Line(verb="document.read", outcome="read", subject=subject_of(row)))  # a relative sees no plan
    body = body_of(actor, row)
    if body is None:
        raise Http404
    return attachment(body, row.file_name, row.kind)


@require_POST
def document_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the antivirus again."""
    actor, mine = my_plan(request, "document.list")
    row = visible_or_404(Document.objects.visible_to(actor).of(mine).select_related("plan"), pk=pk)
    sentence = _("C’est analysé.")
    try:
        commands_papers.scan_again(actor=actor, document=row)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("employee:document_list"), sentence)


def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a paper that I sent; asked twice."""
    actor, mine = my_plan(request, "document.list")
    rows = Document.objects.visible_to(actor).of(mine).filter(side="person", removed_on=None)
    row = visible_or_404(rows.select_related("plan"), pk=pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if carry_out(request, form, lambda _data: commands_papers.remove_document(actor=actor, document=row)):
        return done(request, reverse("employee:document_list"), _("Le papier est retiré."))
    return page(request, "employee/papers/remove.html", {"document": row, "form": form}, status=status_of(request))
