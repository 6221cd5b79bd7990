"""The page of one meeting, and what is done there to the meeting itself: add a colleague, give the time back.

Read by the URL configuration beside. What is done to somebody's place is `appointments`'.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.appointments import commands_hours, policy
from amarre.core.actor import Actor
from amarre.web.staff.agenda.board import Board, back_url, colleagues_for, open_board, show
from amarre.web.staff.agenda.forms import ColleagueForm
from amarre.web.ui.http import actor_of, carry_out, done


def agenda_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, who is there, whose places, and what may be done."""
    board = open_board(request, actor_of(request), pk)
    return show(request, board)


@require_POST
def agenda_colleague(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody more of the service is there."""
    actor = actor_of(request)
    board = _seen(request, actor, pk)
    people = colleagues_for(actor, board.row.centre_id, [s.user_id for s in board.team])
    form = ColleagueForm(people, request.POST)

    def act(data: dict[str, Any]) -> object:
        who: Colleague = next(c for c in people if c.pk == data["colleague"])
        return commands_hours.add_colleague(actor=actor, appointment=board.row, colleague=who)

    if carry_out(request, form, act) is None:
        return show(request, board, form)
    return done(request, reverse("staff:agenda_meeting", args=[pk]), "Son agenda est pris à cette heure.")


@require_POST
def agenda_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Time that was put aside is given back."""
    actor = actor_of(request)
    board = _seen(request, actor, pk)
    form = forms.Form(request.POST)
    if carry_out(request, form, lambda _: commands_hours.release_time(actor=actor, appointment=board.row)) is None:
        return show(request, board, form)
    return done(request, back_url(board.row), "Ce temps est rendu.")


def _seen(request: HttpRequest, actor: Actor, pk: int) -> Board:
    """The page’s meeting; refused to who may not run it, whatever they sent."""
    board = open_board(request, actor, pk)
    if not policy.may_run(actor, board.row):
        raise PermissionDenied("not the reader's to run")
    return board
