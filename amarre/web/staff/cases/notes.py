"""Writing and correcting notes.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.cases import commands_notes, policy
from amarre.cases.models import Case, Note
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.queries import choices
from amarre.web.staff.cases.conflicts import BothTexts
from amarre.web.staff.cases.forms import NoteEditForm, NoteForm
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404


def note_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note: the text first, the rest when it helps."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "case.read")
    desk = drafts.open_desk(request, actor, f"note:{row.pk}")
    form = NoteForm(choices(actor, "place")["place"], request.POST or desk.initial())
    if carry_out(request, form, lambda d: commands_notes.write_note(actor=actor, case=row, **d), desk=desk):
        return done(request, reverse("staff:case", args=[row.pk]), "Note enregistrée.")
    context = head(actor, row, "case") | {"title": "Écrire une note", "form": form, "desk": desk}
    return page(request, "staff/cases/note.html", context, status=status_of(request))


def _mine(request: HttpRequest, pk: int, note_pk: int) -> tuple[Actor, Case, Note]:
    actor = actor_of(request)
    row = open_case(request, actor, pk, "note.read")
    note = visible_or_404(
        Note.objects.visible_to(actor).filter(case=row).select_related("case__assignment"), pk=note_pk
    )
    if not policy.may_edit_note(actor, note):
        raise PermissionDenied
    return actor, row, note


def note_edit(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    """Correct my note; when it changed meanwhile, both texts are shown and nothing is lost."""
    actor, row, note = _mine(request, pk, note_pk)
    desk = drafts.open_desk(request, actor, f"note-edit:{note.pk}")
    form = NoteEditForm(
        choices(actor, "place")["place"], request.POST or desk.initial(), initial=NoteEditForm.values(note)
    )
    both = BothTexts(form, "body")
    if carry_out(
        request, form, both.around(lambda data: commands_notes.edit_note(actor=actor, note=note, **data)), desk=desk
    ):
        return done(request, reverse("staff:case", args=[row.pk]), "Note corrigée.")
    context = head(actor, row, "case") | {
        "form": form,
        "desk": desk,
        "note": note,
        "title": "Corriger ma note",
        **both.context(),
    }
    return page(request, "staff/cases/note.html", context, status=status_of(request))


@require_POST
def note_open(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    """Let the members read a note that I kept for myself."""
    actor, row, note = _mine(request, pk, note_pk)
    return _then(request, row, lambda: commands_notes.open_note(actor=actor, note=note), "Les membres peuvent la lire.")


def note_destroy(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    """Destroy a note that I kept for myself; asked twice."""
    actor, row, note = _mine(request, pk, note_pk)
    if request.method != "POST":
        return page(request, "staff/cases/destroy.html", head(actor, row, "case") | {"note": note})
    return _then(request, row, lambda: commands_notes.destroy_note(actor=actor, note=note), "Note détruite.")


def _then(request: HttpRequest, row: Case, act: Any, sentence: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("staff:case", args=[row.pk]), sentence)
