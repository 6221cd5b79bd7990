"""Who is in the case: letting in, ending, passing the case on.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.cases import commands_members, policy, queries
from amarre.cases.models import Case, Membership, Note
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.queries import choices, labels
from amarre.web.staff.cases.forms import HandOverForm, MemberForm
from amarre.web.staff.cases.head import colleagues, head, open_case
from amarre.web.ui.fields import choice_field
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404


def _user(actor: Actor, key: int) -> Colleague:
    row = Colleague.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise Refused("Cette personne n’est plus dans la liste. Choisissez à nouveau.")
    return row


def case_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has access, since when, named by whom; and letting somebody in."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "member.list")
    rows = queries.members(actor, row.pk)
    today = timezone.localdate()
    inside = {m.user_id for m in rows if m.until is None or m.until >= today}
    may = policy.may_lead(actor, row)
    form = None
    if may:
        near = colleagues(actor, row, besides=set())
        form = MemberForm(near, choices(actor, "handover_reason")["handover_reason"], request.POST or None)
        choice_field(form, "user").choices = [
            ("", "Choisissez…"),
            *((c.pk, c.name) for c in near if c.pk not in inside),
        ]
        choice_field(form, "tutor").choices = [("", "Personne"), *((c.pk, c.name) for c in near if c.pk in inside)]
        if carry_out(request, form, lambda d: _name(actor, row, d)):
            return done(
                request, reverse("staff:case_members", args=[row.pk]), "C’est fait : le dossier lui est ouvert."
            )
    elif request.method == "POST":
        raise PermissionDenied
    reasons = labels(actor, "handover_reason")["handover_reason"] | {"TAKEN": "a pris la demande"}
    lines = [
        {
            "row": m,
            "inside": m.user_id in inside and (m.until is None or m.until >= today),
            "reason": reasons.get(m.reason, m.reason),
            "may_end": m.role != "lead" and (may or m.user_id == actor.user_id),
        }
        for m in rows
    ]
    context = head(actor, row, "case_members") | {"form": form, "lines": lines, "me": actor.user_id}
    return page(request, "staff/cases/members.html", context, status=status_of(request))


def _name(actor: Actor, row: Case, data: dict[str, Any]) -> Membership:
    tutor = _user(actor, data["tutor"]) if data["tutor"] else None
    return commands_members.name_member(
        actor=actor,
        assignment=row.assignment,
        user=_user(actor, data["user"]),
        role=data["role"],
        since=data["since"],
        until=data["until"],
        tutor=tutor,
        reason=data["reason"],
    )


@require_POST
def member_end(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """Somebody leaves the case."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "member.list")
    member = visible_or_404(
        Membership.objects.visible_to(actor).filter(case_id=row.pk).select_related("user"), pk=member_pk
    )
    sentence = "C’est noté : l’accès prend fin ce soir."
    try:
        commands_members.end_membership(actor=actor, assignment=row.assignment, membership=member)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("staff:case_members", args=[row.pk]), sentence)


def case_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the case on; what I kept for myself is opened or destroyed."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "case.read")
    if not policy.may_hand_over(actor, row):
        raise PermissionDenied
    mine = Note.objects.visible_to(actor).filter(case=row, author_id=actor.account_id, private=True)
    near = colleagues(actor, row, besides={actor.account_id})
    reasons = choices(actor, "handover_reason")["handover_reason"]
    form = HandOverForm(near, reasons, list(mine), request.POST or None)

    def act(data: dict[str, Any]) -> Membership:
        to = _user(actor, data["to"])
        return commands_members.hand_over(actor=actor, case=row, to=to, reason=data["reason"], sealed=form.decisions())

    if carry_out(request, form, act):
        return done(request, reverse("staff:case_list"), "La main est passée. Vous gardez l’accès jusqu’à ce soir.")
    return page(
        request,
        "staff/cases/hand_over.html",
        head(actor, row, "case_members") | {"form": form},
        status=status_of(request),
    )
