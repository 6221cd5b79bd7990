"""A file of structures: sent, tried without writing anything, then imported; and what each import left out.

Read by the URL configuration beside. Between the two pages the file waits as a sealed draft of its sender's, which
nobody else can open; it goes when the import is done, or after thirty days.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.models import Draft
from amarre.core.tables import Unreadable
from amarre.directory.commands_import import import_directory
from amarre.directory.imports import FORMATS, Parsed, Report, compare
from amarre.directory.imports_finess import CATEGORIES, read_finess
from amarre.directory.imports_inclusion import read_inclusion
from amarre.directory.models import ImportRun
from amarre.directory.policy import may_import, may_see_runs
from amarre.web.staff.directory.forms import ImportForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

FORM = "import:directory"
_FAULTS_SHOWN, _RUNS_SHOWN = 200, 10


def directory_import(request: HttpRequest) -> HttpResponse:
    """Send a file; it is read, kept aside, and shown on the next page."""
    actor = _importer(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        content = sent.read()
        options = {name: form.cleaned_data[name] for name in ("layout", "source", "whole")} | {"name": sent.name}
        try:
            _read(content, options)
        except Unreadable as reason:
            form.add_error("file", str(reason))
        else:
            return done(request, _keep(actor, content, options))
    context = {
        "form": form,
        "crumbs": _crumbs(),
        "categories": sorted({category.label for category in CATEGORIES.values()}),
        "runs": [{"row": run, "format": FORMATS.get(run.format, run.format)} for run in _runs(actor)],
    }
    return page(request, "staff/directory/import.html", context, status=status_of(request))


def directory_import_check(request: HttpRequest, key: str) -> HttpResponse:
    """What the file would change, cell by cell; then do it."""
    actor = _importer(request)
    draft = visible_or_404(Draft.objects.visible_to(actor), form=FORM, page=key)
    content, options = _kept(draft)
    parsed = _read(content, options)
    form = Form(request.POST or None)
    report = carry_out(
        request, form,
        lambda _: import_directory(actor=actor, parsed=parsed, file_name=options["name"], layout=options["layout"],
                                   whole=options["whole"]),
    )  # fmt: skip
    if report is not None:
        _forget(actor, key)
        return done(request, reverse("staff:directory"), _sentence(report))
    report = compare(actor, parsed, whole=options["whole"]).report
    context = {
        "form": form,
        "options": options,
        "format": FORMATS[options["layout"]],
        "crumbs": _crumbs("Vérifier"),
        "sources": parsed.sources,
        **_shown(report),
    }
    return page(request, "staff/directory/import_check.html", context, status=status_of(request))


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What one import did, and what it left out."""
    actor = actor_of(request)
    if not may_see_runs(actor):
        raise PermissionDenied
    found = visible_or_404(ImportRun.objects.visible_to(actor), pk=pk)
    context = {
        "run": found,
        "format": FORMATS.get(found.format, found.format),
        "report": found.counts,
        "faults": found.problems[:_FAULTS_SHOWN],
        "more": max(0, len(found.problems) - _FAULTS_SHOWN),
        "crumbs": [Link("Annuaire", reverse("staff:directory")), Link("Un import")],
    }
    return page(request, "staff/directory/run.html", context)


def _runs(actor: Actor) -> list[ImportRun]:
    return [*ImportRun.objects.visible_to(actor).defer("problems")[:_RUNS_SHOWN]]


def _shown(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "faults": report.faults[:_FAULTS_SHOWN],
        "more": max(0, len(report.faults) - _FAULTS_SHOWN),
        "changes": report.changes,
    }


def _read(content: bytes, options: dict[str, Any]) -> Parsed:
    if options["layout"] == "finess":
        return read_finess(content)
    return read_inclusion(content, source=options["source"])


def _importer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_import(actor):
        raise PermissionDenied
    return actor


def _keep(actor: Actor, content: bytes, options: dict[str, Any]) -> str:
    """Seal the file aside; the address of the page that shows it."""
    key = secrets.token_hex(8)
    back = reverse("staff:directory_import_check", args=[key])
    values = {"file": [base64.b64encode(content).decode("ascii")], "options": [json.dumps(options)]}
    body = json.dumps({"back": back, "values": values})
    Draft(owner=actor.key, form=FORM, page=key, body=body, saved_at=timezone.now()).save()
    return back


def _kept(draft: Draft) -> tuple[bytes, dict[str, Any]]:
    values = json.loads(draft.body)["values"]
    options: dict[str, Any] = json.loads(values["options"][0])
    return base64.b64decode(values["file"][0]), options


def _forget(actor: Actor, key: str) -> None:
    Draft.objects.visible_to(actor).filter(form=FORM, page=key).delete()


def _sentence(report: Report) -> str:
    gone = f", {report.withdrawn} retirées" if report.withdrawn else ""
    left = f" {report.left_out} lignes n’ont pas été gardées." if report.left_out else ""
    return (
        f"Fichier importé\u00a0: {report.created} structures ajoutées, {report.updated} modifiées{gone}\u202f; "
        f"{report.services_created} services ajoutés, {report.services_updated} modifiés.{left}"
    )


def _crumbs(here: str = "") -> list[Link]:
    first = Link("Annuaire", reverse("staff:directory"))
    if not here:
        return [first, Link("Importer un fichier")]
    return [first, Link("Importer un fichier", reverse("staff:directory_import")), Link(here)]
