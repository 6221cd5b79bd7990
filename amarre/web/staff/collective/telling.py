"""To announce an action, and the papers of it: posters, mail, calendar, card of questions, account, certificates.

Read by the URL configuration beside. A paper that cannot be made yet says why, on the page of the action.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective import commands, papers, policy, told
from amarre.collective.models import Action, Attendance, Session
from amarre.collective.queries import suggestions
from amarre.collective.states import ActionState
from amarre.core.actor import Actor
from amarre.core.paper import Unprintable
from amarre.directory.queries import place_of
from amarre.web.staff.collective import forms as f
from amarre.web.staff.collective.base import badge, crumbs, one, somebody, url_of
from amarre.web.ui import drafts
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, refused, status_of, visible_or_404
from amarre.web.ui.parts import Link

_PDF, _CALENDAR = "application/pdf", "text/calendar; charset=utf-8"


def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """What is announced, on papers and by mail; a POST says what they name nearby, and that it is announced."""
    actor = actor_of(request)
    row = one(actor, pk)
    may = policy.may_arrange(actor) and row.state == ActionState.AGREED
    if request.method == "POST":
        somebody(request, policy.may_arrange)
    note_read(request, "action.read", row, own=True)
    desk = drafts.open_desk(request, actor, f"action-tell:{row.pk}") if may else None
    sent = request.POST if request.method == "POST" else desk.initial() if desk else None
    form = f.TellForm(_nearby(actor, row), sent, initial=row)
    said = carry_out(request, form, lambda data: commands.tell_action(actor=actor, action=row, **data), desk=desk)
    if said is not None:
        return done(request, reverse("staff:collective_tell", args=[row.pk]), "C’est noté. Les papiers sont à jour.")
    context: dict[str, Any] = {
        "row": row, "form": form if may else None, "desk": desk, "papers": papers.TOLD.items(),
        "badges": [badge(row)], "crumbs": crumbs(Link(row.title, url_of(row)), Link("Annoncer")),
        "unchecked": [number for number in told.numbers_of(actor, row.theme) if number.checked_on is None],
    }  # fmt: skip
    try:
        context |= {"mail": told.mail_for(actor, row), "meetings": told.told_of(actor, row).meetings}
    except Unprintable as why:
        context["why_not"] = str(why)
    return page(request, "staff/collective/tell.html", context, status=status_of(request))


def _nearby(actor: Actor, row: Action) -> list[str]:
    """Structures of the directory for this theme, near this place, as a line of a poster."""
    where = row.establishment
    place = place_of(actor, where.postcode or where.city) if where else None
    found = [s for suggestion in suggestions(actor, row, place) for s in suggestion.structures]
    lines = []
    for structure in found:
        more = ", ".join(part for part in (structure.city, structure.phone) if part)
        name = structure.name[: commands.LONGEST_CONTACT - len(more) - 2]
        lines.append(f"{name}, {more}" if more else name)
    return [*dict.fromkeys(lines)]


def _file(
    request: HttpRequest, back: str, make: Callable[[], bytes], name: str, kind: str = _PDF
) -> HttpResponse:  # fmt: skip
    try:
        return attachment(make(), name, kind)
    except Unprintable as why:
        return refused(request, back, str(why))


def paper(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """A poster or a leaflet."""
    actor = actor_of(request)
    row = one(actor, pk)
    if which not in papers.TOLD:
        raise Http404
    note_read(request, "action.paper", row, own=True)
    return _file(request, url_of(row), lambda: papers.told_paper(actor, row, which), f"{which}.pdf")


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions to come, for a calendar."""
    actor = actor_of(request)
    row = one(actor, pk)
    note_read(request, "action.paper", row, own=True)
    return _file(request, url_of(row), lambda: told.calendar_for(actor, row), "seances.ics", _CALENDAR)


def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card that opens the questions."""
    actor = actor_of(request)
    row = one(actor, pk)
    note_read(request, "action.paper", row, own=True)
    return _file(request, url_of(row), lambda: papers.evaluation_card(actor, row), "votre-avis-a5.pdf")


def account_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The account, on one page."""
    actor = actor_of(request)
    row = one(actor, pk)
    note_read(request, "action.paper", row, own=True)
    return _file(request, url_of(row), lambda: papers.account_paper(actor, row), "compte-rendu.pdf")


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Empty lines to sign."""
    actor = somebody(request, policy.may_arrange)
    row = visible_or_404(Session.objects.visible_to(actor), pk=pk)
    note_read(request, "action.paper", row, own=True)
    back = reverse("staff:collective_session", args=[row.pk])
    return _file(request, back, lambda: papers.sign_in_sheet(actor, row), f"emargement-{row.day}.pdf")


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who came to a training takes away."""
    actor = somebody(request, policy.may_arrange)
    line = visible_or_404(Attendance.objects.visible_to(actor), pk=pk)
    note_read(request, "attendance.read", line, own=True)
    back = reverse("staff:collective_session", args=[line.session_id])
    return _file(request, back, lambda: papers.certificate_paper(actor, line), "attestation.pdf")
