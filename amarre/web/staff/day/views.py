"""« Ma journée »: what first, who was not seen for long, what was left unfinished.

Read by the URL configuration beside. Each line has a date, a reason and one act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.cases.models import Case
from amarre.cases.queries import look_backs_due, my_cases
from amarre.core.actor import Actor
from amarre.intake.delays import ACKNOWLEDGE_WORKING_DAYS, ATTEMPTS_BEFORE_NO_ANSWER, working_days_after
from amarre.intake.models import Solicitation
from amarre.intake.queries import queue, tried
from amarre.intake.states import State
from amarre.organisations.queries import labels
from amarre.sharing.queries import unseen_answers
from amarre.sharing.queries_health import inbox, questions
from amarre.web.staff.collective.dues import collective_dues
from amarre.web.staff.day import meetings
from amarre.web.staff.orientations.dues import orientation_dues
from amarre.web.staff.plans.dues import plan_dues
from amarre.web.staff.visits.bar import alarm_bar
from amarre.web.ui import dates, drafts
from amarre.web.ui.http import actor_of, note_read, page
from amarre.web.ui.parts import Tone

_SHOWN = 8
_LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do first: the day, who, what, why, and the one act."""

    on: date
    badge: str
    tone: Tone
    who: str
    what: str
    why: str
    act: str
    url: str

    @property
    def late(self) -> bool:
        """Whether its day has gone by."""
        return self.on < timezone.localdate()


_IN_A_CASE = frozenset(
    {
        "note",
        "situation",
        "close",
        "crisis",
        "plan-goal",
        "plan-review",
        "plan-message",
        "plan-budget",
        "agreement",
        "transmission",
        "exception",
        "together",
        "booking",
    }
)
_KINDS = {
    "note": "Note",
    "note-edit": "Note à corriger",
    "contact": "Nouveau contact",
    "answer": "Réponse à une demande",
    "situation": "Situation",
    "person": "Fiche d’une personne",
    "close": "Clôture",
    "crisis": "Alerte",
    "action-new": "Action collective",
    "action-discuss": "Besoin d’une action collective",
    "action-agree": "Accord d’une action collective",
    "action-account": "Compte rendu d’une action collective",
    "action-look_back": "Bilan d’une action collective",
    "advice": "Réponse à un employeur",
    "import": "Fichier à importer",
    "refer": "Personne à adresser",
    "inbox": "Réponse à un message",
    "question": "Question à un collègue",
    "sheet": "Fiche",
    "plan-goal": "Objectif",
    "plan-goal-edit": "Objectif à corriger",
    "plan-review": "Point d’étape",
    "plan-message": "Message",
    "plan-budget": "Budget",
    "plan-budget-edit": "Budget à corriger",
    "plan-procedure": "Démarche",
    "agreement": "Demande d’accord",
    "transmission": "Texte à transmettre",
    "transmission-edit": "Texte à corriger",
    "exception": "Exception de la loi",
    "together": "Entretien à plusieurs",
    "booking": "Rendez-vous à prendre",
    "booking-request": "Rendez-vous à prendre",
    "booking-person": "Rendez-vous à prendre",
    "booking-other": "Rendez-vous à prendre",
    "settle": "Rendez-vous à conclure",
    "together-edit": "Entretien à corriger",
    "together-minutes": "Conclusion d’un entretien",
    "unit-nameless": "Point anonyme",
    "unit-decision": "Décision de la cellule",
    "unit-minutes": "Compte rendu de la cellule",
}


def _day_badge(on: date, today: date) -> tuple[str, Tone]:
    if on < today:
        return "En retard", "red"
    if on == today:
        return "Aujourd'hui", "red"
    return dates.short_day(on).capitalize(), "rope" if on <= today + timedelta(days=7) else "sea"


def _of_request(row: Solicitation, tries: int, today: date) -> Todo:
    who = row.person_name or row.requester_name or "Contact anonyme"
    received = timezone.localtime(row.received_at).date()
    url = reverse("staff:request", args=[row.pk])
    if row.state == State.AWAITING:
        on = row.due_on or received
        what = (
            "clore sans réponse, ou rappeler"
            if tries >= ATTEMPTS_BEFORE_NO_ANSWER
            else f"{_nth(tries + 1)} tentative d’accord"
        )
        why = "Demandé par quelqu’un d’autre, qui ne saura pas la réponse."
        return Todo(on, *_day_badge(on, today), who, what, why, "Appeler" if not row.do_not_call else "Ouvrir", url)
    if not row.urgency:
        on = working_days_after(received, ACKNOWLEDGE_WORKING_DAYS)
        return Todo(
            on, *_day_badge(on, today), who, "demande à lire", "Sous 2 jours ouvrés : urgence à dire.", "Lire", url
        )
    on = row.due_on or today
    what = "accord donné, à prendre" if row.state == State.ACCEPTED else "à prendre"
    why = f"Délai {row.urgency}, visé par le service."
    return Todo(on, *_day_badge(on, today), who, what, why, "Prendre", url)


def _nth(number: int) -> str:
    return "1re" if number == 1 else f"{number}e"


def _todos(actor: Actor, today: date) -> list[Todo]:
    rows = list(queue(actor)[:100])
    if not actor.has("social_worker"):
        rows = [r for r in rows if not r.urgency or r.assigned_to_id is None]
    tries = tried(actor, rows)
    found = [
        _of_request(r, tries.get(r.pk, 0), today)
        for r in rows
        if r.assigned_to_id in (None, actor.user_id) or not actor.has("social_worker")
    ]
    if actor.has("social_worker"):
        for back in look_backs_due(actor, today + _LOOK_AHEAD):
            who = back.case.person.full_name if back.case.person else back.case.number
            url = reverse("staff:look_back", args=[back.case_id, back.pk])
            why = "La personne était d’accord pour être rappelée."
            what = f"rappel à {back.months} mois"
            found.append(Todo(back.due_on, *_day_badge(back.due_on, today), who, what, why, "Noter", url))
        found += [
            Todo(due.on, *_day_badge(due.on, today), due.who, due.what, due.why, due.act, due.url)
            for due in (*plan_dues(actor, today), *orientation_dues(actor, today))
        ]
        for sent in unseen_answers(actor):
            url = reverse("staff:transmission", args=[sent.pk])
            badge = _day_badge(today, today)
            found.append(Todo(today, *badge, sent.about.full_name, "réponse à lire", sent.party, "Lire", url))
    if actor.has("social_worker", "coordinator"):
        dues = collective_dues(actor, today)
        found += [Todo(d.on, *_day_badge(d.on, today), d.who, d.what, d.why, d.act, d.url) for d in dues]
    return sorted(found, key=lambda t: t.on)


def day(request: HttpRequest) -> HttpResponse:
    """What is due, and what can be done."""
    actor, today = actor_of(request), timezone.localdate()
    intake = actor.has("social_worker", "secretary", "coordinator")
    todos = _todos(actor, today) if intake else []
    cases = list(my_cases(actor)[:8]) if actor.has("social_worker") else []
    mine, late = meetings.today_of(actor, today), meetings.to_settle(actor)
    if count := len(todos) + len(cases) + len(mine) + len(late):
        note_read(request, "day.read", count=count, own=True)
    context = {
        "todos": todos[:_SHOWN],
        "later": todos[_SHOWN:],
        "cases": cases,
        "problems": labels(actor, "problem")["problem"] if cases else {},
        "unfinished": _unfinished(actor),
        "heading": dates.long_day(today).replace(dates.NBSP, " ").capitalize(),
        "summary": _summary(len(mine), len(todos), cases),
        "bar": alarm_bar(actor),
        "agenda": actor.has(*meetings.HAVE_AGENDA),
        "mine": mine,
        "late": late[:_SHOWN],
        "late_more": len(late) - _SHOWN,
        "intake": intake,
        **(_mail(actor) if actor.has("health_team") else {}),
        "worker": actor.has("social_worker"),
    }
    return page(request, "staff/day.html", context)


def _mail(actor: Actor) -> dict[str, Any]:
    """What waits for a member of the health team: messages to open, questions to answer."""
    waiting = [*inbox(actor).filter(read_at=None)[:_SHOWN]]
    return {"sends": True, "mail": waiting, "questions": questions(actor)[0][:_SHOWN]}


def _unfinished(actor: Actor) -> list[tuple[str, str, drafts.Unfinished]]:
    """My drafts: what kind of text, about whom when it is one of my cases, and where to go on."""
    found = drafts.unfinished(actor)
    keys = {d.about for d in found if d.kind in _IN_A_CASE}
    names: dict[int, str] = {}
    if keys:
        rows = Case.objects.visible_to(actor).filter(pk__in=keys).select_related("person").defer("safety")
        names = {c.pk: c.person.full_name if c.person else c.number for c in rows}
    return [(_KINDS.get(d.kind, "Texte"), names.get(d.about, "") if d.kind in _IN_A_CASE else "", d) for d in found]


def _summary(mine: int, count: int, cases: list[Case]) -> str:
    said = [f"{mine} rendez-vous"] if mine else []
    said += [f"{count} chose{'s' if count > 1 else ''} à faire"] if count else []
    if cases:
        said.append("vos dossiers les moins vus sont en bas")
    return " · ".join(said)


def still_here(request: HttpRequest) -> HttpResponse:
    """The page is still in use: the session goes on (the scope has noted it)."""
    return HttpResponse(status=204)
