"""What of the agenda is looked at: whose, from when, how. All of it is in the address, nothing else remembers it.

Read by the views beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments import queries
from amarre.appointments.models import MeetingKind
from amarre.appointments.policy import BOOKS
from amarre.appointments.states import Who
from amarre.core.actor import Actor
from amarre.organisations.models import Centre
from amarre.web.ui.dates import short_day
from amarre.web.ui.parts import NavItem

LIST, DAY, WEEK = "liste", "jour", "semaine"
VIEWS = {LIST: "Liste", DAY: "Jour", WEEK: "Semaine"}
_REACH = 3 * 365


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose agenda: one worker's, or a whole centre's."""

    value: str
    words: str
    worker_id: int | None
    centre_id: int | None
    worker_ids: tuple[int, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that the address says, made right."""

    view: str
    on: date
    scope: Scope
    choices: list[tuple[str, str]]
    kinds: list[MeetingKind]
    kind: MeetingKind | None

    @property
    def first(self) -> date:
        """The first day that is shown: a week begins on Monday, a list on the day that one asks for."""
        return self.on - timedelta(days=self.on.weekday()) if self.view == WEEK else self.on

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.first if self.view == DAY else self.first + timedelta(days=6)

    @property
    def step(self) -> timedelta:
        """How far « précédent » and « suivant » go."""
        return timedelta(days=1 if self.view == DAY else 7)

    def url(self, on: date | None = None, view: str = "") -> str:
        """The same agenda, another day or shown otherwise."""
        said = {"vue": view or self.view, "le": (on or self.on).isoformat(), "qui": self.scope.value}
        if self.kind is not None:
            said["pour"] = str(self.kind.pk)
        return f"?{urlencode(said)}"

    def views(self) -> list[NavItem]:
        """The ways to show it; a whole centre has no week."""
        return [
            NavItem(words, self.url(view=name), name == self.view)
            for name, words in VIEWS.items()
            if name != WEEK or self.scope.worker_id is not None
        ]

    @property
    def period(self) -> str:
        """« du lun. 30 nov. au dim. 6 déc. »."""
        if self.first == self.last:
            return short_day(self.first)
        return f"du {short_day(self.first)} au {short_day(self.last)}"


def chosen(request: HttpRequest, actor: Actor) -> Chosen:
    """What the address asks for. Raises `Http404` for an agenda that is not the actor's to see."""
    said = request.GET
    scope, choices = _scope(actor, said.get("qui", ""))
    view = said.get("vue", LIST)
    if view not in VIEWS or (view == WEEK and scope.worker_id is None):
        view = LIST
    kinds = _kinds(actor) if scope.worker_id is not None else []
    kind = next((k for k in kinds if str(k.pk) == said.get("pour")), kinds[0] if kinds else None)
    return Chosen(view, day_said(said.get("le", "")), scope, choices, kinds, kind)


def day_said(text: str) -> date:
    """The day of the address, today when it says none, or none that an agenda holds."""
    today = timezone.localdate()
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return today
    return on if abs((on - today).days) <= _REACH else today


def _kinds(actor: Actor) -> list[MeetingKind]:
    """What the actor books for one person, the first being what is looked for unless another is said."""
    if not actor.has(*BOOKS):
        return []
    who = Who.WORKER if actor.has("social_worker") else Who.SECRETARY
    return [k for k in queries.kinds_for(actor, who) if not k.is_group]


def _scope(actor: Actor, said: str) -> tuple[Scope, list[tuple[str, str]]]:
    """One's own agenda; who books in a centre may look at those of its workers, and at the whole of it."""
    mine = str(actor.account_id)
    own = Scope(mine, actor.name, actor.user_id, None, (actor.account_id,), own=True)
    if not actor.has(*BOOKS):
        if said not in ("", mine):
            raise Http404
        return own, []
    rows = Colleague.objects.visible_to(actor).working_in(actor.centres)
    workers = {str(c.pk): c for c in rows.filter(roles__contains=["social_worker"])}
    centres = {f"centre-{c.pk}": c for c in Centre.objects.visible_to(actor).filter(pk__in=actor.centres)}
    names = {mine: f"{actor.name} (moi)"} | {k: c.name for k, c in workers.items() if k != mine}
    choices = [*names.items(), *((k, f"Tout le {_lower(c.name)}") for k, c in centres.items())]
    wanted = said or (mine if actor.has("social_worker") or not centres else next(iter(centres)))
    if wanted == mine:
        return own, choices
    if wanted in workers:
        c = workers[wanted]
        return Scope(wanted, c.name, c.pk, None, (c.pk,), own=False), choices
    if wanted not in centres:
        raise Http404
    centre, everybody = centres[wanted], tuple(c.pk for c in workers.values())
    return Scope(wanted, centre.name, None, centre.pk, everybody, own=False), choices


def _lower(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}" if name.startswith("Centre") else f"centre « {name} »"
