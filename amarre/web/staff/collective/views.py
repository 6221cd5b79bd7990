"""What is due next among the collective actions, a new one, and one on one page with its next step.

Read by the URL configuration beside. Every staff member reads; social workers and coordinators run,
secretaries arrange.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from amarre.collective import commands, policy
from amarre.collective.catalogue import OTHER
from amarre.collective.links import questions_path
from amarre.collective.models import Action, Improvement, Material, Offer, Session
from amarre.collective.queries import Step, answered, board, next_step, sessions_of, suggestions, teams
from amarre.collective.states import ASKED, GOING_ON, ActionState, Asker, EvaluationState
from amarre.core.actor import Actor
from amarre.core.notices import door_url
from amarre.directory.models import Structure
from amarre.directory.queries import place_of
from amarre.organisations.models import Establishment
from amarre.organisations.queries import search_companies
from amarre.web.staff.collective import forms as f
from amarre.web.staff.collective.base import PASSED, badge, crumbs, one, somebody, tabs, url_of
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_PER_PAGE, _PLACES = 25, 20


def board_page(request: HttpRequest) -> HttpResponse:
    """What is due next, the most urgent first; then what is over."""
    actor = actor_of(request)
    rows = Action.objects.visible_to(actor).defer("need", "discussion", "report", "look_back")
    rows = rows.select_related("company", "establishment__company", "lead")
    due = board(actor, rows.filter(state__in=GOING_ON)[:200])
    over = Paginator(rows.exclude(state__in=GOING_ON).order_by("-closed_on", "-id"), _PER_PAGE)
    found = over.get_page(request.GET.get("page"))
    note_read(request, "action.list", count=len(due) + len(found.object_list), own=True)
    context = {
        "tabs": tabs("collective"), "due": due, "found": found, "may_propose": policy.may_propose(actor),
    }  # fmt: skip
    return page(request, "staff/collective/board.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """A wish that was said: first where, then what."""
    actor = somebody(request, policy.may_propose)
    context: dict[str, Any] = {"crumbs": crumbs(Link("Nouvelle action"))}
    words, chosen = request.GET.get("q", "").strip(), request.GET.get("lieu", "")
    places = Establishment.objects.visible_to(actor).filter(active=True).select_related("company")
    if not chosen.isdecimal():
        if words:
            known = search_companies(actor, words, centre_id=None)
            context["places"] = [*places.filter(company__in=[*known[:_PLACES]])[:_PLACES]]
        context["words"] = words
        return page(request, "staff/collective/where.html", context, status=status_of(request))
    place = visible_or_404(places, pk=int(chosen))
    offers = [*Offer.objects.visible_to(actor).filter(active=True)]
    desk = drafts.open_desk(request, actor, f"action-new:{place.pk}")
    asker = "" if policy.may_arrange(actor) else Asker.HEALTH_TEAM
    form = f.NewForm(offers, asker, request.POST or desk.initial())

    def act(data: dict[str, Any]) -> Action:
        line = next(offer for offer in offers if str(offer.pk) == data["offer"])
        where = None if data.pop("whole") else place
        return commands.open_action(actor=actor, company=place.company, establishment=where, **{**data, "offer": line})

    made = carry_out(request, form, act, desk=desk)
    if made is not None:
        mine = policy.may_run(actor)
        said = "Parlez maintenant du besoin avec qui le demande." if mine else "Le service social s’en saisit."
        return done(request, url_of(made), f"C’est noté. {said}")
    context |= {"form": form, "desk": desk, "place": place}
    return page(request, "staff/collective/new.html", context, status=status_of(request))


# What each step asks: the form, who may, the verb on the button, the sentence once done.
_STEPS: dict[str, tuple[type[Form], Callable[[Actor], bool], str, str]] = {
    "discuss": (f.DiscussForm, policy.may_run, "Enregistrer le besoin", "Le besoin est noté."),
    "agree": (f.AgreeForm, policy.may_run, "Enregistrer l’accord", "C’est convenu. L’entreprise le lit désormais."),
    "account": (
        f.ReportForm,
        policy.may_run,
        "Remettre le compte rendu",
        "C’est remis\u00a0: l’employeur et le CSE le lisent.",
    ),
    "look_back": (f.LookBackForm, policy.may_run, "Enregistrer le bilan", "Le bilan est noté."),
    "close": (f.CloseForm, policy.may_run, "Terminer l’action", "L’action est terminée."),
}
_DO: dict[str, Callable[..., Action]] = {
    "discuss": commands.discuss_action, "agree": commands.agree_action, "account": commands.account_action,
    "look_back": commands.look_back_action, "close": commands.close_action,
}  # fmt: skip


def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is, what is next; a POST takes the next step."""
    actor = actor_of(request)
    row = one(actor, pk)
    note_read(request, "action.read", row, own=True)
    sessions = sessions_of(actor, [row])[row.pk]
    step = next_step(row, sessions)
    code = _code(request, step)
    form, desk = _form(request, actor, row, code)
    if form is not None and (step is None or step.code != code):
        form.add_error(None, PASSED)
        step = Step(code, _STEPS[code][2])
    if form is not None:
        taken = carry_out(request, form, lambda data: _DO[code](actor=actor, action=row, **data), desk=desk)
        if taken is not None:
            return done(request, url_of(row), _STEPS[code][3])
    leaders = teams(actor, sessions)
    told = answered(actor, row) if row.evaluation == EvaluationState.SHOWN else []
    context = {
        "row": row,
        "step": step,
        "form": form,
        "desk": desk,
        "verb": _STEPS[code][2] if form is not None else "",
        "sessions": [(session, leaders[session.pk]) for session in sessions],
        "answered": told,
        "compared": any(line.before for line in told),
        "suggested": _suggested(actor, row),
        "materials": _materials(actor, row),
        "trials": Improvement.objects.visible_to(actor).filter(action=row).only("pk", "title", "state"),
        "due_session": _due_session(sessions),
        "badges": [badge(row)],
        "crumbs": crumbs(Link(row.title)),
        "may_run": policy.may_run(actor),
        "may_arrange": policy.may_arrange(actor),
        "may_close": _due_session(sessions) is None or _is_past(row.evaluation_until),
        "questions_url": door_url(questions_path(row.evaluation_code)) if row.evaluation_code else "",
        "may_improve": policy.may_improve(actor),
    }
    return page(request, "staff/collective/action.html", context, status=status_of(request))


def _suggested(actor: Actor, row: Action) -> list[Structure]:
    """Whom to invite and to name, near there, until it is held."""
    if row.state not in (*ASKED, ActionState.AGREED):
        return []
    place = place_of(actor, row.establishment.postcode or row.establishment.city) if row.establishment else None
    found = [structure for suggestion in suggestions(actor, row, place) for structure in suggestion.structures]
    return [*{structure.pk: structure for structure in found}.values()]


def _is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _due_session(sessions: list[Session]) -> Session | None:
    """The next session to hold, or to say how it went."""
    planned = [session for session in sessions if session.is_planned]
    return min(planned, key=lambda session: (session.day, session.starts), default=None)


def _materials(actor: Actor, row: Action) -> list[Material]:
    """The service's own files for this theme, and those for every theme."""
    rows = Material.objects.visible_to(actor).filter(withdrawn_on=None, theme__in=("", row.theme)).current()
    return sorted(rows, key=lambda material: (not material.theme, material.title))


def _code(request: HttpRequest, step: Step | None) -> str:
    """The step that the page was opened for: a colleague may have taken it since, and nobody's words are lost."""
    sent = request.POST.get("step", "")
    return sent if sent in _STEPS else step.code if step else ""


def _form(request: HttpRequest, actor: Actor, row: Action, code: str) -> tuple[Form | None, drafts.Desk | None]:
    """The form of a step, for who may take it. Raises `PermissionDenied` for a POST of somebody else."""
    if code not in _STEPS or not _STEPS[code][1](actor):
        if request.method == "POST":
            raise PermissionDenied
        return None, None
    kind = _STEPS[code][0]
    if kind is f.DiscussForm and row.theme == OTHER:
        kind = f.DiscussOtherForm
    if not kind.base_fields:
        return kind(request.POST if request.method == "POST" else None), None
    desk = drafts.open_desk(request, actor, f"action-{code}:{row.pk}")
    initial = f.AgreeForm.of(row) if kind is f.AgreeForm else None
    return kind(request.POST or desk.initial(), initial=initial), desk
