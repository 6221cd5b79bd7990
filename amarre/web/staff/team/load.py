"""What a coordinator sees of their centres: numbers, dates and counts.

Read by the views beside. Must not know people, notes, situations or the words of a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from amarre.accounts.models import Colleague, Posting
from amarre.cases.models import Assignment, Membership
from amarre.cases.queries import load_of
from amarre.cases.states import MemberRole, Urgency
from amarre.core.actor import Actor
from amarre.intake.models import Solicitation
from amarre.intake.queries import queue
from amarre.web.ui.parts import Badge, Tone

QUIET_DAYS = 30
UNRATED = "none"
_TONES: dict[str, Tone] = {"U1": "red", "U2": "rope", "U3": "sea", "U4": "neutral"}
_LOGISTICS = (
    *("reference", "centre__name", "source", "about", "state", "received_at"),
    *("city", "urgency", "due_on", "assigned_to__name"),
)


@dataclass(slots=True)
class Load:
    """One social worker: open cases, how urgent, the oldest contact, requests to look at."""

    worker: Colleague
    here: bool
    total: int = 0
    oldest: date | None = None
    requests: int = 0
    urgencies: list[Badge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody's load, those who are gone first, and the requests that nobody has been given."""

    loads: list[Load]
    unshared: int

    @property
    def leads(self) -> list[Load]:
        """Those who have a case."""
        return [line for line in self.loads if line.total]


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody stands in for somebody, from a day to a day, in so many cases."""

    absent: str
    stand_in: str
    since: date
    until: date
    count: int


def open_rows(actor: Actor) -> QuerySet[Assignment]:
    """The open cases of the coordinator's centres, those without contact for longest first."""
    rows = load_of(actor).filter(centre_id__in=actor.centres)
    quiet = Coalesce("last_contact_on", "opened_on", output_field=DateField())
    return rows.annotate(quiet_since=quiet).order_by("quiet_since", "case_id")


def narrowed(rows: QuerySet[Assignment], wanted: dict[str, Any]) -> QuerySet[Assignment]:
    """Those that the filters keep: lead, urgency, state, no contact for thirty days."""
    if wanted.get("lead"):
        rows = rows.filter(lead_id=wanted["lead"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if level := wanted.get("urgency"):
        rows = rows.filter(urgency="" if level == UNRATED else level)
    if wanted.get("quiet"):
        day = timezone.localdate() - timedelta(days=QUIET_DAYS)
        rows = rows.filter(Q(last_contact_on__lte=day) | Q(last_contact_on=None, opened_on__lte=day))
    return rows


def workers(actor: Actor) -> list[Colleague]:
    """The social workers who may be given work: active, in the coordinator's centres, and not the coordinator."""
    rows = Colleague.objects.visible_to(actor).working_in(actor.centres)
    return list(rows.filter(roles__contains=["social_worker"]).exclude(pk=actor.account_id))


def places(actor: Actor) -> dict[int, set[int]]:
    """Who works in which of the coordinator's centres."""
    found: dict[int, set[int]] = {}
    rows = Posting.objects.visible_to(actor).filter(centre_id__in=actor.centres)
    for user_id, centre_id in rows.values_list("user_id", "centre_id"):
        found.setdefault(user_id, set()).add(centre_id)
    return found


def team_of(actor: Actor) -> Team:
    """Everybody who leads or could lead a case here; those who are gone come first, their cases wait for somebody."""
    posted = Colleague.objects.visible_to(actor).working_in(actor.centres).filter(roles__contains=["social_worker"])
    table = {worker.pk: Load(worker, here=True) for worker in posted}
    counts = _counts(actor)
    gone = Colleague.objects.visible_to(actor).filter(pk__in=counts.keys() - table.keys())
    table |= {worker.pk: Load(worker, here=False) for worker in gone}
    for lead_id, found in counts.items():
        line = table[lead_id]
        line.total, line.oldest = found["total"], found["oldest"]
        line.urgencies = [Badge(f"{found[level]} {level}", _TONES[level]) for level in Urgency.values if found[level]]
        if found[UNRATED]:
            line.urgencies.append(Badge(f"{found[UNRATED]} à évaluer", "neutral"))
    shared = dict(queue(actor).order_by().values_list("assigned_to_id").annotate(Count("pk")))
    for worker_id, line in table.items():
        line.requests = shared.get(worker_id, 0)
    return Team(sorted(table.values(), key=lambda line: (line.here, line.worker.name)), shared.get(None, 0))


def _counts(actor: Actor) -> dict[int, dict[str, Any]]:
    """By lead: open cases, by urgency, and the oldest contact; one query."""
    by_level = {level: Count("pk", filter=Q(urgency=level)) for level in Urgency.values}
    by_level[UNRATED] = Count("pk", filter=Q(urgency=""))
    rows = open_rows(actor).order_by().values("lead_id")
    found = rows.annotate(total=Count("pk"), oldest=Min("quiet_since"), **by_level)
    return {row["lead_id"]: dict(row) for row in found}


def covers(actor: Actor) -> list[Cover]:
    """The absences that are covered now or soon, in the open cases of the coordinator's centres."""
    leads = {a.case_id: a.lead.name for a in open_rows(actor)}
    rows = Membership.objects.visible_to(actor).filter(
        role=MemberRole.STAND_IN, until__gte=timezone.localdate(), case_id__in=leads
    )
    return _grouped((leads[m.case_id], m) for m in rows.select_related("user"))


def _grouped(found: Iterable[tuple[str, Membership]]) -> list[Cover]:
    counts: dict[tuple[date, date, str, str], int] = {}
    for absent, m in found:
        if m.until is not None:
            key = (m.since, m.until, absent, m.user.name)
            counts[key] = counts.get(key, 0) + 1
    return [Cover(who, by, since, until, n) for (since, until, who, by), n in sorted(counts.items())]


def waiting(actor: Actor) -> QuerySet[Solicitation]:
    """The open requests of the coordinator's centres, as logistics: no name, no reason."""
    return queue(actor).only(*_LOGISTICS)
