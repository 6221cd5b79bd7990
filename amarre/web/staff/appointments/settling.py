"""After the meeting, one page and one press: what became of it, the note, the next step, the next appointment.

Read by the URL configuration beside. All or nothing: a slot that was taken meanwhile undoes the rest, and nothing typed
is lost.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.appointments import commands, queries
from amarre.appointments.commands_after import settle
from amarre.appointments.models import Booking
from amarre.appointments.placing import GONE
from amarre.appointments.queries_case import case_of
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Centre
from amarre.plans.models import Plan
from amarre.plans.queries import plan_of
from amarre.web.staff.appointments import choosing
from amarre.web.staff.appointments import whom as w
from amarre.web.staff.appointments.forms import SettleForm
from amarre.web.staff.appointments.seeing import seen
from amarre.web.staff.cases.head import open_case
from amarre.web.ui import dates, drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of
from amarre.web.ui.parts import Link

_NEXT_FROM, _NEXT_DAYS = timedelta(days=1), 30


def appointment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an appointment."""
    actor = actor_of(request)
    booking = seen(actor, pk)
    found = case_of(actor, booking)
    if found is None:
        if booking.worker_id != actor.user_id or not actor.has("social_worker"):
            raise PermissionDenied
        note_read(request, "appointment.read", booking)
        return page(request, "staff/appointments/no_case.html", _without_case(booking), status=status_of(request))
    case = open_case(request, actor, found.pk)
    return _settle(request, actor, booking, case)


def _without_case(booking: Booking) -> dict[str, Any]:
    return {
        "booking": booking,
        "crumbs": [Link("Rendez-vous", reverse("staff:appointment", args=[booking.pk])), Link("Conclure")],
        "request_url": reverse("staff:request", args=[booking.solicitation_id]) if booking.solicitation_id else "",
    }


def _settle(request: HttpRequest, actor: Actor, booking: Booking, case: Case) -> HttpResponse:
    plan = plan_of(actor, case)
    chosen = _next(actor, booking, case)
    days, _ = chosen.days(chosen.free(), _NEXT_DAYS)
    desk = drafts.open_desk(request, actor, f"settle:{booking.pk}")
    meeting = booking.appointment
    initial = {"minutes": meeting.minutes if meeting else None} | {k: v[0] for k, v in desk.values.items() if v}
    form = SettleForm(days, plan is not None, request.POST or None, initial=initial)
    result = carry_out(request, form, lambda data: _carry(actor, booking, case, plan, data), desk=desk)
    if result is not None:
        return done(request, reverse("staff:case", args=[case.pk]), result)
    matter = queries.matters_of(actor, [booking]).get(booking.pk)
    name = case.person.full_name if case.person else "Contact anonyme"
    context = {
        "booking": booking,
        "case": case,
        "matter": matter,
        "name": name,
        "identity": f"{booking.kind.label} · {dates.moment(meeting.starts_at)}" if meeting else booking.kind.label,
        "crumbs": [Link(case.number, reverse("staff:case", args=[case.pk])), Link("Conclure le rendez-vous")],
        "warnings": w.of_case(case).warnings,
        "form": form,
        "desk": desk,
        "plan": plan,
        "too_soon": meeting is None or meeting.starts_at > timezone.now() or not booking.is_booked,
        "over": bool(matter and matter.outcome),
    }
    return page(request, "staff/appointments/settle.html", context, status=status_of(request))


def _next(actor: Actor, booking: Booking, case: Case) -> choosing.Choosing:
    """Slots for the next one: the same kind, the same way, the same colleague."""
    said = {
        "kind": str(booking.kind_id), "mode": booking.mode,
        "after": (timezone.localdate() + _NEXT_FROM).isoformat(),
    }  # fmt: skip
    return choosing.read_choices(actor, said, [booking.worker], lead_id=booking.worker_id, in_case=True)


def _carry(actor: Actor, booking: Booking, case: Case, plan: Plan | None, data: dict[str, Any]) -> str:
    """One press: what became of it, then the next one; the sentence that says so."""
    settle(
        actor=actor, booking=booking, case=case, outcome=data["outcome"], minutes=data["minutes"], body=data["body"],
        private=data["private"], plan=plan, next_step=data.get("next_step", ""),
        next_owner=data.get("next_owner", "worker"), next_due=data.get("next_due"),
    )  # fmt: skip
    wanted = choosing.read_slot(data["next_slot"])
    if wanted is None:
        return "C’est noté dans le dossier."
    chosen = _next(actor, booking, case)
    centre = Centre.objects.visible_to(actor).filter(pk=wanted[1]).first()
    if chosen.kind is None or centre is None or wanted not in [(s.starts, s.centre_id) for s in chosen.free()]:
        raise Refused(GONE)
    commands.book(
        actor=actor, centre=centre, kind=chosen.kind, worker=booking.worker, starts_at=wanted[0], mode=chosen.mode,
        case=case, reason=data["next_reason"], quiet=booking.quiet,
    )  # fmt: skip
    return f"C’est noté dans le dossier. Prochain rendez-vous\u00a0: {dates.moment(wanted[0])}."
