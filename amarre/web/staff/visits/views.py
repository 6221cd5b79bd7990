"""Visits: mine, those I was told of; one sheet, prepared, printed, arrived, left; who is looked for.

Read by the URL configuration beside. Each act may be sent twice, as after a lost network: the second changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.appointments import commands_visits as commands
from amarre.appointments import policy
from amarre.appointments import queries_visits as queries
from amarre.appointments.models import Appointment, Visit
from amarre.appointments.queries_visits import Out
from amarre.appointments.slots import PARIS, instant
from amarre.appointments.states import MODE_CHOICES, OUTSIDE, AppointmentState
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Centre, CrisisNumber
from amarre.web.staff.visits.bar import alarm_bar
from amarre.web.staff.visits.forms import LongerForm, SheetForm
from amarre.web.ui import drafts
from amarre.web.ui.dates import hour
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link

_MODES = dict(MODE_CHOICES)
_OFFERED = (30, 60, 120)
_RESCUE = ("112", "15", "17", "18", "114")


def visits(request: HttpRequest) -> HttpResponse:
    """What goes on, what comes, what is to be prepared, and who is not back."""
    actor = actor_of(request)
    found = queries.visits(actor)
    ready = queries.to_prepare(actor)
    note_read(request, "visit.list", count=len(found), own=all(o.mine for o in found))
    context = {
        "bar": alarm_bar(actor, found),
        "mine": [_line(o) for o in found if o.mine],
        "told": [_line(o) for o in found if not o.mine],
        "ready": ready,
        "crumbs": [Link("Visites")],
    }
    return page(request, "staff/visits/visits.html", context)


def _line(out: Out) -> dict[str, Any]:
    return {"out": out, "mode": _MODES[out.mode], "badge": _badge(out)}


def _badge(out: Out) -> Badge:
    if out.over:
        return Badge("terminée", "green")
    if out.overdue:
        return Badge("pas de retour", "red")
    return Badge("sur place", "sea") if out.sheet.in_at else Badge("prévue", "neutral")


def _meeting(request: HttpRequest, pk: int) -> tuple[Actor, Appointment]:
    """A meeting outside at which the actor is seated; 404 otherwise."""
    actor = actor_of(request)
    rows = Appointment.objects.visible_to(actor).filter(mode__in=OUTSIDE, state=AppointmentState.PLANNED)
    meeting = visible_or_404(rows.select_related("establishment__company", "centre", "kind"), pk=pk)
    if not policy.may_prepare_visit(actor, meeting):
        raise Http404
    return actor, meeting


def _visit(request: HttpRequest, pk: int) -> tuple[Actor, Out]:
    actor = actor_of(request)
    out = queries.one(actor, pk)
    if out is None:
        raise Http404
    return actor, out


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: for who goes, big buttons and the sheet; for who was told, whom to call."""
    actor = actor_of(request)
    out = queries.one(actor, pk)
    if out is None:
        actor, meeting = _meeting(request, pk)
        context = {"meeting": meeting, "crumbs": _crumbs("À préparer")}
        return page(request, "staff/visits/unprepared.html", context)
    context = _sheet(request, actor, out)
    if out.mine:
        context |= {"offered": _offered(out), "longer": LongerForm()}
        return page(request, "staff/visits/visit.html", context)
    context |= {
        "numbers": CrisisNumber.objects.visible_to(actor).filter(active=True, number__in=_RESCUE),
        "centre": Centre.objects.visible_to(actor).filter(pk=out.sheet.centre_id).first(),
        "may_take": policy.may_take_alarm(actor, out.sheet) and out.overdue and out.sheet.taken_at is None,
    }
    return page(request, "staff/visits/watch.html", context)


def visit_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet on paper, for who goes."""
    actor, out = _visit(request, pk)
    if not out.mine:
        raise PermissionDenied("goes nowhere")
    return page(request, "staff/visits/print.html", _sheet(request, actor, out))


def _sheet(request: HttpRequest, actor: Actor, out: Out) -> dict[str, Any]:
    """What the sheet says; the case's own warning for its members alone, once it is written down that it was read."""
    note_read(request, "visit.read", out.sheet)
    whom = queries.visited(actor, out.appointment_id) if out.mine else None
    if whom is not None:
        note_read(request, "case.read", whom.case)
    return {
        "out": out,
        "sheet": out.sheet,
        "mode": _MODES[out.mode],
        "badges": [_badge(out)],
        "safety": whom.case.safety if whom is not None else "",
        "person": whom.person if whom is not None else None,
        "crumbs": _crumbs(f"Visite de {hour(out.starts)}"),
    }


def _crumbs(here: str) -> list[Link]:
    return [Link("Visites", reverse("staff:visits")), Link(here)]


def _offered(out: Out) -> list[dict[str, Any]]:
    """Hours to stay until: the next quarters of an hour, after now and after the hour planned."""
    after = max(timezone.now(), out.sheet.back_at).astimezone(PARIS).replace(second=0, microsecond=0)
    after += timedelta(minutes=-after.minute % 15)
    times = [after + timedelta(minutes=m) for m in _OFFERED]
    return [{"label": hour(t), "value": int(t.timestamp())} for t in times]


def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the sheet, or correct it; what the files know is filled in already."""
    actor, meeting = _meeting(request, pk)
    row = Visit.objects.visible_to(actor).filter(appointment=meeting).first()
    whom = queries.visited(actor, meeting.pk)
    note_read(request, "visit.read", row or meeting)
    if whom is not None:
        note_read(request, "case.read", whom.case)
    desk = drafts.open_desk(request, actor, f"visit:{meeting.pk}")
    people = Colleague.objects.visible_to(actor).working_in(actor.centres).exclude(pk=actor.account_id)
    first = _first(actor, meeting, row, queries.known_address(meeting, whom))
    form = SheetForm([c for c in people if c.roles], request.POST or desk.initial(), initial=first)

    def act(data: dict[str, Any]) -> Visit:
        back = instant(timezone.localdate(meeting.starts_at), data.pop("back"))
        told = form.people[data.pop("told")]
        return commands.prepare_visit(actor=actor, appointment=meeting, told=told, back_at=back, **data)

    if carry_out(request, form, act, desk=desk):
        return done(request, reverse("staff:visit", args=[meeting.pk]), "La fiche de visite est prête.")
    context = {
        "form": form, "desk": desk, "meeting": meeting, "mode": _MODES[meeting.mode],
        "safety": whom.case.safety if whom is not None else "", "crumbs": _crumbs("Préparer la visite"),
    }  # fmt: skip
    return page(request, "staff/visits/edit.html", context, status=status_of(request))


def _first(actor: Actor, meeting: Appointment, row: Visit | None, address: str) -> dict[str, Any]:
    if row is not None:
        kept = {name: getattr(row, name) or "" for name in ("address", "access", "warning", "phone")}
        return kept | {"told": row.told_id, "back": timezone.localtime(row.back_at).time()}
    last = queries.last_sheet(actor)
    back = timezone.localtime(meeting.ends_at + timedelta(minutes=meeting.travel)).time()
    usual = {"told": last.told_id, "phone": last.phone} if last is not None else {}
    return {"address": address, "back": back, **usual}


def _back(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    return done(request, reverse("staff:visit", args=[pk]), sentence)


@require_POST
def visit_arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je suis arrivé(e) »."""
    actor, out = _visit(request, pk)
    try:
        commands.check_in(actor=actor, visit=out.sheet)
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    return _back(request, pk, "Votre arrivée est notée.")


@require_POST
def visit_left(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je suis reparti(e) »."""
    actor, out = _visit(request, pk)
    try:
        commands.check_out(actor=actor, visit=out.sheet)
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    return _back(request, pk, "Votre départ est noté. Personne ne vous cherchera.")


@require_POST
def visit_longer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je reste jusqu’à… » : one of the hours offered, or another."""
    actor, out = _visit(request, pk)
    until = _until(request)
    if until is None:
        return _back(request, pk, "Donnez une heure à venir.")
    try:
        commands.stay_longer(actor=actor, visit=out.sheet, back_at=until)
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    return _back(request, pk, f"C’est noté\u00a0: retour à {hour(until)}.")


def _until(request: HttpRequest) -> datetime | None:
    offered, form = request.POST.get("until", ""), LongerForm(request.POST)
    if offered.isascii() and offered.isdigit() and len(offered) <= 10:
        return datetime.fromtimestamp(int(offered), PARIS)
    return instant(timezone.localdate(), form.cleaned_data["at"]) if form.is_valid() else None


@require_POST
def visit_take(request: HttpRequest, pk: int) -> HttpResponse:
    """« Je m’en occupe »."""
    actor, out = _visit(request, pk)
    try:
        commands.take_alarm(actor=actor, visit=out.sheet)
    except Refused as refusal:
        return _back(request, pk, str(refusal))
    return _back(request, pk, "C’est noté\u00a0: les autres voient que vous vous en occupez.")
