"""Every write of an advice: asked by a contact about nobody, taken, answered with the time that it took, read.

Read by the staff's and the employer's doors. Must not know HTTP.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.core import notices
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.organisations import policy_contacts as policy
from amarre.organisations.models import Advice, Centre, Contact
from amarre.organisations.queries import labels
from amarre.organisations.states import AdviceState

_LONGEST = 600  # minutes
ERASED = "Texte effacé."
SET_ASIDE = (
    "Votre question laissait deviner de qui il s’agit. Nous l’avons effacée. Posez-la sans parler de quelqu’un, "
    "ou demandez de l’aide pour cette personne."
)


@command("advice.ask", allowed=policy.may_ask_advice)
def ask_advice(*, actor: Actor, contact: Contact, theme: str, question: str) -> Advice:
    """Ask the service; the question names nobody, and the page says so."""
    if theme not in labels(actor, "advice_theme")["advice_theme"]:
        raise Refused("Choisissez un thème dans la liste.")
    if not question.strip():
        raise Refused("Écrivez votre question.")
    advice = Advice(
        establishment_id=contact.establishment_id, centre_id=_centre(actor, contact), asked_by=contact, theme=theme,
        question=question.strip(), asked_at=timezone.now(),
    )  # fmt: skip
    advice.save(force_insert=True)
    return advice


@command("advice.take", allowed=policy.may_handle_advice)
def take_advice(*, actor: Actor, advice: Advice) -> Advice:
    """Say that one answers it."""
    row = _locked(actor, advice)
    if row.state != AdviceState.ASKED:
        raise Refused("Quelqu’un s’en occupe déjà.")
    row.state, row.taken_by_id = AdviceState.TAKEN, actor.account_id
    row.save(update_fields=["state", "taken_by_id"])
    return row


@command("advice.answer", allowed=policy.may_handle_advice)
def answer_advice(*, actor: Actor, advice: Advice, answer: str, minutes: int) -> Advice:
    """Answer, and say how long it took; a mail tells the contact that something waits, and no more."""
    row = _locked(actor, advice)
    if not answer.strip():
        raise Refused("La réponse est vide.")
    if not 0 < minutes <= _LONGEST:
        raise Refused("Le temps passé se compte en minutes, de 1 à 600.")
    row.state, row.taken_by_id = AdviceState.ANSWERED, actor.account_id
    row.answer, row.minutes, row.answered_on = answer.strip(), minutes, timezone.localdate()
    row.save(update_fields=["state", "taken_by_id", "answer", "minutes", "answered_on"])
    notices.announce(notices.Kind.CONTACT, row.asked_by_id, key=f"advice:{row.pk}")
    return row


@command("advice.set_aside", allowed=policy.may_handle_advice)
def set_aside_advice(*, actor: Actor, advice: Advice) -> Advice:
    """The question lets one guess whom it is about: its words are erased for good, and the contact is told why."""
    row = _locked(actor, advice)
    row.question, row.answer = ERASED, SET_ASIDE
    row.state, row.taken_by_id, row.answered_on = AdviceState.ANSWERED, actor.account_id, timezone.localdate()
    row.save(update_fields=["question", "answer", "state", "taken_by_id", "answered_on"])
    notices.announce(notices.Kind.CONTACT, row.asked_by_id, key=f"advice:{row.pk}")
    return row


@command("advice.close", allowed=policy.may_close_advice)
def close_advice(*, actor: Actor, advice: Advice) -> Advice:
    """Whoever asked has read the answer."""
    if advice.state != AdviceState.ANSWERED:
        raise Refused("Il n’y a pas de réponse à lire.")
    advice.state = AdviceState.CLOSED
    advice.save(update_fields=["state"])
    return advice


def _centre(actor: Actor, contact: Contact) -> int:
    """The establishment's centre, else the one that takes what has none."""
    here = contact.establishment.centre_id
    return here or Centre.objects.visible_to(actor).order_by("-is_default", "name").values_list("pk", flat=True)[0]


def _locked(actor: Actor, advice: Advice) -> Advice:
    """The row as it is now, held until the end; two people do not answer the same question."""
    rows = Advice.objects.visible_to(actor).select_for_update(of=("self",))
    row = rows.waiting().filter(pk=advice.pk).first()
    if row is None:
        raise Refused("Cette question a déjà sa réponse. Rechargez la page pour la lire.")
    return row
