"""A file of companies: sent, tried without writing anything, then imported.

Read by the URL configuration beside. Between the two pages the file waits as a sealed draft of its sender's, which
nobody else can open; it goes when the import is done, or after thirty days.
"""

from __future__ import annotations

import base64
import json
import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.models import Draft
from amarre.core.tables import Table, Unreadable
from amarre.organisations.commands_import import import_companies
from amarre.organisations.imports import COLUMNS, Report, compare, read_companies
from amarre.organisations.policy import may_import
from amarre.web.staff.companies.forms import FileForm
from amarre.web.ui.http import actor_of, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

FORM = "import:companies"
_FAULTS_SHOWN = 200


def company_import(request: HttpRequest) -> HttpResponse:
    """Send a file; it is read, kept aside, and shown on the next page."""
    actor = _importer(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            read_companies(content)
        except Unreadable as reason:
            form.add_error("file", str(reason))
        else:
            return done(request, _keep(actor, content))
    columns = [names[0] for names in COLUMNS.values()]
    context = {"form": form, "crumbs": _crumbs(), "columns": columns}
    return page(request, "staff/companies/import.html", context, status=status_of(request))


def company_import_check(request: HttpRequest, key: str) -> HttpResponse:
    """What the file would change, cell by cell; then do it."""
    actor = _importer(request)
    draft = visible_or_404(Draft.objects.visible_to(actor), form=FORM, page=key)
    table = _table(draft)
    if request.method == "POST":
        report = import_companies(actor=actor, table=table)
        _forget(actor, key)
        return done(request, reverse("staff:company_list"), _sentence(report))
    report = compare(actor, table).report
    context = {
        "report": report,
        "faults": report.faults[:_FAULTS_SHOWN],
        "more": max(0, len(report.faults) - _FAULTS_SHOWN),
        "changes": report.created + report.updated + report.companies_created + report.companies_updated,
        "crumbs": _crumbs("Vérifier"),
    }
    return page(request, "staff/companies/import_check.html", context)


def _importer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_import(actor):
        raise PermissionDenied
    return actor


def _keep(actor: Actor, content: bytes) -> str:
    """Seal the file aside; the address of the page that shows it."""
    key = secrets.token_hex(8)
    back = reverse("staff:company_import_check", args=[key])
    body = {"back": back, "values": {"file": [base64.b64encode(content).decode("ascii")]}}
    Draft(owner=actor.key, form=FORM, page=key, body=json.dumps(body), saved_at=timezone.now()).save()
    return back


def _table(draft: Draft) -> Table:
    (content,) = json.loads(draft.body)["values"]["file"]
    return read_companies(base64.b64decode(content))


def _forget(actor: Actor, key: str) -> None:
    Draft.objects.visible_to(actor).filter(form=FORM, page=key).delete()


def _sentence(report: Report) -> str:
    left = f" {report.left_out} lignes n’ont pas été gardées." if report.left_out else ""
    return (
        f"Fichier importé\u00a0: {report.created} établissements ajoutés, {report.updated} modifiés, "
        f"{report.unchanged} inchangés.{left}"
    )


def _crumbs(here: str = "") -> list[Link]:
    first = Link("Entreprises", reverse("staff:company_list"))
    if not here:
        return [first, Link("Importer un fichier")]
    return [first, Link("Importer un fichier", reverse("staff:company_import")), Link(here)]
