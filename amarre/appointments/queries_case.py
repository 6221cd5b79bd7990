"""In which case an appointment is settled, and which colleagues receive at all.

Read by the staff's door.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments.models import Booking, Matter, Permanence
from amarre.cases.models import Case
from amarre.cases.states import OPEN_STATES
from amarre.core.actor import Actor
from amarre.intake.models import Solicitation


def case_of(actor: Actor, booking: Booking) -> Case | None:
    """The case in which an appointment is settled: its own, else its request's, else the person's open one."""
    rows = Case.objects.visible_to(actor)
    matter = Matter.objects.visible_to(actor).filter(booking=booking).only("case_id").first()
    if matter is not None:
        return rows.filter(pk=matter.case_id).first()
    known = Q(pk__in=[])
    if booking.solicitation_id is not None:
        asked = Solicitation.objects.visible_to(actor).filter(pk=booking.solicitation_id)
        known |= Q(pk__in=asked.values("case_id"))
    if booking.person_id is not None:
        known |= Q(person_id=booking.person_id, assignment__state__in=OPEN_STATES)
    return rows.filter(known).order_by("-pk").first()


def receiving(actor: Actor, workers: Iterable[Colleague]) -> list[int]:
    """Those of these colleagues who have hours from today on."""
    rows = Permanence.objects.visible_to(actor).filter(worker__in=[c.pk for c in workers])
    return list(
        rows.filter(Q(until=None) | Q(until__gte=timezone.localdate())).order_by().values_list("worker_id", flat=True)
    )
