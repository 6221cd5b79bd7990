"""What the pages of hours share: whose hours, who may look, where an appointment's page is.

Read by the views beside.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.appointments import policy
from amarre.core.actor import Actor
from amarre.web.ui.http import actor_of
from amarre.web.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose hours are on the page, and who keeps them now."""

    actor: Actor
    worker: Colleague

    @property
    def mine(self) -> bool:
        """Whether they are the reader's own."""
        return self.worker.pk == self.actor.user_id

    @property
    def url(self) -> str:
        """The page of these hours."""
        return reverse("staff:hours_of", args=[self.worker.pk])

    def crumbs(self, *more: Link) -> list[Link]:
        """Where one is."""
        here = "Mes permanences" if self.mine else f"Permanences de {self.worker.name}"
        first = [] if self.mine else [Link("Permanences", reverse("staff:hours"))]
        return [*first, Link(here, self.url if more else ""), *more]


def keeper(request: HttpRequest) -> Actor:
    """Somebody who has hours, or keeps those of others; 403 for anybody else."""
    actor = actor_of(request)
    if not actor.has(*policy.SEES_HOURS):
        raise PermissionDenied("no hours of theirs")
    return actor


def keeps_others(actor: Actor) -> bool:
    """Whether they keep the hours of the workers of their centres."""
    return actor.has("secretary", "coordinator")


def workers_of(actor: Actor) -> list[Colleague]:
    """Whose hours the actor keeps."""
    rows = Colleague.objects.visible_to(actor).working_in(actor.centres) if keeps_others(actor) else None
    found = [c for c in rows if "social_worker" in c.roles] if rows is not None else []
    if policy.is_worker(actor) and actor.user_id not in {c.pk for c in found}:
        found += list(Colleague.objects.visible_to(actor).filter(pk=actor.account_id))
    return sorted(found, key=lambda c: c.name)


def whose(request: HttpRequest, worker_pk: int) -> Whose:
    """These hours; 404 for somebody whose hours are not kept from here."""
    actor = keeper(request)
    worker = next((c for c in workers_of(actor) if c.pk == worker_pk), None)
    if worker is None:
        raise Http404
    return Whose(actor, worker)


def appointment_url(pk: int) -> str:
    """The page of a meeting, in the agenda."""
    return reverse("staff:agenda_meeting", args=[pk])
