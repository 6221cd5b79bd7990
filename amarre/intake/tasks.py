"""Work of this room that is done later.

Read by the worker, which finds it by name. Runs as the machine: it sees the requester's address, never a reason.
"""

from __future__ import annotations

from amarre.core import jobs, mail
from amarre.intake.models import Solicitation

ACKNOWLEDGE = "intake.acknowledge"
_BODY = """Bonjour,

Votre demande a été transmise au service social. Sa référence : {reference}.

Le service ne vous dira rien de plus, quelle que soit la suite. C'est la règle pour toutes les demandes.
Pour toute question, appelez le {centre} : {phone}.

Le service social
"""


@jobs.job(ACKNOWLEDGE)
def acknowledge(solicitation_id: int) -> None:
    """Tell the requester that the request was passed on: the same words whatever comes of it."""
    rows = Solicitation.objects.only("id", "reference", "requester_email", "centre__name", "centre__phone")
    found = rows.select_related("centre").filter(pk=solicitation_id).order_by("pk").first()
    if found and found.requester_email:
        body = _BODY.format(reference=found.reference, centre=found.centre.name, phone=found.centre.phone)
        mail.send(found.requester_email, "Un message du service social", body)
