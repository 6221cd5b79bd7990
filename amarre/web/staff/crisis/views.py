"""The crisis protocol, alone, from a case or from a request.

Read by the URL configuration beside. What was done is written in the case; a request has none yet.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.cases.commands_notes import write_note
from amarre.cases.models import Case
from amarre.cases.states import NoteKind, State
from amarre.core.actor import Actor
from amarre.intake.models import Solicitation
from amarre.intake.policy import may_handle
from amarre.organisations.models import Vocabulary
from amarre.organisations.policy import may_edit_crisis
from amarre.organisations.queries import crisis_numbers, terms
from amarre.web.staff.crisis.forms import CrisisForm
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link
from amarre.web.ui.scope import actor_of


def _protocol(actor: Actor) -> dict[str, Any]:
    """The numbers and the steps, as the service keeps them."""
    return {
        "numbers": crisis_numbers(actor),
        "steps": terms(actor, Vocabulary.CRISIS_STEP),
        "may_edit": may_edit_crisis(actor),
    }


def crisis(request: HttpRequest) -> HttpResponse:
    """Who to call now, and what to do."""
    actor = actor_of(request)
    return page(request, "staff/crisis/crisis.html", {**_protocol(actor), "worker": actor.has("social_worker")})


def crisis_for_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The protocol beside a case: how to find the person, and what was done, kept as a note of the case."""
    actor = actor_of(request)
    case = visible_or_404(Case.objects.visible_to(actor).select_related("person", "assignment"), pk=pk)
    note_read(request, "case.read", case)
    context = {
        **_protocol(actor),
        "case": case,
        "person": case.person,
        "closed": case.assignment.state == State.CLOSED,
        "crumbs": [Link(case.number, reverse("staff:case", args=[case.pk])), Link("Urgence")],
    }
    desk = drafts.open_desk(request, actor, f"crisis:{case.pk}")
    form = CrisisForm(context["numbers"], request.POST or None, resumed=desk.values)

    def act(data: dict[str, Any]) -> object:
        return write_note(actor=actor, case=case, kind=NoteKind.CRISIS, on=data["on"], body=form.text())

    if carry_out(request, form, act, desk=desk) is not None:
        sentence = "L’alerte est écrite dans le dossier. Prenez un moment pour en parler avec quelqu’un."
        return done(request, reverse("staff:case", args=[case.pk]), sentence)
    return page(request, "staff/crisis/crisis.html", {**context, "form": form, "desk": desk}, status=status_of(request))


def crisis_for_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The protocol beside a request: call first, then somebody takes it and writes in the case that opens."""
    actor = actor_of(request)
    row = visible_or_404(Solicitation.objects.visible_to(actor), pk=pk)
    note_read(request, "solicitation.read", row)
    context = {
        **_protocol(actor),
        "row": row,
        "may_take": row.is_open and may_handle(actor, row),
        "may_reach": actor.has("social_worker", "secretary"),
        "crumbs": [Link(f"Demande {row.reference}", reverse("staff:request", args=[row.pk])), Link("Urgence")],
    }
    return page(request, "staff/crisis/crisis.html", context)
