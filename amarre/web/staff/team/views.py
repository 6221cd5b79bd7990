"""The coordinator's pages: the load, cases moved in bulk, absences covered, the queue shared out.

Read by the URL configuration beside. They show numbers and dates, never a name or a word of a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.commands_members import cover_absence, move_cases
from amarre.cases.models import Assignment
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.intake.commands import assign
from amarre.intake.models import Solicitation
from amarre.organisations.queries import choices
from amarre.web.staff.team import load
from amarre.web.staff.team.forms import CoverForm, LoadFilter, MoveForm, ShareForm
from amarre.web.ui.dates import short_day
from amarre.web.ui.http import carry_out, done, note_read, page, status_of
from amarre.web.ui.parts import NavItem
from amarre.web.ui.scope import actor_of

PER_PAGE = 25
MOST_AT_ONCE = 300
CASE, REQUEST = "dossier", "demande"

M = TypeVar("M", bound=models.Model)


def _coordinator(request: HttpRequest) -> Actor:
    """The actor, who coordinates; anybody else is refused."""
    actor = actor_of(request)
    if not actor.has("coordinator"):
        raise PermissionDenied("coordinators only")
    return actor


def tabs(here: str) -> list[NavItem]:
    """The pages of the team."""
    pages = (
        ("team", "Charge et dossiers"),
        ("team_requests", "Demandes"),
        ("team_cover", "Absences"),
        ("team_changes", "Autre référent"),
        ("agenda_team", "Agenda"),
    )
    return [NavItem(words, reverse(f"staff:{name}"), name == here) for name, words in pages]


def _chosen(rows: models.QuerySet[M], keys: Sequence[str]) -> tuple[list[M], int]:
    """The rows that were ticked and are still there, and how many are not."""
    wanted = {int(key) for key in keys if key.isdecimal() and len(key) < 19}
    found = list(rows.filter(pk__in=wanted))
    return found, len(set(keys)) - len(found)


def _worker(workers: Sequence[Colleague], key: int) -> Colleague:
    return next(worker for worker in workers if worker.pk == key)


def team(request: HttpRequest) -> HttpResponse:
    """Who follows how many cases, and the list of cases, to be chosen from."""
    actor = _coordinator(request)
    people = load.team_of(actor)
    filters = LoadFilter(people.loads, request.GET)
    wanted = filters.wanted()
    found = Paginator(load.narrowed(load.open_rows(actor), wanted), PER_PAGE).get_page(request.GET.get("page"))
    note_read(request, "assignment.list", count=len(found.object_list))
    context = {
        "tabs": tabs("team"),
        "people": people,
        "filters": filters,
        "wanted": wanted,
        "found": found,
        "several": len(actor.centres) > 1,
        "most": MOST_AT_ONCE,
    }
    return page(request, "staff/team/team.html", context)


def team_move(request: HttpRequest) -> HttpResponse:
    """The cases that were chosen, by number: to whom, why, and then moved, all of them or none."""
    actor = _coordinator(request)
    rows, missing = _cases_chosen(request, actor)
    workers = load.workers(actor)
    form = MoveForm(
        workers, choices(actor, "handover_reason")["handover_reason"], request.POST or None, missing=missing
    )

    def act(data: dict[str, Any]) -> list[Assignment]:
        to = _worker(workers, data["to"])
        return move_cases(actor=actor, assignments=rows, to=to, reason=data["reason"])

    moved = carry_out(request, form, act)
    if moved is not None:
        return done(request, reverse("staff:team"), _moved_sentence(rows, moved))
    note_read(request, "assignment.list", count=len(rows))
    context = {"form": form, "rows": rows, "missing": missing, "several": len(actor.centres) > 1}
    return page(request, "staff/team/move.html", context, status=status_of(request))


def _cases_chosen(request: HttpRequest, actor: Actor) -> tuple[list[Assignment], int]:
    """Those ticked, or, with `tous`, all those that the filters keep."""
    rows = load.open_rows(actor)
    if request.method == "GET" and request.GET.get("tous"):
        wanted = LoadFilter(load.team_of(actor).loads, request.GET).wanted()
        return list(load.narrowed(rows, wanted)[:MOST_AT_ONCE]), 0
    said = request.POST if request.method == "POST" else request.GET
    return _chosen(rows, said.getlist(CASE))


def _moved_sentence(rows: Sequence[Assignment], moved: Sequence[Assignment]) -> str:
    to = moved[0].lead.name
    words = "1 dossier confié" if len(moved) == 1 else f"{len(moved)} dossiers confiés"
    kept = len(rows) - len(moved)
    rest = f" {kept} lui étai{'ent' if kept > 1 else 't'} déjà." if kept else ""
    return f"{words} à {to}.{rest}"


def team_cover(request: HttpRequest) -> HttpResponse:
    """Somebody is away: name a stand-in, with dates, in all the open cases that they lead here."""
    actor = _coordinator(request)
    workers, leads = load.workers(actor), load.team_of(actor).leads
    first = {"since": timezone.localdate(), "reason": "ABSENCE"}
    reasons = choices(actor, "handover_reason")["handover_reason"]
    form = CoverForm(leads, workers, reasons, request.POST or None, initial=first)
    sentence = carry_out(request, form, lambda data: _cover(actor, workers, data))
    if sentence is not None:
        return done(request, reverse("staff:team_cover"), sentence)
    covers = load.covers(actor)
    note_read(request, "assignment.list", count=sum(cover.count for cover in covers))
    context = {
        "tabs": tabs("team_cover"),
        "form": form,
        "covers": covers,
        "leads": leads,
    }
    return page(request, "staff/team/cover.html", context, status=status_of(request))


def _cover(actor: Actor, workers: Sequence[Colleague], data: dict[str, Any]) -> str:
    """Name the stand-in everywhere, and say where they were already."""
    stand_in = _worker(workers, data["stand_in"])
    rows = list(load.open_rows(actor).filter(lead_id=data["absent"]))
    dates = {"since": data["since"], "until": data["until"], "reason": data["reason"]}
    named = cover_absence(actor=actor, assignments=rows, stand_in=stand_in, **dates)
    already = len(rows) - len(named)
    rest = (
        f" Déjà présent(e) dans {already} autre{'s' * (already > 1)}, laissé{'s' * (already > 1)} tel quel."
        if already
        else ""
    )
    return (
        f"{stand_in.name} assure la suppléance de {len(named)} dossier{'s' * (len(named) > 1)}, "
        f"du {short_day(data['since'])} au {short_day(data['until'])}.{rest}"
    )


def team_requests(request: HttpRequest) -> HttpResponse:
    """The queue of open requests: who will look at which; logistics only."""
    actor = _coordinator(request)
    workers, queue = load.workers(actor), load.waiting(actor)
    rows, missing = _chosen(queue, request.POST.getlist(REQUEST))
    form = ShareForm(workers, request.POST or None, chosen=len(rows), missing=missing)
    sentence = carry_out(request, form, lambda data: _share(actor, workers, rows, data["to"]))
    if sentence is not None:
        return done(request, request.get_full_path(), sentence)
    alone = request.GET.get("pour") == "personne"
    found = Paginator(queue.filter(assigned_to=None) if alone else queue, PER_PAGE).get_page(request.GET.get("page"))
    note_read(request, "solicitation.list", count=len(found.object_list))
    context = {
        "tabs": tabs("team_requests"),
        "form": form,
        "found": found,
        "alone": alone,
        "ticked": {row.pk for row in rows},
        "several": len(actor.centres) > 1,
    }
    return page(request, "staff/team/requests.html", context, status=status_of(request))


def _share(actor: Actor, workers: Sequence[Colleague], rows: Sequence[Solicitation], key: int) -> str:
    """Give every one of them to the same colleague, or back to the queue; one refusal undoes them all."""
    to = _worker(workers, key) if key else None
    where = load.places(actor).get(to.pk, set()) if to else set()
    with transaction.atomic():
        for row in rows:
            if to and row.centre_id not in where:
                raise Refused(f"{to.name} ne travaille pas au {row.centre.name} : choisissez quelqu’un de ce centre.")
            assign(actor=actor, solicitation=row, to=to)
    many = len(rows) > 1
    if to is None:
        return f"{len(rows)} demande{'s' * many} remise{'s' * many} dans la file."
    return f"{len(rows)} demande{'s' * many} confiée{'s' * many} à {to.name}."
