"""How who asked is reached: by the address that they gave, to be told that it was passed on, and nothing more.

Read by the worker, through `core.notices`. Runs as the machine: it sees the requester's address, never a reason.
"""

from __future__ import annotations

from amarre.core.notices import Kind, Reach, reaches
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.organisations.models import Centre


@reaches(Kind.REQUESTER)
def requester_of(solicitation_id: int) -> Reach | None:
    """The same words whatever comes of it, with the reference and whom to call."""
    rows = Solicitation.objects.only("id", "reference", "requester_email", "city")
    found = rows.filter(pk=solicitation_id).order_by("pk").first()
    if found is None or not found.requester_email:
        return None
    # By the commune alone, as on the page: see `web.public.journey`.
    centre = Centre.objects.get(pk=centre_for(city=found.city))
    return Reach(email=found.requester_email, slots={"reference": found.reference, "phone": centre.phone})
