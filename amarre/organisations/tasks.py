"""The mail of this room: something waits for a contact of an employer.

Read by the worker. Runs as the machine, which sees an address and no word. The subject and the body say nothing more.
"""

from __future__ import annotations

from django.conf import settings

from amarre.core import mail
from amarre.core.jobs import job
from amarre.organisations.models import Contact

TELL_CONTACT = "organisations.tell_contact"


@job(TELL_CONTACT)
def tell_contact(contact_id: int) -> None:
    """Asked again when it leaves: nobody unconfirmed or ended is written to."""
    rows = Contact.objects.filter(pk=contact_id, confirmed_at__isnull=False, ended_on=None)
    found = rows.only("id", "email").order_by("pk").first()
    if found is not None:
        mail.send(
            found.email,
            "Un message vous attend",
            f"Bonjour,\n\nUn message vous attend ici\u00a0:\n\n{settings.AMARRE_BASE_URL}/employeur/\n\n"
            "Ce courriel ne contient rien d’autre.\n",
        )
