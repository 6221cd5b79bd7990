"""The page of one meeting, and what can be done there: move, cancel, be quiet, send again, add a colleague, give back.

Read by the URL configuration beside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.appointments import commands, commands_hours, policy, queries
from amarre.appointments.models import Booking
from amarre.core.actor import Actor
from amarre.web.staff.agenda.board import Board, back_url, colleagues_for, meetings, open_board, show
from amarre.web.staff.agenda.forms import ColleagueForm, MoveForm, QuietForm
from amarre.web.ui.dates import moment
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404

AHEAD = timedelta(days=27)


def agenda_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, who is there, whose places, and what may be done."""
    board = open_board(request, actor_of(request), pk)
    return show(request, board)


def _booking(actor: Actor, pk: int) -> Booking:
    rows = Booking.objects.visible_to(actor).filter(appointment__isnull=False)
    return visible_or_404(rows.select_related("appointment", "kind", "worker", "person", "centre"), pk=pk)


def _page_of(booking: Booking) -> str:
    return reverse("staff:agenda_meeting", args=[booking.appointment_id])


def agenda_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The same appointment at another time: the free slots of four weeks; a worker may say another hour."""
    actor = actor_of(request)
    row = visible_or_404(meetings(actor), pk=pk)
    rows = Booking.objects.visible_to(actor).filter(appointment=row, state="booked")
    booking = rows.select_related("kind", "worker", "person").first()
    if booking is None or row.capacity > 1:
        raise Http404
    booking.appointment = row
    if not policy.may_change(actor, booking):
        raise PermissionDenied("not the reader's to move")
    today = timezone.localdate()
    slots = queries.free_slots(
        booking.worker_id, row.minutes, today, today + AHEAD, travel=row.travel, kind_id=booking.kind_id,
        leaving=booking.pk,
    )  # fmt: skip
    modes = list(dict.fromkeys([row.mode, *booking.kind.modes]))
    form = MoveForm(slots, modes, request.POST or None, initial={"mode": row.mode}, anywhere=policy.is_worker(actor))
    moved = carry_out(
        request, form,
        lambda data: commands.move(actor=actor, booking=booking, starts_at=data["starts_at"], mode=data["mode"]),
    )  # fmt: skip
    if moved is not None:
        told = "" if booking.quiet else " La personne en est prévenue."
        return done(
            request, _page_of(booking), f"Rendez-vous déplacé\u00a0: {moment(form.cleaned_data['starts_at'])}.{told}"
        )
    note_read(request, "appointment.read", booking)
    context = {"row": row, "booking": booking, "form": form, "slots": bool(slots), "back": _page_of(booking)}
    return page(request, "staff/agenda/move.html", context, status=status_of(request))


def agenda_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the button."""
    actor = actor_of(request)
    booking = _booking(actor, pk)
    if not policy.may_change(actor, booking):
        raise PermissionDenied("not the reader's to cancel")
    row = booking.appointment
    if row is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if carry_out(request, form, lambda _: commands.cancel(actor=actor, booking=booking)) is not None:
        told = "Rien n’est parti\u00a0: prévenez la personne." if booking.quiet else "La personne en est prévenue."
        return done(request, back_url(row), f"Rendez-vous annulé. {told}")
    note_read(request, "appointment.read", booking)
    context = {"row": row, "booking": booking, "form": form, "back": _page_of(booking)}
    return page(request, "staff/agenda/cancel.html", context, status=status_of(request))


def _on_booking(
    name: str, form_class: type[forms.Form], act: Callable[[Actor, Booking, dict[str, Any]], Booking], sentence: str
) -> Callable[..., HttpResponse]:
    """A button of somebody's place; the page comes back when the trade says no."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        actor = actor_of(request)
        booking = _booking(actor, pk)
        form = form_class(request.POST)
        if carry_out(request, form, lambda data: act(actor, booking, data)) is None:
            return show(request, open_board(request, actor, booking.appointment_id or 0), form)
        return done(request, _page_of(booking), sentence)

    view.__name__ = name
    return view


agenda_quiet = _on_booking(
    "agenda_quiet",
    QuietForm,
    lambda actor, booking, data: commands.set_quiet(actor=actor, booking=booking, quiet=data["quiet"]),
    "C’est noté.",
)
agenda_link = _on_booking(
    "agenda_link",
    forms.Form,
    lambda actor, booking, _: commands.send_link_again(actor=actor, booking=booking),
    "Le message repart. Ce qu’il devient se lit sur cette page.",
)


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
