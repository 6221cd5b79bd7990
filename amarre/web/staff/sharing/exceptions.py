"""What the law lets be said without an agreement: a page of its own, a basis, a reason; and somebody else's re-reading.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.sharing import commands, policy, queries
from amarre.sharing import commands_agreements as acts
from amarre.sharing.models import LawException, Transmission
from amarre.web.staff.plans.base import here
from amarre.web.staff.sharing import people
from amarre.web.staff.sharing.forms import ExceptionForm, ReviewForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404


def exception_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Basis, reason, recipient, words; then the check page, as for everything that leaves."""
    at = here(request, pk, "sharing.read")
    if not policy.may_except(at.actor, at.case):
        raise PermissionDenied
    found = people.parties(at.actor, at.case)
    desk = drafts.open_desk(request, at.actor, f"exception:{pk}")
    initial = {"subject": at.case.person.full_name if at.case.person else ""}
    form = ExceptionForm(people.grouped(found), request.POST or desk.initial(), initial=initial)

    def act(data: dict[str, Any]) -> Transmission:
        made = acts.declare_exception(
            actor=at.actor, case=at.case, basis=data["basis"], reason_words=data["reason_words"]
        )
        to = people.chosen(found, data["to"], data["to_words"])
        return commands.prepare_exception(
            actor=at.actor, case=at.case, exception=made, to=to, subject=data["subject"], content=data["content"]
        )

    row = carry_out(request, form, act, desk=desk)
    if row is not None:
        return done(request, reverse("staff:transmission", args=[row.pk]))
    context = at.head("sharing", form=form, desk=desk)
    return page(request, "staff/sharing/exception.html", context, status=status_of(request))


def _reader(request: HttpRequest) -> Any:
    actor = actor_of(request)
    if not actor.has("social_worker", "coordinator"):
        raise PermissionDenied
    return actor


def exception_list(request: HttpRequest) -> HttpResponse:
    """Exceptions that wait for somebody else's eyes."""
    actor = _reader(request)
    rows = queries.to_review(actor)
    note_read(request, "exception.list", count=len(rows))
    context = {"rows": rows, "form": ReviewForm()}
    return page(request, "staff/sharing/exceptions.html", context)


@require_POST
def exception_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What I say of it, having talked about it with the one who made it."""
    actor = _reader(request)
    row = visible_or_404(LawException.objects.visible_to(actor).select_related("declared_by", "centre"), pk=pk)
    note_read(request, "exception.read", row)
    form = ReviewForm(request.POST)
    if carry_out(request, form, lambda d: acts.review_exception(actor=actor, exception=row, **d)):
        return done(request, reverse("staff:exception_list"), "Relecture enregistrée.")
    return page(request, "staff/sharing/exceptions.html", {"rows": [row], "form": form}, status=422)
