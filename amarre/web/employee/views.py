"""The first page of the space, the urgent numbers, what was before, and what a relative sees.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amarre.core.actor import Actor
from amarre.core.ledger import Line, subject_of, write
from amarre.organisations.queries import crisis_numbers
from amarre.plans import queries
from amarre.plans.models import Action, Application, Companion, Document, Goal, Plan, Version
from amarre.plans.queries_grids import grid_of
from amarre.plans.queries_papers import applications, followed
from amarre.plans.states import LIVE_GOALS, Part, Side, VersionState
from amarre.sharing.models import Agreement
from amarre.sharing.queries import my_agreements, waiting_in, with_employer
from amarre.sharing.states import AgreementState
from amarre.web.employee.appointments.views import next_of
from amarre.web.employee.mine import worker_of
from amarre.web.ui.http import actor_of, note_read, page, visible_or_404


class Wait(NamedTuple):
    """Something that waits for the person: what, why, the one act and its address."""

    what: str
    why: str
    act: str
    url: str


def home(request: HttpRequest) -> HttpResponse:
    """Who helps me, what waits for me, my part and theirs."""
    actor = actor_of(request)
    plans, shared = queries.my_plans(actor), queries.shared_with_me(actor)
    context: dict[str, Any] = {"shared": shared, "several": len(plans) > 1, "m": next_of(request)}
    if plans:
        plan = plans[0]
        note_read(request, "plan.read", plan)
        whole = queries.whole(actor, plan)
        worker = worker_of(request, plan)
        agreements = my_agreements(actor, plan)
        context |= {
            "agreed": [a for a in agreements if a.state == AgreementState.GIVEN and not a.over],
            "told_employer": with_employer(agreements),
            "plan": plan,
            "person": plan.person,
            "worker": worker,
            "whole": whole,
            "unread": queries.unread(actor, plan),
            "waiting": _waiting(actor, plan, whole, waiting_in(agreements)),
            "dues": [f for f in applications(actor, plan) if f.next][:3],
        }
    return page(request, "employee/home.html", context)


def _waiting(actor: Actor, plan: Plan, whole: queries.Whole, asked: list[Agreement]) -> list[Wait]:
    """What waits for the person, the most important first."""
    found = []
    if whole.waiting:
        why = _("Lisez-le tranquillement. Vous pouvez dire oui ou non.")
        url = reverse("employee:version", args=[whole.waiting.pk])
        found.append(Wait(_("Un projet écrit attend votre réponse"), why, _("Lire"), url))
    for agreement in asked:
        url, why = reverse("employee:agreement", args=[agreement.pk]), _("On vous demande votre accord.")
        found.append(Wait(agreement.party, why, _("Lire et répondre"), url))
    for row in whole.proposed:
        if row.goal.proposed_by == Side.WORKER:
            url = reverse("employee:goal_answer", args=[row.goal.pk])
            found.append(Wait(row.goal.title, _("Cet objectif vous est proposé."), _("Répondre"), url))
    for filling in queries.asked_of_me(actor, plan):
        url, why = reverse("employee:grid", args=[filling.pk]), _("À votre rythme. Rien n’est obligatoire.")
        title = grid_of(actor, filling.grid, filling.grid_version).title
        found.append(Wait(title, why, _("Ouvrir"), url))
    for back in queries.my_look_backs():
        if back.plan_id == plan.pk:
            url = reverse("employee:look_back", args=[back.id])
            found.append(Wait(_("Nous donner de vos nouvelles"), _("Deux minutes."), _("Répondre"), url))
    return found


def urgent(request: HttpRequest) -> HttpResponse:
    """Somebody to call now."""
    numbers = crisis_numbers(actor_of(request))
    unchecked = any(number.checked_on is None for number in numbers)
    return page(request, "employee/urgent.html", {"numbers": numbers, "unchecked": unchecked})


def past(request: HttpRequest) -> HttpResponse:
    """What was agreed in earlier times of help."""
    actor = actor_of(request)
    plans = queries.my_plans(actor)[1:]
    for plan in plans:
        note_read(request, "plan.read", plan)
    rows = [
        (plan, list(Version.objects.visible_to(actor).of(plan).filter(state=VersionState.AGREED))) for plan in plans
    ]
    return page(request, "employee/past.html", {"rows": rows})


def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who is dear to me let me see; nothing else of theirs."""
    actor = actor_of(request)
    rows = Companion.objects.visible_to(actor).filter(user_id=actor.user_id)
    invited = visible_or_404(rows.exclude(parts=[]), pk=pk)
    write(actor, Line(verb="companion.read", outcome="read", subject=subject_of(invited)))
    parts, plan_id = invited.parts, invited.plan_id
    goals = Goal.objects.visible_to(actor).filter(plan_id=plan_id, state__in=LIVE_GOALS)
    context = {
        "invited": invited,
        "goals": goals if Part.GOALS in parts else [],
        "actions": Action.objects.visible_to(actor).filter(plan_id=plan_id) if Part.GOALS in parts else [],
        "followed": followed(actor, Application.objects.visible_to(actor).filter(plan_id=plan_id))
        if Part.PROCEDURES in parts
        else [],
        "documents": Document.objects.visible_to(actor).filter(plan_id=plan_id, removed_on=None)
        if Part.DOCUMENTS in parts
        else [],
    }
    return page(request, "employee/shared.html", context)
