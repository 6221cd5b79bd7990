"""Work of this room that is done later.

Read by the worker, which finds it by name. Runs as the machine: it sees the requester's address, never a reason.
"""

from __future__ import annotations

from amarre.core import jobs, mail
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.intake.states import About
from amarre.organisations.models import Centre

ACKNOWLEDGE = "intake.acknowledge"
_START = "Bonjour,\n\nVotre demande a été transmise au service social. Sa référence\u00a0: {reference}.\n\n"
_NEXT = {
    About.PERSON: "Le service ne vous dira rien de plus, quelle que soit la suite. C’est ainsi pour tous.\n",
    About.ADVICE: "Le service vous répondra au sujet de votre question.\n",
}
_END = "Pour toute question, appelez le {centre}\u00a0: {phone}.\n\nLe service social\n"


@jobs.job(ACKNOWLEDGE)
def acknowledge(solicitation_id: int) -> None:
    """Tell the requester that the request was passed on: the same words whatever comes of it."""
    rows = Solicitation.objects.only("id", "reference", "requester_email", "about", "city")
    found = rows.filter(pk=solicitation_id).order_by("pk").first()
    if found and found.requester_email:
        # By the commune alone, as on the page: see `web.public.journey`.
        centre = Centre.objects.get(pk=centre_for(city=found.city))
        words = _START + _NEXT[About(found.about)] + _END
        body = words.format(reference=found.reference, centre=centre.name, phone=centre.phone)
        mail.send(found.requester_email, "Un message du service social", body)
