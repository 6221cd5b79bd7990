"""Letters of a case: filed, downloaded as they were made, as a PDF where the house has LibreOffice.

Read by the URL configuration beside. A download is an attachment, and is written down before it is given.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core import office
from amarre.core.commands import Refused
from amarre.sharing import queries_letters as queries
from amarre.sharing.models import Letter
from amarre.web.staff.plans.base import here
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, done, note_read, page, visible_or_404


def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written from this case, and what may be written now."""
    at = here(request, pk, "letter.list")
    context = at.head(
        "letters",
        letters=queries.letters_of(at.actor, at.case),
        to_carry=queries.to_carry(at.actor, at.case) if at.is_open else [],
        office=office.available(),
    )
    return page(request, "staff/letters/letters.html", context)


def _kept(request: HttpRequest, pk: int) -> tuple[Letter, bytes]:
    """A letter of one of my cases, once it is written down that it was opened."""
    actor = actor_of(request)
    row = visible_or_404(Letter.objects.visible_to(actor), pk=pk)
    note_read(request, "letter.read", row)
    body = queries.file_of(actor, row)
    if body is None:
        raise Http404
    return row, body


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter, as it was made."""
    row, body = _kept(request, pk)
    return attachment(body, row.file_name, row.mime)


def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter made in Word, as a PDF; where that cannot be done, it is said."""
    row, body = _kept(request, pk)
    if not queries.is_word(row):
        return attachment(body, row.file_name, row.mime)
    try:
        made = office.to_pdf(body)
    except Refused as refusal:
        return done(request, reverse("staff:letters", args=[row.case_id]), str(refusal))
    return attachment(made, row.file_name.removesuffix("docx") + "pdf", "application/pdf")
