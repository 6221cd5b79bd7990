"""Documents of a plan: kept, opened, analysed again, taken back.

Read by the URL configuration beside. Opening one is written down about the person before it is given.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.plans import commands_papers
from amarre.plans.models import Application, Document
from amarre.plans.policy import may_remove_document
from amarre.plans.queries_papers import applications, body_of, documents
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.papers_forms import DocumentForm
from amarre.web.ui.files import attachment
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404


def _url(at: Here) -> str:
    return reverse("staff:plan_documents", args=[at.case.pk])


def document_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent by each side; sending another."""
    at = here(request, pk, "document.list")
    choices = [(f.application.pk, f.label) for f in applications(at.actor, at.plan)] if at.plan else []
    form = DocumentForm(choices, request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> Document:
        plan = at.begun()
        chosen = Application.objects.visible_to(at.actor).of(plan).filter(pk=data["application"] or 0).first()
        file = data["file"]
        return commands_papers.add_document(
            actor=at.actor, plan=plan, name=file.name, content=file.read(), title=data["title"], application=chosen
        )

    if carry_out(request, form, act):
        return done(request, _url(at), "Document enregistré.")
    rows = documents(at.actor, at.plan) if at.plan else []
    found = [(d, d.removed_on is None and may_remove_document(at.actor, d)) for d in rows]
    context = at.head("plan_documents", found=found, form=form)
    return page(request, "staff/plans/documents.html", context, status=status_of(request))


def _document(at: Here, document_pk: int) -> Document:
    if at.plan is None:
        raise Http404
    rows = Document.objects.visible_to(at.actor).of(at.plan).filter(removed_on=None)
    return visible_or_404(rows.select_related("plan"), pk=document_pk)


def document(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Open it; not before the antivirus has seen it."""
    at = here(request, pk, "document.list")
    row = _document(at, document_pk)
    note_read(request, "document.read", row)
    body = body_of(at.actor, row)
    if body is None:
        raise Http404
    return attachment(body, row.file_name, row.kind)


@require_POST
def document_scan(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Ask the antivirus again."""
    at = here_to_write(request, pk, "document.list")
    row = _document(at, document_pk)
    return _then(request, at, lambda: commands_papers.scan_again(actor=at.actor, document=row), "C’est analysé.")


@require_POST
def document_remove(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Take back what the service sent."""
    at = here_to_write(request, pk, "document.list")
    row = _document(at, document_pk)
    return _then(request, at, lambda: commands_papers.remove_document(actor=at.actor, document=row), "Document retiré.")


def _then(request: HttpRequest, at: Here, act: Any, sentence: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _url(at), sentence)
