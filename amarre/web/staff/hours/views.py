"""Hours: a worker's weekly patterns, the days that are not as usual, absences, what is to be moved.

Read by the URL configuration beside. One's own; of the workers of their centres for secretary and coordinator.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.accounts.models import Posting
from amarre.appointments import commands_hours as commands
from amarre.appointments import policy
from amarre.appointments import queries_hours as queries
from amarre.appointments.models import MeetingKind, Permanence, Room, TimeOff
from amarre.appointments.states import MODE_CHOICES
from amarre.organisations.models import Centre
from amarre.web.staff.hours.base import Whose, appointment_url, keeper, keeps_others, whose, workers_of
from amarre.web.staff.hours.forms import AwayForm, DayForm, EndForm, PermanenceForm
from amarre.web.ui.http import carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_FORM = "staff/hours/form.html"
_MODES = dict(MODE_CHOICES)


def hours(request: HttpRequest) -> HttpResponse:
    """My own; or whose, for who keeps those of others."""
    actor = keeper(request)
    if not keeps_others(actor):
        return HttpResponseRedirect(reverse("staff:hours_of", args=[actor.account_id]))
    context = {"workers": workers_of(actor), "crumbs": [Link("Permanences")]}
    return page(request, "staff/hours/workers.html", context)


def hours_of(request: HttpRequest, worker_pk: int) -> HttpResponse:
    """Patterns, absences, and the meetings that fall where nobody receives any more."""
    at = whose(request, worker_pk)
    rows, off = queries.patterns(at.actor, at.worker), queries.absences(at.actor, at.worker)
    moved = queries.to_move(at.actor, at.worker, rows, off)
    note_read(request, "meeting.list", count=len(moved), own=at.mine)
    labels = dict(MeetingKind.objects.visible_to(at.actor).values_list("pk", "label"))
    today = timezone.localdate()
    context = {
        "at": at,
        "rows": [_row(row, labels) | {"over": row.until is not None and row.until < today} for row in rows],
        "overlaps": queries.overlaps(rows),
        "off": off,
        "to_move": [{"row": m.meeting, "away": m.away, "url": appointment_url(m.meeting.pk)} for m in moved],
        "sees_meetings": at.mine or at.actor.has(*policy.BOOKS),
        "crumbs": at.crumbs(),
    }
    return page(request, "staff/hours/hours.html", context)


def _row(row: Permanence, labels: dict[int, str]) -> dict[str, Any]:
    return {
        "row": row,
        "modes": ", ".join(_MODES[m].lower() for m in row.modes),
        "kinds": ", ".join(labels[k] for k in row.kinds if k in labels),
        "coming": getattr(row, "coming", ()),
    }


def hours_open(request: HttpRequest, worker_pk: int) -> HttpResponse:
    """Open hours at which somebody receives."""
    at = whose(request, worker_pk)
    posted = Posting.objects.visible_to(at.actor).filter(user_id=at.worker.pk).values("centre_id")
    centres = list(Centre.objects.visible_to(at.actor).filter(pk__in=posted, active=True))
    rooms = Room.objects.visible_to(at.actor).filter(active=True, centre__in=centres).select_related("centre")
    kinds = MeetingKind.objects.visible_to(at.actor).filter(active=True)
    first = {"since": timezone.localdate(), "every": 1, "modes": ["office", "phone"]}
    form = PermanenceForm(centres, list(rooms), list(kinds), request.POST or None, initial=first)
    made = carry_out(request, form, lambda _: commands.open_permanence(actor=at.actor, worker=at.worker, **form.said()))
    if made is not None:
        return done(request, at.url, _opened(at, made))
    return _form(request, at, form, "Ouvrir une permanence", "Ouvrir la permanence")


def _opened(at: Whose, made: Permanence) -> str:
    pairs = queries.overlaps(queries.patterns(at.actor, at.worker))
    if any(made.pk in (one.pk, other.pk) for one, other in pairs):
        return "La permanence est ouverte. Attention\u00a0: elle en chevauche une autre."
    return "La permanence est ouverte."


def _form(request: HttpRequest, at: Whose, form: Any, title: str, verb: str, *, hint: str = "") -> HttpResponse:
    context = {
        "form": form, "title": title, "verb": verb, "hint": hint, "back": at.url, "identity": at.worker.name,
        "crumbs": at.crumbs(Link(title)),
    }  # fmt: skip
    return page(request, _FORM, context, status=status_of(request))


def _a_permanence(request: HttpRequest, pk: int) -> tuple[Whose, Permanence]:
    rows = Permanence.objects.visible_to(keeper(request)).select_related("worker", "centre")
    row = visible_or_404(rows, pk=pk)
    return whose(request, row.worker_id), row


def hours_end(request: HttpRequest, pk: int) -> HttpResponse:
    """These hours stop after a day."""
    at, row = _a_permanence(request, pk)
    form = EndForm(request.POST or None, initial={"until": row.until or timezone.localdate()})
    if carry_out(request, form, lambda d: commands.end_permanence(actor=at.actor, permanence=row, **d)):
        return done(
            request, at.url, "C’est noté. Ce qui est réservé après ce jour reste, et vous est montré à déplacer."
        )
    return _form(
        request, at, form, f"Terminer la permanence du {row.get_weekday_display()}", "Terminer",
        hint="Après ce jour, aucun créneau n’est plus proposé. Les rendez-vous déjà pris restent\u00a0: ils vous "
             "seront montrés, à déplacer.",
    )  # fmt: skip


def hours_day(request: HttpRequest, pk: int) -> HttpResponse:
    """One day with other hours, or without any."""
    at, row = _a_permanence(request, pk)
    form = DayForm(queries.occurrences(row), request.POST or None, initial={"starts": row.starts, "ends": row.ends})

    def act(data: dict[str, Any]) -> object:
        said = {name: data[name] for name in ("on", "starts", "ends")}
        return commands.change_day(actor=at.actor, permanence=row, **said)

    if carry_out(request, form, act):
        return done(request, at.url, "Ce jour est noté.")
    return _form(request, at, form, f"Un {row.get_weekday_display()} autrement", "Enregistrer ce jour")


def hours_away(request: HttpRequest, worker_pk: int) -> HttpResponse:
    """Somebody is not there: nothing more is booked."""
    at = whose(request, worker_pk)
    form = AwayForm(request.POST or None)
    if carry_out(
        request, form, lambda _: commands.take_time_off(actor=at.actor, worker=at.worker, **form.range())
    ):  # fmt: skip
        return done(request, at.url, "L’absence est notée. Plus rien ne se réserve pendant ce temps.")
    return _form(
        request, at, form, "Noter une absence", "Noter l’absence",
        hint="La raison n’est pas demandée, et n’a pas de place ici. Les rendez-vous déjà pris vous seront montrés, à "
             "déplacer.",
    )  # fmt: skip


@require_POST
def hours_back(request: HttpRequest, pk: int) -> HttpResponse:
    """They are there after all."""
    rows = TimeOff.objects.visible_to(keeper(request)).select_related("worker")
    row = visible_or_404(rows, pk=pk)
    at = whose(request, row.worker_id)
    commands.give_time_off_back(actor=at.actor, time_off=row)
    return done(request, at.url, "L’absence est retirée. Les créneaux sont de nouveau proposés.")
