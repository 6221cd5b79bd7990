"""What was sent to a partner: the list, one message, opening it, answering it; and the page of a link.

Read by the URL configuration beside. Nothing is consumed by a GET: what was sent shows after a button. Whoever came by
a link has one message, at an address that names none.
"""

from __future__ import annotations

import contextlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.core.ledger import Line, write
from amarre.directory.models import PartnerContact
from amarre.sharing.commands import answer_transmission, open_transmission
from amarre.sharing.commands_links import count_a_miss, open_link
from amarre.sharing.models import AccessLink, Answer, Orientation, Transmission
from amarre.sharing.queries import with_answers
from amarre.sharing.queries_orientations import orientation_of, received_orientations, waits
from amarre.sharing.states import AnswerKind, Kind
from amarre.sharing.states_orientations import OrientationState
from amarre.web.partner.answers import closed, discreet
from amarre.web.partner.forms import AnswerForm, CodeForm
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404

NO_WAY_IN = "Ce code n’ouvre rien. Vérifiez les chiffres\u00a0; après cinq erreurs, demandez un autre lien."
_A, _S = AnswerKind, OrientationState
# The one answer that a partner most often gives, by where the orientation stands; and whether « no » may be said.
_FIRST: dict[str, tuple[str, str]] = {
    _S.SEEN: (_A.ACCEPTED, "J’accepte"),
    _S.ACCEPTED: (_A.STARTED, "C’est commencé"),
    _S.STARTED: (_A.ENDED, "C’est terminé"),
    _S.REFUSED: (_A.ACCEPTED, "Finalement, j’accepte"),
}
_MAY_REFUSE = (_S.SEEN, _S.ACCEPTED)


def home(request: HttpRequest) -> HttpResponse:
    """What was sent to me and may be read, what waits first."""
    actor = actor_of(request)
    rows = received_orientations(actor)
    note_read(request, "transmission.list", count=len(rows))
    context = {
        "waiting": [pair for pair in rows if waits(*pair)],
        "others": [pair for pair in rows if not waits(*pair)],
    }
    return page(request, "partner/home.html", context)


def me(request: HttpRequest) -> HttpResponse:
    """What the service knows of me, and what this access opens."""
    rows = PartnerContact.objects.visible_to(actor_of(request)).filter(ended_on=None)
    return page(request, "partner/me.html", {"contacts": list(rows.select_related("structure"))})


@sensitive_variables("secret")
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A page that is the same for every link, of today, of yesterday or of nobody; the code opens what may be read."""
    actor, form = actor_of(request), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _opened(actor):
            return discreet(done(request, reverse("partner:message")))
        form.add_error("code", NO_WAY_IN)
    return discreet(page(request, "partner/link.html", {"form": form}, status=status_of(request)))


def _opened(actor: Actor) -> bool:
    """Whether the code was right; a wrong one is counted when there is something to count on."""
    live = AccessLink.objects.visible_to(actor).filter(ended_at=None, expires_at__gt=timezone.now())
    row = live.defer("email", "secret").first()
    if row is None:
        write(actor, Line(verb="link.miss", outcome="refused"))
    elif row.pass_digest == actor.token:
        open_link(actor=actor, link=row)
        return True
    else:
        with contextlib.suppress(Refused):
            count_a_miss(actor=actor, link=row)
    return False


def _received(request: HttpRequest, pk: int | None) -> Transmission | None:
    """The message of an address, or 404; by a link the only one there is, or None."""
    rows = Transmission.objects.visible_to(actor_of(request)).received_by(actor_of(request))
    return rows.first() if pk is None else visible_or_404(rows, pk=pk)


def _url(act: str, pk: int | None) -> str:
    name = "message" if pk is None else "received"
    return reverse(f"partner:{name}{act}", args=[] if pk is None else [pk])


def message(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One message: a button while it is unread, then its words and what one can answer."""
    row = _received(request, pk)
    return closed(request) if row is None else _show(request, row, pk, AnswerForm())


def _show(request: HttpRequest, row: Transmission, pk: int | None, form: AnswerForm) -> HttpResponse:
    actor = actor_of(request)
    urls = {"by_link": pk is None, "open_url": _url("_open", pk), "answer_url": _url("_answer", pk)}
    if row.read_at is None:
        return discreet(page(request, "partner/unread.html", {"message": row, **urls}, status=status_of(request)))
    note_read(request, "transmission.read", row)
    orientation = orientation_of(actor, row)
    context = {
        "message": row,
        "answers": with_answers(actor, [row])[0].answers,
        "orientation": orientation,
        "form": form,
        "said": form.data.get("kind", ""),
        **_what_next(row, orientation),
        **urls,
    }
    return discreet(page(request, "partner/message.html", context, status=status_of(request)))


def _what_next(row: Transmission, orientation: Orientation | None) -> dict[str, Any]:
    """The answers that fit."""
    if orientation is not None:
        first = _FIRST.get(orientation.state)
        return {"first": first, "may_refuse": orientation.state in _MAY_REFUSE, "reasons": True}
    if row.kind == Kind.REQUEST:
        return {"first": (AnswerKind.ACCEPTED, "D’accord"), "may_refuse": True, "reasons": False}
    return {"first": None, "may_refuse": False, "reasons": False}


@require_POST
def open_it(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """From now on it was read."""
    row = _received(request, pk)
    if row is None:
        return closed(request)
    with contextlib.suppress(Refused):  # opened already
        open_transmission(actor=actor_of(request), transmission=row)
    return discreet(done(request, _url("", pk)))


@require_POST
def answer(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Yes, no and why, begun, over, or a few words."""
    row = _received(request, pk)
    if row is None:
        return closed(request)
    form, actor = AnswerForm(request.POST), actor_of(request)

    def act(data: dict[str, Any]) -> Answer:
        return answer_transmission(actor=actor, transmission=row, **data)

    if carry_out(request, form, act):
        return discreet(done(request, _url("", pk), "Votre réponse est partie."))
    return _show(request, row, pk, form)
