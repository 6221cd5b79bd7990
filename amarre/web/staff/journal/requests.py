"""Requests about one's data: read and answered by the privacy officer, within a month.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.audit.commands import answer_about_data
from amarre.audit.models import DataRequest
from amarre.audit.policy import may_read_journal
from amarre.core.actor import Actor
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404


class AnswerForm(forms.Form):
    """What the person reads in their space."""

    answer = forms.CharField(
        label="Réponse à la personne", max_length=20_000, widget=forms.Textarea({"rows": 8}),
        help_text="Elle la lit dans son espace. Les données se remettent par un moyen sûr, convenu avec elle.",
    )  # fmt: skip


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_read_journal(actor):
        raise PermissionDenied
    return actor


def data_list(request: HttpRequest) -> HttpResponse:
    """Those that wait, the most urgent first; then those that were answered."""
    actor = _officer(request)
    rows = list(DataRequest.objects.visible_to(actor))
    note_read(request, "data.list", count=len(rows), own=True)
    waiting = [row for row in rows if row.answered_at is None]
    context = {"waiting": waiting, "answered": [r for r in rows if r.answered_at], "today": timezone.localdate()}
    return page(request, "staff/journal/requests.html", context)


def data_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one, and answer it."""
    actor = _officer(request)
    row = visible_or_404(DataRequest.objects.visible_to(actor), pk=pk)
    note_read(request, "data.read", row, own=True)
    desk = drafts.open_desk(request, actor, f"data:{row.pk}")
    form = AnswerForm(request.POST or desk.initial())
    waiting = row.answered_at is None
    sent = None
    if waiting:
        sent = carry_out(request, form, lambda d: answer_about_data(actor=actor, request=row, **d), desk=desk)
    if sent is not None:
        return done(request, reverse("staff:journal_requests"), "La réponse est partie.")
    context = {"row": row, "form": form if waiting else None, "desk": desk}
    return page(request, "staff/journal/request.html", context, status=status_of(request) if waiting else 200)
