"""Messages of the service to a contact: the list names nobody; a button opens one, which is then read and answered.

Read by the URL configuration beside. What was not sent to this contact, was taken back or is past its day answers as
what never was. What was opened counts among the readings that the watch bounds; the list is the contact's own.
"""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import commands, queries
from amarre.sharing.models import Transmission
from amarre.sharing.states import Kind
from amarre.web.employer.messages.forms import SAID, AnswerForm
from amarre.web.employer.mine import confirmed
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404

EXPECTS = frozenset({Kind.REQUEST, Kind.ORIENTATION})
"""What asks for an answer; the rest may have one."""
_SEALED = ("party", "subject", "content", "purpose_words")


def messages(request: HttpRequest) -> HttpResponse:
    """What was sent to me, what I have not opened first; nothing here says of whom, nor what."""
    actor, _ = confirmed(request)
    rows = Transmission.objects.visible_to(actor).received_by(actor).defer(*_SEALED).order_by("-sent_at")
    found = queries.with_answers(actor, rows.select_related("contact__establishment__company"))
    note_read(request, "transmission.list", count=len(found), own=True)
    lines = [(sent, sent.row.kind in EXPECTS) for sent in sorted(found, key=lambda s: s.row.read_at is not None)]
    return page(request, "employer/messages/list.html", {"lines": lines})


def _one(request: HttpRequest, pk: int) -> tuple[Actor, Transmission]:
    actor, _ = confirmed(request)
    rows = Transmission.objects.visible_to(actor).received_by(actor)
    return actor, visible_or_404(rows.select_related("contact__establishment__company"), pk=pk)


def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed, a button; opened, its words as they were sent, what was answered, and the answer form."""
    actor, row = _one(request, pk)
    if row.read_at is None:
        note_read(request, "transmission.seen", row)
        return page(request, "employer/messages/closed.html", {"row": row, "expects": row.kind in EXPECTS})
    note_read(request, "transmission.read", row)
    desk = drafts.open_desk(request, actor, f"employer-answer:{pk}")
    form = AnswerForm(row.kind, request.POST or desk.initial(), agreed=row.agreement_id is not None)
    made = carry_out(
        request,
        form,
        lambda d: commands.answer_transmission(actor=actor, transmission=row, kind=d["kind"], words=d["words"]),
        desk=desk,
    )
    if made is not None:
        return done(request, reverse("employer:message", args=[pk]), "Votre réponse est partie.")
    (sent,) = queries.with_answers(actor, [row])
    answers = [(a, SAID.get(a.kind) or a.get_kind_display()) for a in sent.answers]
    context = {"row": row, "answers": answers, "form": form, "desk": desk}
    return page(request, "employer/messages/one.html", context, status=status_of(request))


@require_POST
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """I open it; from now on it was read. A second click changes nothing."""
    actor, row = _one(request, pk)
    with suppress(Refused):
        commands.open_transmission(actor=actor, transmission=row)
    return done(request, reverse("employer:message", args=[pk]))
