"""The queue, one request, and noting a new contact.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.core.text import digits, fold
from amarre.intake import commands, policy, queries
from amarre.intake.models import Solicitation, Statement
from amarre.intake.states import Source
from amarre.organisations.queries import choices, labels
from amarre.people.queries import likely_duplicates
from amarre.web.staff.requests import forms as f
from amarre.web.staff.requests.acts import find_or_make
from amarre.web.staff.requests.board import NEW_PERSON, NOBODY, Board, introduce, show
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404

_COLUMNS = ("secretary", "social_worker", "coordinator")


def request_list(request: HttpRequest) -> HttpResponse:
    """The queue of my centres. Reasons only for those who may know them."""
    actor = actor_of(request)
    if not actor.has(*_COLUMNS):
        raise PermissionDenied
    rows = list(queries.queue(actor)[:200])
    note_read(request, "solicitation.list", count=len(rows))
    words = labels(actor, "employee_reason", "employer_reason")
    known = {**words["employer_reason"], **words["employee_reason"]}
    why = {
        s.solicitation_id: [known.get(c, c) for c in s.reasons]
        for s in Statement.objects.visible_to(actor).filter(solicitation__in=rows).defer("words")
    }
    tries = queries.tried(actor, rows)
    lines = [{"row": r, "why": why.get(r.pk, []), "tries": tries.get(r.pk, 0)} for r in rows]
    return page(request, "staff/requests/list.html", {"lines": lines, "sees_why": actor.has("social_worker")})


def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, and what its reader can do about it."""
    actor = actor_of(request)
    row = visible_or_404(Solicitation.objects.visible_to(actor).select_related("centre", "assigned_to"), pk=pk)
    desk = drafts.open_desk(request, actor, f"answer:{row.pk}") if policy.may_handle(actor, row) else None
    board = Board(actor, row, desk)
    waiting = desk.initial() if desk else None
    return show(request, board, {"answer": board.form("answer", waiting)} if waiting is not None else None)


def request_new(request: HttpRequest) -> HttpResponse:
    """Note a first contact; somebody alike is shown before anything is made twice."""
    actor = actor_of(request)
    if not policy.may_submit(actor):
        raise PermissionDenied
    if not actor.has(*_COLUMNS):  # the health team sends somebody, who has agreed
        return done(request, reverse("staff:send"))
    desk = drafts.open_desk(request, actor, "contact")
    reasons = choices(actor, "employee_reason", "employer_reason")
    form = f.NewContactForm(actor, reasons, request.POST or desk.initial())
    alike: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        alike = _alike(actor, form, request.POST)
        if alike:
            return _new_page(request, form, desk, alike)
    result = carry_out(request, form, lambda data: _submit(actor, data), desk=desk)
    if result is None:
        return _new_page(request, form, desk, alike)
    if isinstance(result, Case):
        return done(request, reverse("staff:case", args=[result.pk]), "C’est noté, le dossier est ouvert.")
    sentence = f"Demande {result.reference} transmise au centre."
    if Solicitation.objects.visible_to(actor).filter(pk=result.pk).exists():
        return done(request, reverse("staff:request", args=[result.pk]), sentence)
    return done(request, reverse("staff:day"), sentence)


def _new_page(request: HttpRequest, form: f.NewContactForm, desk: drafts.Desk, alike: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "desk": desk, **alike}
    return page(request, "staff/requests/new.html", context, status=status_of(request))


def _alike(actor: Actor, form: f.NewContactForm, sent: QueryDict) -> dict[str, Any]:
    """What is known already and was not answered yet: an open request, or somebody with nearly that name."""
    data = form.cleaned_data
    found: dict[str, Any] = {}
    search = fold(f"{data['last_name']} {data['first_name']}")
    same = queries.same_request(actor, phone_digits=digits(data["phone"]), email=data["email"], search=search)
    if same and not sent.get("another"):
        form.ask_if_another()
        found["same"] = same
    takes = data.get("next") in (f.NEXT_TAKE, f.NEXT_ANSWER)
    if takes and data["last_name"] and not sent.get("person"):
        known = {k: data[k] for k in ("first_name", "last_name", "phone", "email")}
        people = [(str(hit.person.pk), introduce(hit)) for hit in likely_duplicates(actor, **known)]
        if people:
            name = f"{data['first_name']} {data['last_name']}".strip()
            form.ask_who([*people, (NEW_PERSON, f"{name}, pas encore connue du service")])
            found["people"] = people
    return found


def _submit(actor: Actor, data: dict[str, Any]) -> Solicitation | Case:
    """Record the contact and, when asked, take or answer it in the same stroke."""
    kept = {k: v for k, v in data.items() if k not in ("next", "answer", "another", "person", "centre")}
    row = commands.submit_solicitation(actor=actor, centre_id=data["centre"], **kept)
    step = data.get("next") or f.NEXT_QUEUE
    if step == f.NEXT_QUEUE or row.source != Source.EMPLOYEE:
        return row
    person = find_or_make(actor, row, data.get("person") or (NEW_PERSON if row.last_name else NOBODY))
    if step == f.NEXT_TAKE:
        return commands.take(actor=actor, solicitation=row, person=person)
    return commands.answer_at_once(actor=actor, solicitation=row, person=person, answer=data["answer"])
