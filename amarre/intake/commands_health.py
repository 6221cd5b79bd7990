"""The health team sends somebody to the social service: with the person's agreement, a reason, a few words.

Read by the staff's door. What comes of it is told to nobody but those who answer for the case. Must not know HTTP.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.intake import policy
from amarre.intake.commands import submit_solicitation
from amarre.intake.models import Referral
from amarre.intake.states import HEALTH_SOURCES, Source
from amarre.people.models import Person


@command("solicitation.refer", allowed=policy.may_refer)
def refer_someone(
    *,
    actor: Actor,
    source: str,
    centre_id: int,
    said_agreed: bool,
    reason_code: str,
    words: str = "",
    person: Person | None = None,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    email: str = "",
    contact_note: str = "",
    do_not_call: bool = False,
    company: str = "",
) -> Referral:
    """Send somebody, known or not, who has agreed. What is known of how to reach them goes with them."""
    if source not in HEALTH_SOURCES:
        raise Refused("Dites en quelle qualité vous adressez cette personne.")
    if not said_agreed:
        raise Refused("La personne doit être d’accord. Parlez-en avec elle, puis cochez la case.")
    if person is not None:
        first_name, last_name = person.first_name, person.last_name
        phone, email = phone or person.phone, email or person.email
        do_not_call = do_not_call or person.do_not_call
    submit_solicitation(
        actor=actor, source=source, centre_id=centre_id, first_name=first_name, last_name=last_name, phone=phone,
        email=email, contact_note=contact_note, do_not_call=do_not_call, company=company, requester_name=actor.name,
        requester_role=str(Source(source).label), reasons=[reason_code], words=words.strip(), said_agreed=True,
    )  # fmt: skip
    sent = Referral(
        by_id=actor.account_id, at=timezone.now(), source=source, first_name=first_name.strip(),
        last_name=last_name.strip(), person=person,
    )  # fmt: skip
    sent.save(force_insert=True)
    return sent
