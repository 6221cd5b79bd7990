"""The five verbs of a view: `visible_or_404`, `page`, `carry_out`, `done`, `refused`.

Read by every door. Must not know any room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import IntegrityError, models, transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from psycopg.errors import UniqueViolation

from amarre.core.commands import Refused
from amarre.core.ledger import Line, subject_of, write
from amarre.web.ui import drafts
from amarre.web.ui.scope import actor_of as actor_of
from amarre.web.ui.scope import came_from as came_from
from amarre.web.ui.scope import trace_of

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")


def visible_or_404(rows: models.QuerySet[M], **wanted: object) -> M:
    """The one row among those visible, or 404; missing and invisible answer alike."""
    row = rows.filter(**wanted).first()
    if row is None:
        raise Http404
    return row


def note_read(
    request: HttpRequest, verb: str, thing: models.Model | None = None, *, count: int | None = None, own: bool = False
) -> None:
    """Write down that something was read, before it is shown.

    `own`: a list of nothing but the reader's own work. Any other list counts among what they read, once per address.
    """
    person_id, case_id = getattr(thing, "person_id", None), getattr(thing, "case_id", None)
    line = Line(
        verb=verb, outcome="read", subject=subject_of(thing), person_id=person_id, case_id=case_id, count=count,
        own=own, trace=trace_of(request),
    )  # fmt: skip
    write(actor_of(request), line)


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The page, or its named part when HTMX asks for one. Rendered here, inside the scope."""
    if part and request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        template = f"{template}#{part}"
    response = TemplateResponse(request, template, context or {}, status=status)
    response["Vary"] = "HX-Request"
    return response.render()


def carry_out(
    request: HttpRequest, form: BaseForm, act: Callable[[dict[str, Any]], R], *, desk: drafts.Desk | None = None
) -> R | None:
    """Validate, do, forget the draft. None when the form or the trade says no: show the form again, as 422.

    A refusal undoes all that was done before it. A page with a desk is carried out once, however often it is sent.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            if desk is not None:
                drafts.spend(request, actor_of(request))
            result = act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    except IntegrityError as clash:  # two requests at once, both found the place free
        if not isinstance(clash.__cause__, UniqueViolation):
            raise
        form.add_error(None, "Cela vient d’être enregistré par une autre page. Rechargez pour le voir.")
        return None
    if desk is not None:
        drafts.forget(request, actor_of(request))
    return result


def done(request: HttpRequest, url: str, sentence: str = "") -> HttpResponse:
    """Go on to `url`, with one sentence about what was done."""
    if sentence:
        messages.success(request, sentence)
    return _onward(request, url)


def refused(request: HttpRequest, url: str, why: str) -> HttpResponse:
    """Go back to `url`, with the reason why nothing was done: never in the colours of what was."""
    messages.error(request, why)
    return _onward(request, url)


def _onward(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def status_of(request: HttpRequest) -> int:
    """422 for a form that came back, 200 for one that is being opened."""
    return 422 if request.method == "POST" else 200
