"""With whom an appointment is taken: the person of a case, a solicitation, somebody known, or a name.

Read by the views beside. Nobody types a name twice; whoever books from a case is a member of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.cases.models import Case
from amarre.cases.states import OPEN_STATES
from amarre.core.actor import Actor
from amarre.intake.models import Solicitation
from amarre.intake.states import About
from amarre.organisations.models import Centre, Establishment
from amarre.people.models import Job, Person
from amarre.web.staff.people.words import warnings_of
from amarre.web.ui.parts import Badge, Link


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom one is to meet, and what the page says of them."""

    called: str
    centre_id: int | None
    lead_id: int | None = None
    case: Case | None = None
    person: Person | None = None
    solicitation: Solicitation | None = None
    named: bool = True

    @property
    def desk(self) -> str:
        """The name of the draft: what is typed for one is not proposed for another."""
        for kind, row in (
            ("booking", self.case), ("booking-request", self.solicitation), ("booking-person", self.person),
        ):  # fmt: skip
            if row is not None:
                return f"{kind}:{row.pk}"
        return "booking-other:0"

    @property
    def back(self) -> Link:
        """Where one comes from."""
        if self.case is not None:
            return Link("Dossier", reverse("staff:case", args=[self.case.pk]))
        if self.solicitation is not None:
            return Link("Demande", reverse("staff:request", args=[self.solicitation.pk]))
        if self.person is not None:
            return Link("Fiche de la personne", reverse("staff:person", args=[self.person.pk]))
        return Link("Ma journée", reverse("staff:day"))

    @property
    def warnings(self) -> list[Badge]:
        """What one must know before one writes or calls."""
        if self.person is not None:
            return warnings_of(self.person)
        if self.solicitation is not None and self.solicitation.do_not_call:
            return [Badge("Ne pas appeler", "red")]
        return []

    def given(self, name: str) -> dict[str, Any]:
        """What the commands ask: said once."""
        return {"case": self.case, "person": self.person, "solicitation": self.solicitation, "name": name}


def of_case(case: Case) -> Whom:
    """From a case: its person, its lead."""
    called = case.person.full_name if case.person else "Contact anonyme"
    return Whom(called, case.assignment.centre_id, case.assignment.lead_id, case=case, person=case.person)


def of_solicitation(row: Solicitation) -> Whom:
    """From a solicitation: as who asked gave their name."""
    called = row.person_name or "Contact anonyme"
    return Whom(called, row.centre_id, row.assigned_to_id, solicitation=row)


def of_person(actor: Actor, person: Person) -> Whom:
    """From somebody's page."""
    return Whom(person.full_name, min(actor.centres, default=None), person=person)


def of_nobody(actor: Actor) -> Whom:
    """Somebody of whom one has the name only."""
    return Whom("", min(actor.centres, default=None), named=False)


def ready(row: Solicitation) -> bool:
    """Whether one may meet: the request waits, and the person has said yes."""
    return row.is_open and row.about == About.PERSON and not row.needs_agreement


def my_open_case(actor: Actor, person: Person) -> Case | None:
    """The open case of somebody, for who is in it; nobody else learns from here that there is one."""
    rows = Case.objects.visible_to(actor).filter(person=person, assignment__state__in=OPEN_STATES)
    return rows.order_by("-pk").first() if actor.has("social_worker") else None


def waiting(actor: Actor) -> list[Solicitation]:
    """Requests of one's centres from which an appointment may be taken, the newest first."""
    rows = Solicitation.objects.visible_to(actor, waiting=True).filter(about=About.PERSON).order_by("-received_at")
    return [row for row in rows.select_related("centre")[:60] if ready(row)][:20]


def workers_for(actor: Actor, whom: Whom) -> list[Colleague]:
    """Who may meet them: the social workers of the case's centre, or of one's own."""
    centres = {whom.centre_id} if whom.centre_id is not None else set()
    rows: QuerySet[Colleague] = Colleague.objects.visible_to(actor).working_in(centres | set(actor.centres))
    return sorted((c for c in rows if "social_worker" in c.roles), key=lambda c: c.name)


def workplaces(actor: Actor, whom: Whom) -> list[Establishment]:
    """Where the person works now: the company that one would go to."""
    if whom.person is None:
        return []
    jobs = Job.objects.visible_to(actor).filter(person=whom.person, until=None)
    return [job.establishment for job in jobs.select_related("establishment__company")]


def centres_of(actor: Actor, whom: Whom) -> list[Centre]:
    """Where one may receive: one's own centres, and the case's."""
    keys = set(actor.centres) | ({whom.centre_id} if whom.case is not None and whom.centre_id is not None else set())
    rows = Centre.objects.visible_to(actor).filter(pk__in=keys)
    return sorted(rows, key=lambda c: (c.pk != whom.centre_id, c.name))


def asked(request: HttpRequest, name: str) -> int | None:
    """A key given in the address."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else None
