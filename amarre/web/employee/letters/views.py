"""What was written to me, and what was sent on paper with my agreement.

Read by the URL configuration beside. What leaves under an exception of the law is not here (`sharing.policy_letters`).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from amarre.sharing.models import Letter
from amarre.sharing.queries_letters import file_of, my_letters
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, note_read, page, visible_or_404


def letter_list(request: HttpRequest) -> HttpResponse:
    """Letters to me first, then those to others."""
    actor, mine = my_plan(request, "letter.list")
    rows = my_letters(actor)
    context = {
        "to_me": [row for row in rows if row.transmission_id is None],
        "to_others": [row for row in rows if row.transmission_id is not None],
        "worker": worker_of(request, mine),
    }
    return page(request, "employee/letters/letters.html", context)


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one."""
    actor = actor_of(request)
    row = visible_or_404(Letter.objects.visible_to(actor), pk=pk)
    note_read(request, "letter.read", row)
    body = file_of(actor, row)
    if body is None:
        raise Http404
    return attachment(body, row.file_name, row.mime)
