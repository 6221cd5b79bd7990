"""Fact sheets: written by the social service, read by their audience, printed as they stand. They are about nobody.

Read by the URL configuration beside.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import commands_health as commands
from amarre.sharing.models import FactSheet
from amarre.sharing.policy_health import may_write_sheets
from amarre.web.staff.health.forms import SheetForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_LIST = "Fiches"


def sheet_list(request: HttpRequest) -> HttpResponse:
    """Those that one may read; drafts first for whoever writes them."""
    actor = actor_of(request)
    rows = list(FactSheet.objects.visible_to(actor).defer("body")[:300])
    context = {
        "drafts": [r for r in rows if r.published_on is None],
        "published": [r for r in rows if r.published_on is not None],
        "may_write": may_write_sheets(actor),
    }
    return page(request, "staff/health/sheets.html", context)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet."""
    actor = actor_of(request)
    row = visible_or_404(FactSheet.objects.visible_to(actor).select_related("author"), pk=pk)
    crumbs = [Link(_LIST, reverse("staff:sheet_list")), Link(row.title)]
    return page(
        request, "staff/health/sheet.html", {"row": row, "crumbs": crumbs, "may_write": may_write_sheets(actor)}
    )


def sheet_new(request: HttpRequest) -> HttpResponse:
    """Write one."""
    actor = _writer(request)
    desk = drafts.open_desk(request, actor, "sheet")
    form = SheetForm(request.POST or desk.initial())
    made = carry_out(request, form, lambda data: commands.write_sheet(actor=actor, **data), desk=desk)
    if made:
        sentence = "La fiche est enregistrée. Relisez-la, puis publiez-la."
        return done(request, reverse("staff:sheet", args=[made.pk]), sentence)
    crumbs = [Link(_LIST, reverse("staff:sheet_list")), Link("Nouvelle fiche")]
    context = {
        "form": form,
        "desk": desk,
        "crumbs": crumbs,
        "title": "Nouvelle fiche",
        "back": reverse("staff:sheet_list"),
    }
    return page(request, "staff/health/sheet_form.html", context, status=status_of(request))


def sheet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one."""
    actor, row = _sheet(request, pk)
    here = reverse("staff:sheet", args=[row.pk])
    desk = drafts.open_desk(request, actor, f"sheet:{row.pk}")
    stands = {name: getattr(row, name) for name in ("title", "audience", "body")}
    form = SheetForm(request.POST or desk.initial(), initial=stands)
    if carry_out(request, form, lambda data: commands.edit_sheet(actor=actor, sheet=row, **data), desk=desk):
        return done(request, here, "La fiche est corrigée.")
    crumbs = [Link(_LIST, reverse("staff:sheet_list")), Link(row.title, here), Link("Modifier")]
    context = {"form": form, "desk": desk, "crumbs": crumbs, "title": "Modifier la fiche", "back": here}
    return page(request, "staff/health/sheet_form.html", context, status=status_of(request))


@require_POST
def sheet_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to its audience."""
    return _do(request, pk, commands.publish_sheet, "La fiche est publiée.")


@require_POST
def sheet_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    return _do(request, pk, commands.withdraw_sheet, "La fiche n’est plus publiée.")


@require_POST
def sheet_review(request: HttpRequest, pk: int) -> HttpResponse:
    """It still holds."""
    return _do(request, pk, commands.review_sheet, "C’est noté\u00a0: relue aujourd’hui.")


def _do(request: HttpRequest, pk: int, act: Callable[..., FactSheet], sentence: str) -> HttpResponse:
    actor, row = _sheet(request, pk)
    here = reverse("staff:sheet", args=[row.pk])
    try:
        act(actor=actor, sheet=row)
    except Refused as refusal:
        return done(request, here, str(refusal))
    return done(request, here, sentence)


def _writer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_write_sheets(actor):
        raise PermissionDenied
    return actor


def _sheet(request: HttpRequest, pk: int) -> tuple[Actor, FactSheet]:
    """The sheet, for whoever may write it."""
    row = visible_or_404(FactSheet.objects.visible_to(actor_of(request)), pk=pk)
    return _writer(request), row
