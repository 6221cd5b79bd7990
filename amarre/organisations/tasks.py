"""How a contact of an employer is reached, to be told that something waits: read by the worker, through `core.notices`.

Runs as the machine, which sees an address and no word.
"""

from __future__ import annotations

from amarre.core.notices import Kind, Reach, reaches
from amarre.organisations.models import Contact


@reaches(Kind.CONTACT)
def contact_of(contact_id: int) -> Reach | None:
    """Asked again when it leaves: nobody unconfirmed or ended is written to."""
    rows = Contact.objects.filter(pk=contact_id, confirmed_at__isnull=False, ended_on=None)
    found = rows.only("id", "email").order_by("pk").first()
    return Reach(email=found.email, door="/employeur/") if found else None
