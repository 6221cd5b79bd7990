"""What an employee of the demonstration let Paul, their employer's contact, be asked: an arrangement of hours.

Read by `service`, once contacts are made. Somebody with an open case who works where Paul does, if anybody.
"""

from __future__ import annotations

from datetime import timedelta

from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.words import typeset
from amarre.config.demo.world import World
from amarre.organisations.models import Contact
from amarre.sharing.models import Agreement, Transmission
from amarre.sharing.states import AgreementState, Carrier, GivenHow, Kind, PartyKind, Purpose, TransmissionState
from amarre.sharing.wording import CURRENT

_WHAT = "Que je demande à travailler trois matins par semaine en janvier. Pas pourquoi."
_ASKED = (
    "Je reprends le travail en janvier et je demande trois matins par semaine, du lundi au mercredi, pour ce mois-là. "
    "Est-ce possible dans l'équipe ? Nous pouvons en parler ensemble avant de décider."
)


def make_sharing_employer(world: World, episodes: list[Episode]) -> None:
    """One agreement, one request that left yesterday and waits to be opened."""
    user = world.users["paul"]
    paul = next(c for c in world.rows[Contact] if isinstance(c, Contact) and c.user_id == user.pk)
    there = (e for e in episodes if e.case and e.closed is None and e.somebody and _works_at(e, paul))
    episode = next(there, None)
    if episode is None or episode.somebody is None:
        return
    case, person, lead = episode.made, episode.somebody.person, episode.worker.user_id
    at, until = world.now - timedelta(days=1), world.today + timedelta(days=60)
    party = typeset(f"{paul.name}, {paul.function}, {paul.establishment}")
    addressed = {"case": case, "party_kind": PartyKind.EMPLOYER, "party": party, "contact": paul}
    agreed = world.add(
        Agreement(
            **addressed, person=person, purpose=Purpose.POST, what=typeset(_WHAT), wording=CURRENT, asked_at=at,
            asked_by_id=lead, until=until, state=AgreementState.GIVEN, given_how=GivenHow.ORAL, answered_at=at,
            heard_by_id=lead,
        )
    )  # fmt: skip
    row = world.add(
        Transmission(
            **addressed, about=person, agreement=agreed, kind=Kind.REQUEST, purpose=Purpose.POST,
            subject=person.full_name, content=typeset(_ASKED), carrier=Carrier.INBOX, to_user_id=user.pk,
            visible_until=until, prepared_at=at, prepared_by_id=lead,
        )
    )  # fmt: skip
    row.state, row.sent_at, row.sent_by_id = TransmissionState.SENT, at + timedelta(minutes=25), lead
    row.checked = "démonstration"


def _works_at(episode: Episode, contact: Contact) -> bool:
    return episode.somebody is not None and episode.somebody.workplace.pk == contact.establishment_id
