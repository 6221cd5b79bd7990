"""Announcing an action, and reading what it did: pages and files.

Read by the URL configuration beside. Papers, mail, calendar and account are the service's own, from the same facts and
through the same gate. Nothing here says how many signed up, came to a sensitive theme, or answered.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective import papers, told
from amarre.collective.models import Action
from amarre.collective.queries import account_of, sessions_of
from amarre.collective.states import ActionState
from amarre.core.actor import Actor
from amarre.core.paper import Unprintable
from amarre.web.employer.groups.standing import upcoming
from amarre.web.employer.groups.views import one
from amarre.web.ui.files import attachment
from amarre.web.ui.http import note_read, page, refused

_PDF, _CALENDAR = "application/pdf", "text/calendar; charset=utf-8"


def _told(request: HttpRequest, pk: int) -> tuple[Actor, Action]:
    """An action that may be announced: agreed, with a session to come; or 404."""
    actor, _, row = one(request, pk)
    if row.state != ActionState.AGREED or upcoming(sessions_of(actor, [row])[row.pk]) is None:
        raise Http404
    return actor, row


def action_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """What to hang up, to hand out, to forward."""
    actor, row = _told(request, pk)
    note_read(request, "action.read", row, own=True)
    mail = told.mail_for(actor, row)
    context = {
        "row": row,
        "meetings": told.told_of(actor, row).meetings,
        "papers": papers.TOLD.items(),
        "mail": mail,
        "mailto": f"mailto:?subject={quote(mail.subject)}&body={quote(mail.body)}",
    }
    return page(request, "employer/groups/tell.html", context)


def action_paper(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """A poster or a leaflet."""
    if which not in papers.TOLD:
        raise Http404
    actor, row = _told(request, pk)
    return _file(request, row, lambda: papers.told_paper(actor, row, which), f"{which}.pdf")


def action_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions to come, for a calendar."""
    actor, row = _told(request, pk)
    return _file(request, row, lambda: told.calendar_for(actor, row), "seances.ics", _CALENDAR)


def action_account(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, how many came, what they said: once the account is given."""
    actor, row = _given(request, pk)
    note_read(request, "action.account", row, own=True)
    return page(request, "employer/groups/account.html", {"row": row, "account": account_of(actor, row)})


def action_account_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on one page of paper."""
    actor, row = _given(request, pk)
    return _file(request, row, lambda: papers.account_paper(actor, row), "compte-rendu.pdf")


def _given(request: HttpRequest, pk: int) -> tuple[Actor, Action]:
    actor, _, row = one(request, pk)
    if row.report_on is None:
        raise Http404
    return actor, row


def _file(
    request: HttpRequest, row: Action, make: Callable[[], bytes], name: str, kind: str = _PDF
) -> HttpResponse:  # fmt: skip
    note_read(request, "action.paper", row, own=True)
    try:
        return attachment(make(), name, kind)
    except Unprintable as why:
        return refused(request, reverse("employer:action", args=[row.pk]), str(why))
