"""The acts on one request: each is a POST, and each shows the page again when the trade says no.

Read by the URL configuration beside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.intake import commands
from amarre.intake.models import Solicitation
from amarre.people.commands import create_person
from amarre.people.models import Person
from amarre.web.staff.requests.board import NEW_PERSON, NOBODY, Board, show
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, visible_or_404

View = Callable[..., HttpResponse]
Act = Callable[[Actor, Solicitation, dict[str, Any]], object]


def _act(name: str, act: Act, sentence: str, *, back_to_queue: bool = False) -> View:
    """A view that carries out one act of the page of a request."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        actor = actor_of(request)
        row = visible_or_404(Solicitation.objects.visible_to(actor).select_related("centre", "assigned_to"), pk=pk)
        desk = drafts.open_desk(request, actor, f"answer:{row.pk}") if name == "answer" else None
        board = Board(actor, row, desk)
        form = board.form(name, request.POST)
        result = carry_out(request, form, lambda data: act(actor, row, data) or row, desk=desk)
        if result is None:
            return show(request, board, {name: form})
        if isinstance(result, Case):
            return done(request, reverse("staff:case", args=[result.pk]), sentence)
        target = reverse("staff:request_list") if back_to_queue else reverse("staff:request", args=[row.pk])
        return done(request, target, sentence)

    view.__name__ = f"request_{name}"
    return view


def find_or_make(actor: Actor, row: Solicitation, choice: str) -> Person | None:
    """The person that was chosen: known, new (from what the request says), or nobody."""
    if choice == NOBODY:
        return None
    if choice == NEW_PERSON:
        return create_person(
            actor=actor,
            first_name=row.first_name,
            last_name=row.last_name,
            phone=row.phone,
            email=row.email,
            do_not_call=row.do_not_call,
            channel_note=row.contact_note[:120],
        )
    person = Person.objects.visible_to(actor).filter(pk=choice).first() if choice.isdecimal() else None
    if person is None:
        raise Refused("Cette personne n’est plus dans la liste. Choisissez à nouveau.")
    return person


def _colleague(actor: Actor, key: int | None) -> Colleague | None:
    return Colleague.objects.visible_to(actor).filter(pk=key).first() if key else None


def _take(actor: Actor, row: Solicitation, data: dict[str, Any]) -> Case:
    return commands.take(actor=actor, solicitation=row, person=find_or_make(actor, row, data["person"]))


def _answer(actor: Actor, row: Solicitation, data: dict[str, Any]) -> Case:
    person = find_or_make(actor, row, data["person"])
    return commands.answer_at_once(
        actor=actor, solicitation=row, person=person, answer=data["answer"], minutes=data["minutes"]
    )


request_triage = _act(
    "triage",
    lambda a, r, d: commands.triage(actor=a, solicitation=r, urgency=d["urgency"]),
    "Urgence enregistrée.",
)
request_assign = _act(
    "assign",
    lambda a, r, d: commands.assign(actor=a, solicitation=r, to=_colleague(a, d["to"])),
    "C’est noté.",
)
request_attempt = _act(
    "attempt",
    lambda a, r, d: commands.record_attempt(actor=a, solicitation=r, result=d["result"]) and None,
    "Tentative notée. La personne qui a demandé n’en sait rien de plus.",
)
request_take = _act("take", _take, "La demande est à vous : le dossier est ouvert.")
request_answer = _act("answer", _answer, "Réponse notée : le dossier est ouvert et clos.")
request_redirect = _act(
    "redirect",
    lambda a, r, d: commands.redirect(actor=a, solicitation=r, centre_id=d["centre"]),
    "La demande est dans la file de l’autre centre.",
    back_to_queue=True,
)
request_decline = _act(
    "decline",
    lambda a, r, d: commands.decline(actor=a, solicitation=r, state=d["state"], reason=d["reason"]),
    "La demande est sortie de la file.",
    back_to_queue=True,
)
request_correct = _act(
    "correct",
    lambda a, r, d: commands.correct(actor=a, solicitation=r, **d),
    "Corrigé.",
)


def _plain(name: str, act: Callable[..., object], sentence: str) -> View:
    """An act without any field: a button."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        actor = actor_of(request)
        row = visible_or_404(Solicitation.objects.visible_to(actor).select_related("centre", "assigned_to"), pk=pk)
        form = forms.Form(request.POST)
        if carry_out(request, form, lambda _: act(actor=actor, solicitation=row)) is None:
            return show(request, Board(actor, row), {name: form})
        return done(request, reverse("staff:request_list"), sentence)

    view.__name__ = f"request_{name}"
    return view


request_no_answer = _plain("no_answer", commands.close_without_answer, "Demande close, sans réponse.")
request_advised = _plain("advised", commands.mark_advised, "Conseil donné : la demande est close.")
