"""Sessions: planned, changed, held and counted; the places and the sign-in sheet, for who receives people.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.collective import commands_sessions as commands
from amarre.collective import policy
from amarre.collective.links import session_path
from amarre.collective.models import Action, Attendance, Seat, Session
from amarre.collective.queries import held_time, seats_of, sheet_of, teams
from amarre.collective.states import LANGUAGES, ActionState, SessionState
from amarre.core.actor import Actor
from amarre.core.notices import door_url
from amarre.web.staff.collective import forms as f
from amarre.web.staff.collective.base import TONES, crumbs, given_back, one, somebody, then, url_of
from amarre.web.ui.dates import NBSP, long_day
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link


def _session(actor: Actor, pk: int) -> Session:
    rows = Session.objects.visible_to(actor).select_related("action__company", "action__establishment__company")
    return visible_or_404(rows, pk=pk)


def _url(session: Session) -> str:
    return reverse("staff:collective_session", args=[session.pk])


def _title(session: Session) -> str:
    day = long_day(session.day).replace(NBSP, " ")  # cut between words on a narrow screen
    return f"Séance du {day}"


def _way(action: Action, *links: Link) -> list[Link]:
    return crumbs(Link(action.title, url_of(action)), *links)


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix a day."""
    actor = somebody(request, policy.may_arrange)
    row = one(actor, pk)
    note_read(request, "action.read", row, own=True)
    first = {"place": row.place, "capacity": row.expected, "team": [str(actor.user_id)], "languages": ["fr"]}
    form = f.SessionForm(actor, row, request.POST or None, initial=first)
    made = carry_out(request, form, lambda data: commands.plan_session(actor=actor, action=row, **data))
    if made is not None:
        return done(request, url_of(row), f"{_title(made)}\u00a0: c’est fixé.")
    late = "Une séance se fixe une fois l’action convenue, et avant qu’elle ne soit tenue."
    why = "" if row.state == ActionState.AGREED else late
    return _page(request, form, "Fixer une séance", row, _way(row, Link("Nouvelle séance")), why)


def _page(request: HttpRequest, form: Any, title: str, action: Action, way: list[Link], why: str) -> HttpResponse:
    """The form; or `why` it is not the moment any more."""
    context = {
        "form": form, "title": title, "identity": f"{action.title} · {action.where}", "verb": "Enregistrer",
        "crumbs": way, "open": not why, "why_closed": why, "back": url_of(action),
    }  # fmt: skip
    return page(request, "staff/collective/form.html", context, status=status_of(request))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a session, or its places."""
    actor = somebody(request, policy.may_arrange)
    row = _session(actor, pk)
    note_read(request, "session.read", row, own=True)
    team = teams(actor, [row])[row.pk]
    time = held_time(actor, row)
    known = f.SessionForm.of(row, team, time.travel if time else 0)
    form = f.SessionForm(actor, row.action, request.POST or None, initial=known)
    if carry_out(request, form, lambda data: commands.change_session(actor=actor, session=row, **data)):
        return done(request, _url(row), "La séance est modifiée.")
    why = "" if row.is_planned else "Cette séance n’est plus à venir."
    return _page(request, form, "Modifier la séance", row.action, _way(row.action, Link(_title(row), _url(row))), why)


def _count_form(row: Session, said: Any) -> tuple[f.HoldForm | None, bool]:
    """How many were there: asked once it took place, corrected until the account is given."""
    if row.is_planned and (said or row.day <= timezone.localdate()):
        return f.HoldForm(row.action, said), False
    if row.state == SessionState.HELD and row.head_count is not None and row.action.report_on is None:
        return f.HoldForm(row.action, said, initial={"head_count": row.head_count}), True
    return None, False


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session; a POST says that it was held, then corrects how many were there."""
    actor = actor_of(request)
    row = _session(actor, pk)
    may = policy.may_arrange(actor)
    time = held_time(actor, row) if row.is_planned else None
    if request.method == "POST":
        somebody(request, policy.may_arrange)
    note_read(request, "session.read", row, own=True)
    said = request.POST if request.method == "POST" else None
    begun = row.day <= timezone.localdate()
    form, recount = _count_form(row, said) if may else (None, False)
    if form is not None:
        count = commands.recount_session if recount else commands.hold_session
        if carry_out(request, form, lambda data: count(actor=actor, session=row, **data)) is not None:
            return done(request, url_of(row.action), "Le nombre est corrigé." if recount else "La séance est notée.")
    context = {
        "row": row,
        "action": row.action,
        "title": _title(row),
        "team": teams(actor, [row])[row.pk],
        "languages": [words for code, words in LANGUAGES if code in row.languages],
        "badges": [Badge(row.get_state_display(), TONES.get(row.state, "green"))],
        "crumbs": _way(row.action, Link(_title(row))),
        "form": form,
        "recount": recount,
        "may": may,
        "time": time,
        "public_url": door_url(session_path(row.code)),
        "to_come": row.is_planned and not begun,
        "given_back": row.is_planned and row.day > timezone.localdate() and row.appointment_id is None,
        "seats": seats_of(actor, row) if may else [],
        "sheet": sheet_of(actor, row) if may and row.action.signs else [],
        "sign": f.SignForm() if may and row.action.signs else None,
    }
    return page(request, "staff/collective/session.html", context, status=status_of(request))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    actor = somebody(request, policy.may_arrange)
    row = _session(actor, pk)
    return then(
        request, url_of(row.action), lambda: commands.cancel_session(actor=actor, session=row),
        "La séance est annulée. Les personnes inscrites qui ont laissé une adresse ou un numéro sont prévenues.",
    )  # fmt: skip


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of the sheet."""
    actor = somebody(request, policy.may_arrange)
    row = _session(actor, pk)
    form = f.SignForm(request.POST)
    if carry_out(request, form, lambda data: commands.sign_attendance(actor=actor, session=row, **data)):
        return done(request, _url(row), "La ligne est ajoutée.")
    return given_back(request, form, f"{_title(row)}\u00a0: émargement", row.action)


@require_POST
def unsign(request: HttpRequest, pk: int) -> HttpResponse:
    """A line written by mistake."""
    actor = somebody(request, policy.may_arrange)
    line = visible_or_404(Attendance.objects.visible_to(actor).select_related("session"), pk=pk)
    return then(
        request, _url(line.session), lambda: commands.remove_attendance(actor=actor, attendance=line),
        "La ligne est retirée.",
    )  # fmt: skip


@require_POST
def unseat(request: HttpRequest, pk: int) -> HttpResponse:
    """A place that nobody will use, or that was taken in jest."""
    actor = somebody(request, policy.may_arrange)
    seat = visible_or_404(Seat.objects.visible_to(actor).select_related("session"), pk=pk)
    return then(
        request, _url(seat.session), lambda: commands.remove_seat(actor=actor, seat=seat),
        "L’inscription est retirée. La première personne qui attend a la place.",
    )  # fmt: skip
