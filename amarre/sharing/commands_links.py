"""Every write of a link to one transmission, for somebody without an account.

Read by the doors. Five wrong codes end a link; opening it with the right one is written down. Must not know HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from amarre.core import jobs
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.sharing import links, policy
from amarre.sharing.models import AccessLink, Agreement, Transmission
from amarre.sharing.states import Carrier, TransmissionState
from amarre.sharing.tasks import CARRY

OVER = "Ce lien ne fonctionne plus. Demandez-en un autre à la personne qui vous l’a envoyé."


@dataclass(frozen=True, slots=True)
class Made:
    """A link just made: its row, and its two secrets, which are never seen again."""

    link: AccessLink
    secret: str
    code: str


@command("link.make", allowed=policy.may_send)
def make_link(*, actor: Actor, transmission: Transmission, email: str, by_mail: bool = False) -> Made:
    """A way to a transmission that left « par un lien et un code »; an earlier one stops working.

    `by_mail`: the secret waits, sealed, until a job has mailed it; the code is never written.
    """
    if by_mail and not email.strip():
        raise Refused("Indiquez l’adresse électronique à laquelle le lien doit partir.")
    rows = Transmission.objects.visible_to(actor).select_for_update(of=("self",))
    if not rows.filter(pk=transmission.pk, carrier=Carrier.LINK, state=TransmissionState.SENT).exists():
        raise Refused("Cet envoi ne se lit pas par un lien.")
    rests_on = transmission.agreement_id
    if rests_on is not None and not Agreement.objects.visible_to(actor).in_force().filter(pk=rests_on).exists():
        raise Refused("L’accord de la personne n’est plus en cours\u00a0: aucun autre lien ne part.")
    now = timezone.now()
    if transmission.visible_until < timezone.localdate(now):
        raise Refused("Le dernier jour de lecture est passé\u00a0: préparez un autre envoi.")
    AccessLink.objects.visible_to(actor).filter(transmission=transmission, ended_at=None).update(
        ended_at=now, secret=None
    )
    secret, code = links.fresh()
    link = AccessLink(
        transmission=transmission,
        digest=links.digest(secret),
        pass_digest=links.digest(secret, code),
        email=email.strip().lower(),
        secret=secret if by_mail else None,
        made_at=now,
        made_by_id=actor.account_id,
        expires_at=now + links.LASTS,
    )
    link.save()
    if by_mail:
        jobs.enqueue(CARRY, link_id=link.pk)
    return Made(link, secret, code)


@command("link.end", allowed=policy.may_end_link)
def end_link(*, actor: Actor, link: AccessLink) -> AccessLink:
    """Close a link before its time."""
    if link.ended_at is not None:
        raise Refused("Ce lien ne fonctionne déjà plus.")
    link.ended_at, link.secret = timezone.now(), None
    link.save(update_fields=["ended_at", "secret"])
    return link


def _locked(actor: Actor, link: AccessLink) -> AccessLink:
    rows = AccessLink.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.filter(pk=link.pk, ended_at=None, expires_at__gt=timezone.now()).first()
    if found is None:
        raise Refused(OVER)
    return found


@command("link.miss", allowed=policy.may_use_link)
def count_a_miss(*, actor: Actor, link: AccessLink) -> AccessLink:
    """A wrong code: the fifth ends the link."""
    current = _locked(actor, link)
    current.tries = min(current.tries + 1, links.MOST_TRIES)
    if current.tries >= links.MOST_TRIES:
        current.ended_at = timezone.now()
    current.save(update_fields=["tries", "ended_at"])
    return current


@command("link.open", allowed=policy.may_use_link)
def open_link(*, actor: Actor, link: AccessLink) -> AccessLink:
    """The right code was typed. Raises `Refused` for a link whose time is over."""
    current = _locked(actor, link)
    if actor.token != current.pass_digest:
        raise Refused("Ce n’est pas le bon code.")
    current.opened_at = current.opened_at or timezone.now()
    current.tries = 0
    current.save(update_fields=["opened_at", "tries"])
    return current
