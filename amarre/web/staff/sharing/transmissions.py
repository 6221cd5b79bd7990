"""What leaves a case: written from chosen parts, checked, sent, recalled; and what comes back.

Read by the URL configuration beside. Nothing is sent from the page where it is written: the check page stands between.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.cases.states import State
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.plans.models import Action, Goal, Plan
from amarre.plans.states import LIVE_GOALS, ActionState
from amarre.sharing import commands, policy, queries
from amarre.sharing.models import Answer, Transmission
from amarre.sharing.reread import remarks
from amarre.sharing.states import Purpose, TransmissionState
from amarre.web.staff.cases.conflicts import BothTexts
from amarre.web.staff.cases.head import head
from amarre.web.staff.plans.base import here_to_write
from amarre.web.staff.sharing.forms import ComposeForm, EditForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404


def _goals(actor: Actor, plan: Plan | None) -> list[Goal]:
    return list(Goal.objects.visible_to(actor).of(plan).filter(state__in=LIVE_GOALS)) if plan else []


def _actions(actor: Actor, plan: Plan | None) -> list[Action]:
    return list(Action.objects.visible_to(actor).of(plan).filter(state=ActionState.OPEN)) if plan else []


def _started_from(request: HttpRequest, goals: list[Goal], actions: list[Action]) -> str:
    """The chosen parts as a first text, to be written again for the one who reads it."""
    asked = set(request.GET.getlist("partir"))
    lines = [f"Objectif\u00a0: {g.title}" for g in goals if f"objectif-{g.pk}" in asked]
    return "\n".join([*lines, *(f"À faire\u00a0: {a.what}" for a in actions if f"action-{a.pk}" in asked)])


def compose(request: HttpRequest, pk: int) -> HttpResponse:
    """Write for one recipient, under one agreement."""
    at = here_to_write(request, pk, "sharing.read")
    agreed = [a for a in queries.in_force(at.actor, at.case) if a.purpose != Purpose.FOLLOWED]
    goals, actions = _goals(at.actor, at.plan), _actions(at.actor, at.plan)
    desk = drafts.open_desk(request, at.actor, f"transmission:{pk}")
    initial = {
        "subject": at.case.person.full_name if at.case.person else "",
        "content": _started_from(request, goals, actions),
        "agreement": request.GET.get("accord", str(agreed[0].pk) if len(agreed) == 1 else ""),
        "action": request.GET.get("action", ""),
        "kind": "request" if request.GET.get("action") else "word",
    }
    form = ComposeForm(agreed, actions, request.POST or desk.initial(), initial=initial)

    def act(data: dict[str, Any]) -> Transmission:
        said = data | {"agreement": form.agreed[data["agreement"]], "action": form.actions.get(data["action"])}
        return commands.prepare_transmission(actor=at.actor, case=at.case, **said)

    row = carry_out(request, form, act, desk=desk)
    if row is not None:
        return done(request, reverse("staff:transmission", args=[row.pk]))
    context = at.head("sharing", form=form, desk=desk, agreed=agreed, goals=goals, actions=actions)
    return page(request, "staff/sharing/compose.html", context, status=status_of(request))


def _mine(request: HttpRequest, pk: int) -> Transmission:
    """A transmission of one of my cases, once it is written down that it was looked at."""
    actor = actor_of(request)
    rows = Transmission.objects.visible_to(actor).select_related(
        "case__person", "case__situation", "case__assignment__lead", "case__assignment__centre", "agreement__heard_by",
        "exception", "prepared_by", "sent_by", "action__plan", "colleague", "contact", "partner", "unit",
    )  # fmt: skip
    row = visible_or_404(rows, pk=pk)
    if not policy.may_prepare(actor, row):
        raise PermissionDenied
    note_read(request, "sharing.read", row.case)
    return row


def _context(actor: Actor, row: Transmission, **more: Any) -> dict[str, Any]:
    case = row.case
    return head(actor, case, "sharing") | {"transmission": row, "plan_person": case.person, **more}


def transmission(request: HttpRequest, pk: int, *, refusal: str = "") -> HttpResponse:
    """Before it leaves: to whom, what for, which agreement, until when, word for word. Afterwards: what came of it."""
    row, actor = _mine(request, pk), actor_of(request)
    if row.state == TransmissionState.DRAFT:
        covers = row.agreement in queries.in_force(actor, row.case) if row.agreement else row.exception is not None
        context = _context(
            actor, row, checked=commands.seen_as(row), remarks=remarks(row.content, row.party_kind), covers=covers,
            may_send=policy.may_send(actor, row) and row.case.assignment.state != State.CLOSED, refusal=refusal,
        )  # fmt: skip
        return page(request, "staff/sharing/check.html", context, status=422 if refusal else 200)
    (sent,) = queries.with_answers(actor, [row])
    context = _context(
        actor, row, sent=sent, links=queries.links_of(actor, row), may_send=policy.may_send(actor, row),
        refusal=refusal,
        recallable=row.state == TransmissionState.SENT and row.read_at is None,
    )  # fmt: skip
    return page(request, "staff/sharing/transmission.html", context, status=422 if refusal else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what has not left."""
    row, actor = _mine(request, pk), actor_of(request)
    desk = drafts.open_desk(request, actor, f"transmission-edit:{pk}")
    initial = {n: getattr(row, n) for n in ("subject", "content", "visible_until", "version")}
    form = EditForm(request.POST or desk.initial(), initial=initial)
    both = BothTexts(form, "content")
    if carry_out(
        request,
        form,
        both.around(lambda d: commands.revise_transmission(actor=actor, transmission=row, **d)),
        desk=desk,
    ):
        return done(request, reverse("staff:transmission", args=[pk]))
    context = _context(
        actor, row, form=form, desk=desk, title="Modifier le texte", button="Relire avant d’envoyer",
        back=reverse("staff:transmission", args=[pk]), lead=f"Pour {row.party}.", **both.context(),
    )  # fmt: skip
    return page(request, "staff/sharing/form.html", context, status=status_of(request))


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """It leaves, exactly as it was shown."""
    row = _mine(request, pk)
    try:
        commands.send_transmission(actor=actor_of(request), transmission=row, checked=request.POST.get("checked", ""))
    except Refused as no:
        return transmission(request, pk, refusal=str(no))
    return done(request, reverse("staff:transmission", args=[pk]), "C’est parti. La personne le voit dans son espace.")


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was not read."""
    row = _mine(request, pk)
    try:
        commands.recall_transmission(actor=actor_of(request), transmission=row)
    except Refused as no:
        return transmission(request, pk, refusal=str(no))
    return done(request, reverse("staff:transmission", args=[pk]), "Rappelée avant d’être lue.")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what has not left."""
    row = _mine(request, pk)
    try:
        commands.discard_transmission(actor=actor_of(request), transmission=row)
    except Refused as no:
        return transmission(request, pk, refusal=str(no))
    return done(request, reverse("staff:sharing", args=[row.case_id]), "Jetée. Rien n’est parti.")


@require_POST
def see(request: HttpRequest, pk: int) -> HttpResponse:
    """I have read what came back."""
    row, actor = _mine(request, pk), actor_of(request)
    for answer in (
        Answer.objects.visible_to(actor).filter(transmission=row, seen_at=None).select_related("transmission")
    ):
        commands.see_answer(actor=actor, answer=answer)
    return done(request, reverse("staff:transmission", args=[pk]), f"Noté {timezone.localtime():%H\u00a0h\u00a0%M}.")
