"""What the pages of one appointment have in common: finding it, why it is, and whom one may ask to come.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from amarre.appointments import queries
from amarre.appointments.models import Booking, Guest, Matter
from amarre.core.actor import Actor
from amarre.sharing.models import Agreement
from amarre.sharing.states import PartyKind, Purpose
from amarre.web.staff.appointments.forms import GuestForm
from amarre.web.ui.http import note_read, visible_or_404

INSIDE = (PartyKind.COLLEAGUE, PartyKind.UNIT)
_ROWS = ("kind", "worker", "centre", "person", "appointment__room", "appointment__establishment__company")


def seen(actor: Actor, pk: int) -> Booking:
    """An appointment that one may see, or 404."""
    return visible_or_404(Booking.objects.visible_to(actor).select_related(*_ROWS), pk=pk)


def why(request: HttpRequest, actor: Actor, booking: Booking) -> Matter | None:
    """Why, for the members of the case; written down before it is shown."""
    found = queries.matters_of(actor, [booking]).get(booking.pk)
    if found is not None:
        found.booking = booking
        note_read(request, "matter.read", found)
    return found


def agreements_for(actor: Actor, matter: Matter) -> list[Agreement]:
    """Agreements in force that name somebody from outside, those to see each other together first."""
    rows = Agreement.objects.visible_to(actor).in_force().filter(case_id=matter.case_id)
    taken = Guest.objects.visible_to(actor).filter(matter=matter).values("agreement_id")
    outside = rows.exclude(party_kind__in=INSIDE).exclude(pk__in=taken)
    return sorted(outside, key=lambda a: (a.purpose != Purpose.TOGETHER, a.pk))


def form_for(actor: Actor, matter: Matter, data: Any = None) -> GuestForm:
    """Whom one may ask to come."""
    return GuestForm(agreements_for(actor, matter), data)
