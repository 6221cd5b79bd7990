"""My cases, one case as a story, its situation, and the search in my notes.

Read by the URL configuration beside.
"""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.cases import commands, policy, queries
from amarre.cases.models import Note
from amarre.cases.states import State
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.core.text import fold
from amarre.intake.queries import origin_of
from amarre.intake.states import Source
from amarre.organisations.queries import choices, labels
from amarre.people.queries import account_of
from amarre.plans.queries import plan_of
from amarre.plans.queries_story import Line, glance
from amarre.plans.queries_story import story as plan_story
from amarre.sharing.queries import known
from amarre.web.staff.appointments.section import meetings_of
from amarre.web.staff.cases.conflicts import BothTexts
from amarre.web.staff.cases.forms import SituationForm, WarnForm
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui import dates, drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of

_PER_PAGE = 25


def _worker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_open(actor):
        raise PermissionDenied
    return actor


def case_list(request: HttpRequest) -> HttpResponse:
    """The cases I am in, those not seen for longest first; or the closed ones."""
    actor = _worker(request)
    closed, words = bool(request.GET.get("clos")), request.GET.get("q", "").strip()
    rows = queries.my_cases(actor, closed=closed)
    for word in fold(words).split():
        rows = rows.filter(person__search__contains=word)
    found = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    note_read(request, "case.list", count=len(found.object_list), own=True)
    context = {"found": found, "closed": closed, "words": words, "problems": labels(actor, "problem")["problem"]}
    return page(request, "staff/cases/list.html", context, part="rows")


def note_where(request: HttpRequest) -> HttpResponse:
    """In which case do you want to write?"""
    actor = _worker(request)
    words = request.GET.get("q", "").strip()
    rows = queries.my_cases(actor).order_by("-assignment__last_contact_on", "-id")
    for word in fold(words).split():
        rows = rows.filter(person__search__contains=word)
    found = list(rows[:20])
    note_read(request, "case.list", count=len(found), own=True)
    return page(request, "staff/cases/where.html", {"cases": found, "words": words})


def note_search(request: HttpRequest) -> HttpResponse:
    """Search the notes of my own cases."""
    actor = _worker(request)
    words = request.GET.get("q", "").strip()[:80]
    found = queries.search_notes(actor, words) if words else []
    if words:
        note_read(request, "note.search", count=len(found), own=True)
    return page(request, "staff/cases/search.html", {"words": words, "found": found})


def _of_plan(line: Line) -> queries.Event:
    """A line of what was built together, among the others."""
    return queries.Event(line.on, line.order, f"plan_{line.kind}", line)


def _meta(event: queries.Event, actor: Actor) -> str:
    """« jeu. 12 nov. · 50 min · notée par vous »."""
    said = [dates.short_day(event.on)]
    if isinstance(event.row, Note):
        if event.row.duration:
            said.append(f"{event.row.duration} min")
        said.append(f"notée par {'vous' if event.row.author_id == actor.user_id else event.row.author.name}")
    return " · ".join(said)


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as a story."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    members = queries.members(actor, row.pk)
    situation = getattr(row, "situation", None)
    words = labels(actor, "problem", "moment", "employment", "outcome", "closing_reason", "place", "handover_reason")
    closed = row.assignment.state == State.CLOSED
    plan = plan_of(actor, row)
    look_backs = queries.look_backs_of(actor, row)
    meetings = meetings_of(actor, row)
    told = (
        [*queries.story(actor, row, members, look_backs), *(_of_plan(line) for line in plan_story(actor, plan))]
        if plan
        else queries.story(actor, row, members, look_backs)
    )
    context = head(actor, row, "case", policy.roles_among(actor, members)) | {
        "events": [replace(e, meta=_meta(e, actor)) for e in sorted(told, key=lambda e: (e.on, e.order), reverse=True)],
        "glance": glance(actor, plan) if plan else [],
        "known": known(actor, row),
        "meetings": meetings,
        "next_meeting": next((m.row for m in meetings if m.to_come), None),
        "account": account_of(actor, row.person) if row.person else None,
        "me": actor.user_id,
        "words": words,
        "situation": situation,
        "problems": [words["problem"].get(c, c) for c in situation.problems] if situation else [],
        "origin": origin_of(actor, row.pk),
        "sources": dict(Source.choices) | {"reopened": "Suite d’un dossier clos"},
        "episodes": queries.episodes(actor, row) if closed or row.previous_id else [],
        "look_backs": [back for back in look_backs if back.done_on is None],
    }
    return page(request, "staff/cases/case.html", context)


def case_situation(request: HttpRequest, pk: int) -> HttpResponse:
    """The situation: problems with one main, moment of working life, employment; and the safety warning."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "situation.read")
    situation = queries.situation_of(actor, row)
    desk = drafts.open_desk(request, actor, f"situation:{row.pk}")
    initial = {}
    if situation:
        names = ("main_problem", "problems", "moment", "employment", "summary", "version")
        initial = {n: getattr(situation, n) for n in names}
    form = SituationForm(
        choices(actor, "problem", "moment", "employment"), request.POST or desk.initial(), initial=initial
    )
    both = BothTexts(form, "summary")
    if carry_out(
        request, form, both.around(lambda data: commands.describe_situation(actor=actor, case=row, **data)), desk=desk
    ):
        return done(request, reverse("staff:case", args=[row.pk]), "Situation enregistrée.")
    context = head(actor, row, "case_situation") | {
        "form": form,
        "desk": desk,
        "situation": situation,
        "warn": WarnForm(initial={"text": row.safety or ""}, prefix="warn"),
        **both.context(),
    }
    return page(request, "staff/cases/situation.html", context, status=status_of(request))


@require_POST
def case_warn(request: HttpRequest, pk: int) -> HttpResponse:
    """Write or take away the safety warning."""
    actor = actor_of(request)
    row = open_case(request, actor, pk, "situation.read")
    form = WarnForm(request.POST, prefix="warn")
    if carry_out(request, form, lambda d: commands.write_safety(actor=actor, case=row, text=d["text"])):
        return done(request, reverse("staff:case", args=[row.pk]), "Consigne enregistrée.")
    return page(request, "staff/cases/warn.html", head(actor, row, "case_situation") | {"form": form}, status=422)


@require_POST
def case_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on hold, or go on."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    held = row.assignment.state == State.ON_HOLD
    act = commands.resume if held else commands.put_on_hold
    try:
        act(actor=actor, case=row)
    except Refused as refusal:
        return done(request, reverse("staff:case", args=[row.pk]), str(refusal))
    return done(request, reverse("staff:case", args=[row.pk]), "Le suivi reprend." if held else "Dossier en attente.")
