"""All that the page of one meeting shows: when, where, who is there, whose places, what was sent, what may be done.

Read by the views beside. What the reader may not do is not offered. Why people meet is shown to the case's members,
once it is written down that they read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments import policy, queries
from amarre.appointments.models import Appointment, Booking, Matter, Offer, Seat
from amarre.appointments.states import OUTSIDE, BookingState, OfferState, Reply
from amarre.collective.queries import session_at
from amarre.core.actor import Actor
from amarre.core.notices import Fate, Kind, fates
from amarre.web.staff.agenda.forms import ColleagueForm
from amarre.web.staff.agenda.links import settle_url
from amarre.web.staff.agenda.timetable import CONFIRMED, NOT_COMING, QUIET, mode_icon
from amarre.web.ui.dates import moment
from amarre.web.ui.http import note_read, page, visible_or_404
from amarre.web.ui.parts import Badge, Link

SEATED = ["social_worker", "health_team", "coordinator", "secretary"]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place, as the reader may know it."""

    booking: Booking
    why: Matter | None
    fates: list[Fate]
    offers: list[Offer]
    may_change: bool
    settle_url: str

    @property
    def badges(self) -> list[Badge]:
        """What they answered, and whether they are written to."""
        said = {Reply.COMING: [CONFIRMED], Reply.NOT_COMING: [NOT_COMING]}.get(Reply(self.booking.reply), []) if (
            self.booking.reply
        ) else []  # fmt: skip
        return [*said, *([QUIET] if self.booking.quiet else [])]

    @property
    def is_booked(self) -> bool:
        """Whether it is taken."""
        return self.booking.state == BookingState.BOOKED


@dataclass(frozen=True, slots=True)
class Board:
    """One meeting."""

    actor: Actor
    row: Appointment
    team: list[Seat]
    places: list[Place]

    @property
    def taken(self) -> list[Place]:
        """The places that somebody has."""
        return [p for p in self.places if p.is_booked]

    @property
    def to_come(self) -> bool:
        """Whether anything may still change."""
        return self.row.is_planned and self.row.ends_at > timezone.now()

    @property
    def is_group(self) -> bool:
        """Whether several people share it."""
        return self.row.capacity > 1

    @property
    def only(self) -> Place | None:
        """The place of a meeting with one person."""
        return self.places[0] if len(self.places) == 1 and not self.is_group else None


def meetings(actor: Actor) -> Any:
    """Those that the actor may see, with what a page says of them."""
    rows = Appointment.objects.visible_to(actor)
    return rows.select_related("kind", "centre", "room", "establishment__company", "made_by")


def open_board(request: HttpRequest, actor: Actor, pk: int) -> Board:
    """The meeting and its places, once it is written down that they were read; 404 for somebody else's."""
    row = visible_or_404(meetings(actor), pk=pk)
    seats = list(Seat.objects.visible_to(actor).filter(appointment=row).select_related("user"))
    rows = Booking.objects.visible_to(actor).filter(appointment=row).select_related("person", "worker", "kind")
    bookings = list(rows.order_by("place", "id"))
    matters = queries.matters_of(actor, bookings) if bookings and actor.has("social_worker") else {}
    for booking in bookings:
        if booking.pk in matters:
            matters[booking.pk].booking = booking
    _write_down(request, row, bookings, matters.values())
    offers = _offers(actor, bookings)
    return Board(actor, row, seats, [_place(actor, row, b, matters.get(b.pk), offers.get(b.pk, [])) for b in bookings])


def _write_down(request: HttpRequest, row: Appointment, bookings: list[Booking], matters: Iterable[Matter]) -> None:
    known = list(matters)
    for matter in known:
        note_read(request, "appointment.read", matter)
    if len(bookings) == 1 and not known:
        note_read(request, "appointment.read", bookings[0])
    elif len(bookings) != len(known) or not bookings:
        note_read(request, "appointment.read", row, count=len(bookings))


def _offers(actor: Actor, bookings: list[Booking]) -> dict[int, list[Offer]]:
    waiting = [b.pk for b in bookings if b.earlier_since is not None]
    found: dict[int, list[Offer]] = {}
    if waiting:
        rows = Offer.objects.visible_to(actor).filter(booking__in=waiting, state=OfferState.OPEN)
        for offer in rows.filter(until__gt=timezone.now()):
            found.setdefault(offer.booking_id, []).append(offer)
    return found


def _place(actor: Actor, row: Appointment, booking: Booking, matter: Matter | None, offers: list[Offer]) -> Place:
    booking.appointment = row
    may_change = policy.may_change(actor, booking)
    sent = fates(Kind.APPOINTMENT, booking.pk) if may_change or matter is not None else []
    return Place(booking, matter, sent, offers, may_change, _settle(actor, row, booking, matter))


def _settle(actor: Actor, row: Appointment, booking: Booking, matter: Matter | None) -> str:
    """Where a meeting that has begun is concluded: by a member of its case, else by who met the person."""
    if booking.state != BookingState.BOOKED or row.starts_at > timezone.now() or not actor.has("social_worker"):
        return ""
    open_matter = matter is not None and not matter.outcome
    mine = matter is None and booking.worker_id == actor.user_id
    return settle_url(booking.pk) if open_matter or mine else ""


def colleagues_for(actor: Actor, centre_id: int, but: Iterable[int] = ()) -> list[Colleague]:
    """Who may sit at a meeting of a centre: those who work there, in their own trade."""
    rows = Colleague.objects.visible_to(actor).working_in({centre_id, *actor.centres})
    return list(rows.filter(roles__overlap=SEATED).exclude(pk__in=but))


def show(request: HttpRequest, board: Board, form: forms.BaseForm | None = None) -> HttpResponse:
    """The page; `form` is the one that came back."""
    actor, row = board.actor, board.row
    runs = board.to_come and policy.may_run(actor, row)
    colleague = form if isinstance(form, ColleagueForm) else None
    if runs and colleague is None:
        colleague = ColleagueForm(colleagues_for(actor, row.centre_id, [s.user_id for s in board.team]))
    session = session_at(actor, row) if row.is_planned and not board.places else None
    context = {
        "board": board,
        "row": row,
        "icon": mode_icon(row.mode),
        "refused": form,
        "colleague": colleague if runs else None,
        "session": session,
        "release": runs and not board.taken and session is None,
        "moves": board.to_come and board.only is not None and board.only.may_change and board.only.is_booked,
        "visit": row.mode in OUTSIDE and row.is_planned and any(s.user_id == actor.user_id for s in board.team),
        "left": row.capacity - len(board.taken),
        "crumbs": [Link("Agenda", back_url(row)), Link(f"{row.title}, {moment(row.starts_at)}")],
    }
    return page(request, "staff/agenda/appointment.html", context, status=200 if form is None else 422)


def back_url(row: Appointment) -> str:
    """The day of a meeting in the agenda."""
    return f"{reverse('staff:agenda')}?le={timezone.localtime(row.starts_at).date().isoformat()}"
