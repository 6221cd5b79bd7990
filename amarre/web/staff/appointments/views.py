"""One appointment: when, where, with whom, what was sent about it; for the members, why and who else comes.

Read by the URL configuration beside.
"""

from __future__ import annotations

import segno
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from amarre.appointments import links, policy
from amarre.appointments.models import Booking, Guest, Matter, Seat
from amarre.appointments.states import BookingState
from amarre.appointments.wording import when
from amarre.core.actor import Actor
from amarre.core.notices import Kind, door_url, fates
from amarre.intake.models import Solicitation
from amarre.intake.states import About, Source
from amarre.people.queries import account_of
from amarre.web.staff.appointments.forms import GuestForm
from amarre.web.staff.appointments.seeing import form_for, seen, why
from amarre.web.staff.people.words import warnings_of
from amarre.web.ui import dates
from amarre.web.ui.http import actor_of, note_read, page
from amarre.web.ui.parts import Badge, Link


def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one appointment that its reader may know."""
    actor = actor_of(request)
    booking = seen(actor, pk)
    note_read(request, "appointment.read", booking)
    return show(request, actor, booking)


def show(request: HttpRequest, actor: Actor, booking: Booking, form: GuestForm | None = None) -> HttpResponse:
    """The page; `form` is the one that came back."""
    matter = why(request, actor, booking)
    meeting = booking.appointment
    to_come = meeting is None or meeting.ends_at > timezone.now()
    alive = booking.state != BookingState.CANCELLED
    may_change = policy.may_change(actor, booking) and alive and to_come
    seats = Seat.objects.visible_to(actor).filter(appointment=meeting, held=True).select_related("user")
    guests = list(Guest.objects.visible_to(actor).filter(matter=matter).select_related("agreement")) if matter else []
    context = {
        "booking": booking,
        "meeting": meeting,
        "matter": matter,
        "seats": [s.user.name for s in seats] if meeting else [],
        "crumbs": _crumbs(booking, matter),
        "badges": [_badge(booking)],
        "warnings": warnings_of(booking.person) if booking.person else [],
        "identity": f"{booking.kind.label} · {dates.moment(meeting.starts_at)}" if meeting else booking.kind.label,
        "fates": fates(Kind.APPOINTMENT, booking.pk),
        "cannot_leave": nothing_leaves(actor, booking) if may_change else "",
        "link": door_url(links.path_of(booking.pk)) if may_change else "",
        "may_change": may_change,
        "may_move": may_change and meeting is not None and meeting.capacity == 1,
        "to_settle": bool(meeting and meeting.starts_at <= timezone.now() and booking.is_booked)
        and not (matter and matter.outcome) and (matter is not None or booking.worker_id == actor.user_id),
        "guests": guests,
        "guest_form": form or (form_for(actor, matter) if matter and may_change else None),
        "to_come": to_come,
    }  # fmt: skip
    return page(request, "staff/appointments/appointment.html", context, status=422 if form else 200)


def _crumbs(booking: Booking, matter: Matter | None) -> list[Link]:
    if matter is not None:
        return [Link("Dossier", reverse("staff:case", args=[matter.case_id])), Link("Rendez-vous")]
    return [Link("Ma journée", reverse("staff:day")), Link("Rendez-vous")]


def _badge(booking: Booking) -> Badge:
    if booking.state == BookingState.INVITED:
        return Badge("la personne doit choisir", "rope")
    if booking.state == BookingState.CANCELLED:
        by = f" par {booking.get_ended_by_display()}" if booking.ended_by else ""
        return Badge(f"annulé{by}", "neutral")
    meeting = booking.appointment
    past = meeting is not None and meeting.ends_at <= timezone.now()
    return Badge("passé", "neutral") if past else Badge("réservé", "sea")


def nothing_leaves(actor: Actor, booking: Booking) -> str:
    """Why no message can reach the person; nothing when one can. Asked again when a message leaves."""
    if booking.quiet:
        return "vous avez choisi «\u202fne pas notifier\u202f»"
    person = booking.person
    if person is not None:
        if person.do_not_notify:
            return "la personne a demandé qu’on ne lui envoie rien"
        reached = bool(person.phone and person.phone_confirmed_at) or account_of(actor, person) is not None
        return "" if reached else "aucune adresse et aucun numéro n’ont été confirmés avec elle"
    key = booking.solicitation_id
    asked = Solicitation.objects.visible_to(actor).filter(pk=key).first() if key is not None else None
    if asked is None or asked.source != Source.EMPLOYEE or asked.about != About.PERSON:
        return "la personne n’a pas donné elle-même de moyen de la joindre"
    if asked.do_not_call:
        return "la personne a demandé qu’on ne l’appelle pas"
    return "" if asked.email or asked.phone else "la personne n’a laissé ni adresse ni numéro"


def qr_of(url: str) -> SafeString:
    """The address as a drawing that a telephone reads."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(scale=5, border=2, omitsize=True, svgclass="qr")
    return SafeString(drawn)


def appointment_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip to hand to the person: when, the link, whom to call; neither the service nor why."""
    actor = actor_of(request)
    booking = seen(actor, pk)
    meeting = booking.appointment if booking.is_booked else None
    if not policy.may_change(actor, booking) or booking.state == BookingState.CANCELLED:
        raise PermissionDenied
    note_read(request, "appointment.read", booking)
    link = door_url(links.path_of(booking.pk))
    context = {
        "booking": booking,
        "when": when(meeting.starts_at) if meeting else "",
        "meeting": meeting,
        "link": link,
        "qr": qr_of(link),
        "crumbs": [Link("Rendez-vous", reverse("staff:appointment", args=[booking.pk])), Link("Papier")],
    }
    return page(request, "staff/appointments/paper.html", context)
