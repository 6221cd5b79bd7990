"""The mail of a member of the staff: what was sent to them or to a unit in which they sit.

Read by the URL configuration beside. The list holds no name and no word; a message shows after a button, since no GET
consumes anything. What was recalled, what is over and what never was answer alike.
"""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import queries_health as queries
from amarre.sharing.commands import answer_transmission, open_transmission
from amarre.sharing.models import Transmission
from amarre.sharing.queries import with_answers
from amarre.web.staff.inbox.forms import AnswerForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_SHOWN = 100


def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, unread first: from whom, when, what is expected."""
    actor = actor_of(request)
    rows = list(queries.inbox(actor)[:_SHOWN])
    note_read(request, "transmission.list", count=len(rows))
    context = {
        "unread": [r for r in rows if r.read_at is None],
        "read": [r for r in rows if r.read_at is not None],
        "questions": queries.waiting(actor).questions,
    }
    return page(request, "staff/inbox/inbox.html", context)


def inbox_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: a button while nobody has opened it, then its words; a POST answers."""
    actor = actor_of(request)
    row = _received(actor, pk)
    context = {"row": row, "crumbs": [Link("Courrier", reverse("staff:inbox")), Link(row.get_kind_display())]}
    if row.read_at is None:
        note_read(request, "transmission.list", count=1)
        return page(request, "staff/inbox/closed.html", context, status=status_of(request))
    note_read(request, "transmission.read", row)
    desk = drafts.open_desk(request, actor, f"inbox:{row.pk}")
    form = AnswerForm(row.kind, request.POST or desk.initial(), told=row.exception_id is None)
    act = answer_transmission
    if carry_out(request, form, lambda data: act(actor=actor, transmission=row, **data), desk=desk):
        return done(request, reverse("staff:inbox_item", args=[row.pk]), "Votre réponse est partie.")
    answers = with_answers(actor, [row])[0].answers
    context |= {"form": form, "desk": desk, "answers": answers, "me": actor.user_id}
    return page(request, "staff/inbox/item.html", context, status=status_of(request))


@require_POST
def inbox_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it: from then on it was read."""
    actor = actor_of(request)
    row = _received(actor, pk)
    with suppress(Refused):  # a colleague of the unit, or another page, opened it a moment ago
        open_transmission(actor=actor, transmission=row)
    return done(request, reverse("staff:inbox_item", args=[pk]))


def _received(actor: Actor, pk: int) -> Transmission:
    rows = Transmission.objects.visible_to(actor).received_by(actor)
    return visible_or_404(rows.select_related("sent_by", "unit"), pk=pk)
