"""An item that names nobody: written, read again for what would give somebody away, then put on the agenda.

Read by the URL configuration beside. The page opens from a meeting, never from a case: nothing leads to one.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from amarre.core.commands import Refused
from amarre.sharing import commands_meetings as commands
from amarre.sharing import policy_meetings as policy
from amarre.sharing.anonymity import signs
from amarre.sharing.models import AgendaItem
from amarre.sharing.queries_meetings import known_people
from amarre.web.staff.unit.forms import NamelessForm
from amarre.web.staff.unit.meetings import url_of
from amarre.web.staff.unit.views import a_meeting, crumbs
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of
from amarre.web.ui.parts import Link


def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Write it; then read it again, as the unit will."""
    actor, meeting = a_meeting(request, pk)
    if not policy.may_put_nameless(actor):
        raise PermissionDenied("puts no item")
    desk = drafts.open_desk(request, actor, f"unit-nameless:{meeting.pk}")
    form = NamelessForm(request.POST or desk.initial())
    context = {"meeting": meeting, "form": form, "desk": desk, "crumbs": crumbs(meeting, Link("Point anonyme"))}

    def act(data: dict[str, str]) -> AgendaItem:
        found = signs(data["words"], known_people(actor))
        if not found.plain and data["reread"] != commands.reread_as(data["words"]):
            context.update(remarks=found.weak, words=data["words"], reread=commands.reread_as(data["words"]))
            raise Refused("Relisez-le.")
        return commands.put_nameless(actor=actor, meeting=meeting, **data)

    put = carry_out(request, form, act, desk=desk) if "again" not in request.POST else None
    if put is not None:
        return done(request, url_of(meeting), "Le point anonyme est à l’ordre du jour.")
    if "words" in context:
        return page(request, "staff/unit/reread.html", context)
    return page(request, "staff/unit/nameless.html", context, status=status_of(request))
