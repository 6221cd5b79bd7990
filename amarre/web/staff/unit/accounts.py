"""Minutes: of an item of the unit, or of an interview, to one recipient, under an agreement of its own.

Read by the URL configuration beside. Nothing leaves from here: the check page comes after.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.sharing import commands_meetings, commands_together
from amarre.sharing import policy_meetings as policy
from amarre.sharing import queries_meetings as queries
from amarre.sharing.models import InterviewParty, JointInterview, Minutes
from amarre.web.staff.plans.base import here_to_write
from amarre.web.staff.unit.forms import MinutesForm
from amarre.web.staff.unit.items import an_item
from amarre.web.staff.unit.views import crumbs
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link


def item_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """« Compte rendu pour … » : of one item, to one recipient."""
    actor, row = an_item(request, pk)
    if row.transmission is None or not policy.may_give_account(actor, row):
        raise PermissionDenied("prepares nothing of it")
    point, case = queries.point(actor, row), row.transmission.case
    note_read(request, "item.read", row)
    desk = drafts.open_desk(request, actor, f"unit-minutes:{row.pk}")
    agreed = queries.may_receive_minutes(actor, case.pk)
    form = MinutesForm(agreed, request.POST or desk.initial(), initial={"subject": row.transmission.subject})

    def act(data: dict[str, Any]) -> Minutes:
        said = data | {"agreement": form.rows.get(data["agreement"])}
        return commands_meetings.prepare_minutes(actor=actor, item=row, **said)

    made = carry_out(request, form, act, desk=desk)
    if made is not None:
        return done(request, reverse("staff:transmission", args=[made.transmission_id]))
    context = {
        "form": form, "desk": desk, "agreed": agreed, "decisions": point.decisions, "case": case,
        "back": reverse("staff:unit_item", args=[row.pk]),
        "crumbs": crumbs(row.meeting, Link(f"Point {point.number}", reverse("staff:unit_item", args=[row.pk])),
                         Link("Compte rendu")),
    }  # fmt: skip
    return page(request, "staff/unit/minutes.html", context, status=status_of(request))


def together_minutes(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """What was concluded, to one of those who were there."""
    at = here_to_write(request, pk, "together.read")
    rows = JointInterview.objects.visible_to(at.actor).filter(case=at.case)
    row = visible_or_404(rows, pk=row_pk)
    desk = drafts.open_desk(request, at.actor, f"together-minutes:{row.pk}")
    there = InterviewParty.objects.visible_to(at.actor).filter(interview=row).select_related("agreement")
    agreed = [p.agreement for p in there if p.agreement in queries.to_sit_with(at.actor, at.case)]
    name = at.case.person.full_name if at.case.person else ""
    form = MinutesForm(agreed, request.POST or desk.initial(), initial={"subject": name})

    def act(data: dict[str, Any]) -> Minutes:
        said = data | {"agreement": form.rows.get(data["agreement"])}
        return commands_together.conclude_together(actor=at.actor, interview=row, **said)

    made = carry_out(request, form, act, desk=desk)
    if made is not None:
        return done(request, reverse("staff:transmission", args=[made.transmission_id]))
    context = at.head(
        "case_together", form=form, desk=desk, agreed=agreed, interview=row,
        back=reverse("staff:case_together", args=[pk]),
    )  # fmt: skip
    return page(request, "staff/unit/minutes.html", context, status=status_of(request))
