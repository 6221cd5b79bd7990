"""Alarms: who read much outside their own work; looked into, and a stop lifted, by somebody else.

Read by the URL configuration beside. An alarm says who, when and how many; what was read is in the journal, which the
privacy officer alone reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.accounts.models import Colleague
from amarre.audit.commands import lift_stop, see_alarm
from amarre.audit.models import Alarm, AlarmState
from amarre.audit.policy import may_answer_alarm, may_read_journal, may_watch
from amarre.core.actor import Actor
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_DOORS = {"staff": "service", "person": "espace d’une personne", "employer": "employeur", "partner": "partenaire"}
_MOST = 100


class LiftForm(forms.Form):
    """Why the account may read again."""

    words = forms.CharField(
        label="Ce que vous avez vérifié, et auprès de qui", max_length=4_000, widget=forms.Textarea({"rows": 5}),
        help_text="Au moins une phrase. Elle est gardée avec l’arrêt.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An alarm in words."""

    row: Alarm
    who: str
    seen_by: str
    lifted_by: str

    @property
    def door(self) -> str:
        """Through which door."""
        return _DOORS.get(self.row.door, self.row.door)

    @property
    def what(self) -> str:
        """How many, of what."""
        kind = "pages de listes ou de recherche" if self.row.listed else "fiches, demandes ou adresses"
        return f"{self.row.count} {kind} hors de son travail, en une heure"


def _watcher(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_watch(actor):
        raise PermissionDenied
    return actor


def _shown(actor: Actor, rows: list[Alarm]) -> list[Shown]:
    wanted = {key for row in rows for key in (row.user_id, row.seen_by, row.lifted_by) if key is not None}
    names = dict(Colleague.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "name"))

    def name(key: int | None) -> str:
        return names.get(key, f"compte n° {key}") if key is not None else ""

    return [Shown(row, name(row.user_id), name(row.seen_by), name(row.lifted_by)) for row in rows]


def alarm_list(request: HttpRequest) -> HttpResponse:
    """What waits: stops that hold, then alerts nobody looked into; then what is over."""
    actor = _watcher(request)
    shown = _shown(actor, list(Alarm.objects.visible_to(actor)[:_MOST]))
    note_read(request, "alarm.list", count=len(shown), own=True)
    waiting = [s for s in shown if s.row.state == AlarmState.OPEN]
    waiting.sort(key=lambda s: not s.row.holds)
    over = [s for s in shown if s.row.state != AlarmState.OPEN]
    context = {"waiting": waiting, "over": over, "officer": may_read_journal(actor)}
    return page(request, "staff/journal/alarms.html", context)


def _alarm(request: HttpRequest, actor: Actor, pk: int) -> Alarm:
    row = visible_or_404(Alarm.objects.visible_to(actor), pk=pk)
    note_read(request, "alarm.read", row, own=True)
    return row


def alarm_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One alarm; and, where it stops an account, what lifts it."""
    actor = _watcher(request)
    row = _alarm(request, actor, pk)
    may_answer = may_answer_alarm(actor, row)
    desk, form = None, None
    if row.holds and may_answer:
        desk = drafts.open_desk(request, actor, f"alarm:{row.pk}")
        form = LiftForm(request.POST or desk.initial())
        if carry_out(request, form, lambda d: lift_stop(actor=actor, alarm=row, **d), desk=desk) is not None:
            return done(request, reverse("staff:alarm_list"), "L’arrêt est levé. Le compte peut consulter de nouveau.")
    return _show(request, actor, row, form, desk, may_answer)


def _show(
    request: HttpRequest, actor: Actor, row: Alarm, form: forms.Form | None, desk: drafts.Desk | None, may_answer: bool
) -> HttpResponse:
    context: dict[str, Any] = {
        "shown": _shown(actor, [row])[0],
        "form": form,
        "desk": desk,
        "may_see": may_answer and not row.is_stop and row.state == AlarmState.OPEN,
        "mine": row.user_id == actor.user_id,
        "officer": may_read_journal(actor),
        "crumbs": [Link("Alertes", reverse("staff:alarm_list")), Link(row.get_kind_display().capitalize())],
    }
    return page(request, "staff/journal/alarm.html", context, status=status_of(request) if form else 200)


@require_POST
def alarm_see(request: HttpRequest, pk: int) -> HttpResponse:
    """The alert was looked into."""
    actor = _watcher(request)
    row = _alarm(request, actor, pk)
    form = forms.Form(request.POST)
    if carry_out(request, form, lambda _: see_alarm(actor=actor, alarm=row)) is not None:
        return done(request, reverse("staff:alarm_list"), "C’est noté.")
    return _show(request, actor, row, form, None, may_answer_alarm(actor, row))
