"""The top of every page of one case: who, which state, warnings as words, tabs.

Read by the views beside. Opening a case writes it down first, then shows.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.cases import policy
from amarre.cases.models import Case
from amarre.cases.states import State
from amarre.core.actor import Actor
from amarre.people.models import Job
from amarre.web.staff.people.words import age_of, warnings_of
from amarre.web.ui.http import note_read, visible_or_404
from amarre.web.ui.parts import Badge, Link, NavItem, Tone

_TONES: dict[str, Tone] = {
    State.TAKEN: "rope",
    State.FIRST_INTERVIEW: "sea",
    State.IN_PROGRESS: "green",
    State.ON_HOLD: "rope",
    State.CLOSED: "neutral",
}


def open_case(request: HttpRequest, actor: Actor, pk: int, verb: str = "case.read") -> Case:
    """The case, once it is written down that it was opened; 404 when it is not mine."""
    rows = Case.objects.visible_to(actor).select_related(
        "person", "situation", "assignment__lead", "assignment__centre"
    )
    case = visible_or_404(rows, pk=pk)
    note_read(request, verb, case)
    return case


def name_of(case: Case) -> str:
    """The person's name, or that they stayed anonymous."""
    return case.person.full_name if case.person else "Contact anonyme"


def _identity(actor: Actor, case: Case) -> str:
    if not case.person:
        return f"Dossier {case.number}"
    words = [age_of(case.person)]
    jobs = Job.objects.visible_to(actor).filter(person=case.person, until=None)
    job = jobs.select_related("establishment__company").first()
    if job:
        words.append(", ".join(filter(None, (job.title, job.contract))))
        words.append(str(job.establishment))
    return " · ".join(w for w in words if w) or f"Dossier {case.number}"


def _warnings(case: Case) -> list[Badge]:
    """Where a mistake would hurt: never call, how to reach, what to beware of."""
    found: list[Badge] = []
    if case.safety:
        found.append(Badge(f"Attention : {case.safety}", "red"))
    return [*found, *warnings_of(case.person)] if case.person else found


def head(actor: Actor, case: Case, here: str, roles: frozenset[str] | None = None) -> dict[str, Any]:
    """Context shared by the pages of a case; `here` is the address name of the current tab.

    `roles`: mine in this case, when the page has read the memberships already.
    """
    mine = policy.roles_in(actor, case) if roles is None else roles
    assignment = case.assignment
    tabs = [
        NavItem(words, reverse(f"staff:{name}", args=[case.pk]), current=name == here)
        for name, words in (
            ("case", "Fil du dossier"),
            ("case_situation", "Situation"),
            ("plan", "Projet"),
            ("plan_grids", "Grilles"),
            ("plan_procedures", "Démarches"),
            ("case_directory", "Annuaire"),
            ("plan_budgets", "Budget"),
            ("plan_documents", "Documents"),
            ("plan_messages", "Échanges"),
            ("sharing", "Accords et transmissions"),
            ("case_together", "À plusieurs"),
            ("letters", "Courriers"),
            ("plan_space", "Espace"),
            ("case_members", "Qui a accès"),
        )
    ]
    is_open = assignment.state != State.CLOSED
    lead = "vous" if assignment.lead_id == actor.user_id else assignment.lead.name
    return {
        "case": case,
        "assignment": assignment,
        "name": name_of(case),
        "crumbs": [Link("Mes dossiers", reverse("staff:case_list")), Link(case.number)],
        "badges": [Badge(assignment.get_state_display(), _TONES.get(assignment.state, "neutral"))],
        "identity": _identity(actor, case),
        "aside": f"référent(e) : {lead}",
        "warnings": _warnings(case),
        "tabs": tabs,
        "is_open": is_open,
        "may_lead": not mine.isdisjoint(policy.ANSWERS),
        "may_reopen": not mine.isdisjoint(policy.REOPENS),
        "may_write": bool(mine),
        "crisis_url": reverse("staff:crisis_for_case", args=[case.pk]) if is_open else "",
    }


def colleagues(actor: Actor, case: Case, *, besides: set[int]) -> list[Colleague]:
    """Active social workers who could enter the case, those of its centre first."""
    rows = Colleague.objects.visible_to(actor).filter(is_active=True, roles__contains=["social_worker"])
    near = set(Colleague.objects.visible_to(actor).working_in({case.assignment.centre_id}).values_list("pk", flat=True))
    return sorted((c for c in rows if c.pk not in besides), key=lambda c: (c.pk not in near, c.name))
