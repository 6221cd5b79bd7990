"""What the page of one request shows, and which acts its reader may do.

Read by the views and acts beside, so that a form that comes back shows the very same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.appointments.policy import may_book
from amarre.core.actor import Actor
from amarre.core.text import digits, fold
from amarre.intake import policy, queries
from amarre.intake.delays import ATTEMPTS_BEFORE_NO_ANSWER
from amarre.intake.models import Attempt, Solicitation
from amarre.intake.states import About
from amarre.organisations.queries import choices, labels
from amarre.people.queries import Hit, likely_duplicates
from amarre.web.staff.appointments.whom import ready
from amarre.web.staff.requests import forms as f
from amarre.web.ui import drafts
from amarre.web.ui.http import note_read, page, status_of
from amarre.web.ui.parts import Badge, Link

NEW_PERSON, NOBODY = "new", "nobody"
_CHANNELS = frozenset({"même téléphone", "même courriel"})
_REASONS = ("employee_reason", "employer_reason")


@dataclass
class Board:
    """One request, its reader, and the forms they may send."""

    actor: Actor
    row: Solicitation
    desk: drafts.Desk | None = None

    @cached_property
    def people(self) -> list[Hit]:
        """People already known who may be this one."""
        row = self.row
        if not (row.last_name or row.phone_digits or row.email):
            return []
        return likely_duplicates(
            self.actor, first_name=row.first_name, last_name=row.last_name, phone=row.phone, email=row.email
        )

    def whom(self) -> list[tuple[str, str]]:
        """The person the case would be about: somebody known, somebody new, nobody named."""
        known = [(str(hit.person.pk), introduce(hit)) for hit in self.people]
        if self.row.last_name:
            return [*known, (NEW_PERSON, f"{self.row.person_name}, pas encore connue du service")]
        return [*known, (NOBODY, "Personne : le contact reste anonyme")]

    def likeliest(self) -> str:
        """Proposed beforehand: somebody known only when a telephone or an e-mail says so, not a name alone."""
        for hit in self.people:
            if not _CHANNELS.isdisjoint(hit.reasons):
                return str(hit.person.pk)
        return self.whom()[-1][0]

    def workers(self) -> list[Colleague]:
        """Social workers of the centre."""
        rows = Colleague.objects.visible_to(self.actor).working_in({self.row.centre_id})
        return [c for c in rows if "social_worker" in c.roles]

    def form(self, name: str, data: Any = None) -> forms.Form:
        """The form of one act, bound when it was sent."""
        row = self.row
        if name == "triage":
            return f.TriageForm(data, initial={"urgency": row.urgency}, prefix="triage")
        if name == "assign":
            return f.AssignForm(self.workers(), data, initial={"to": row.assigned_to_id}, prefix="assign")
        if name == "attempt":
            return f.AttemptForm(data, prefix="attempt")
        if name in ("take", "answer"):
            kind = f.TakeForm if name == "take" else f.AnswerForm
            return kind(self.whom(), data, initial={"person": self.likeliest()}, prefix=name)
        if name == "redirect":
            return f.RedirectForm(self.actor, row.centre_id, data, prefix="redirect")
        if name == "decline":
            return f.DeclineForm(choices(self.actor, "refusal_reason")["refusal_reason"], data, prefix="decline")
        fields = ("last_name", "first_name", "phone", "email", "contact_note", "do_not_call")
        return f.CorrectForm(data, initial={n: getattr(row, n) for n in fields}, prefix="correct")

    def allowed(self) -> list[str]:
        """The acts of this reader on this request, in the order of the page."""
        actor, row = self.actor, self.row
        acts: list[str] = []
        if not row.is_open:
            return acts
        if policy.may_handle(actor, row):
            acts.append("triage")
            if row.about == About.ADVICE:
                acts.append("advised")
            elif row.needs_agreement:
                acts.append("attempt")
            else:
                acts += ["take", "answer"]
            acts += ["redirect", "decline"]
        if policy.may_share_out(actor, row):
            acts.append("assign")
        if policy.may_correct(actor, row):
            acts.append("correct")
        return acts


def introduce(hit: Hit) -> str:
    """Enough to tell homonyms apart: name, year of birth, employer; and why they may be this one."""
    born = f"né(e) en {hit.person.birth_date.year}" if hit.person.birth_date else ""
    words = ", ".join(filter(None, (hit.person.full_name, born, hit.employer)))
    return f"{words} (déjà connue\u00a0: {', '.join(hit.reasons)})"


def _head(row: Solicitation) -> dict[str, Any]:
    """Where I am, whom it is about, and what must not be missed."""
    advice = row.about == About.ADVICE
    badges = [Badge(row.get_state_display(), "sea" if row.is_open else "green")]
    if row.urgency:
        badges.append(Badge(row.get_urgency_display(), "red" if row.urgency == "U1" else "rope"))
    return {
        "title": "Conseil à un employeur" if advice else row.person_name or "Contact anonyme",
        "identity": f"{row.get_source_display()} · {row.company or 'entreprise non dite'}",
        "crumbs": [Link("Demandes", reverse("staff:request_list")), Link(row.reference)],
        "badges": badges,
        "warnings": [Badge("Ne pas appeler", "red")] if row.do_not_call else [],
        "crisis_url": reverse("staff:crisis_for_request", args=[row.pk]) if row.is_open else "",
    }


def _meet_url(actor: Actor, row: Solicitation) -> str:
    """Where an appointment is taken with who asked, once the person has said yes."""
    may = may_book(actor, row.centre) and ready(row)
    return f"{reverse('staff:appointment-new')}?request={row.pk}" if may else ""


def show(request: HttpRequest, board: Board, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of one request; `bound` holds the form that came back. Shown again, it is read again."""
    actor, row = board.actor, board.row
    note_read(request, "solicitation.read", row)
    acts = board.allowed()
    statement = queries.statement_of(actor, row)
    tries = list(Attempt.objects.visible_to(actor).filter(solicitation=row).select_related("by"))
    words = labels(actor, *_REASONS)
    known = {**words["employer_reason"], **words["employee_reason"]}
    same = queries.same_request(
        actor, phone_digits=digits(row.phone), email=row.email, search=fold(f"{row.last_name} {row.first_name}"),
        besides=row.pk,
    )  # fmt: skip
    shown = {a: (bound or {}).get(a) or board.form(a) for a in acts if a != "advised"}
    context = {
        **_head(row),
        "row": row,
        "meet_url": _meet_url(actor, row),
        "acts": acts,
        "forms": shown,
        "failed": next(iter(bound or {}), ""),
        "statement": statement,
        "reasons": [known.get(code, code) for code in statement.reasons] if statement else [],
        "tries": tries,
        "may_close_unanswered": "attempt" in acts and len(tries) >= ATTEMPTS_BEFORE_NO_ANSWER,
        "same": same,
        "desk": board.desk,
    }
    return page(request, "staff/requests/detail.html", context, status=status_of(request))
