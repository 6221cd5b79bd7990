"""Every write of an agreement: asked, given, declined, taken back; and the exceptions of the law.

Read by the doors. Taking an agreement back stops what has not been read, at once, and tells nobody. Must not know HTTP.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from amarre.cases.commands import require_open
from amarre.cases.models import Case
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.sharing import policy
from amarre.sharing.models import Agreement, Ground, LawException, Letter, Transmission
from amarre.sharing.parties import Party
from amarre.sharing.signing import check_signature
from amarre.sharing.states import (
    AgreementState,
    By,
    Carrier,
    GivenHow,
    LawBasis,
    Purpose,
    ReviewOutcome,
    TransmissionState,
)
from amarre.sharing.wording import CURRENT

if TYPE_CHECKING:
    from amarre.plans.models import Document

LONGEST = timedelta(days=366)
"""An agreement is asked again every year at the latest."""


def _check_until(until: date) -> None:
    today = timezone.localdate()
    if until < today:
        raise Refused("Cette date est passée. Choisissez un jour à venir.")
    if until > today + LONGEST:
        raise Refused("Un accord vaut un an au plus. Choisissez une date plus proche.")


@command("agreement.ask", allowed=policy.may_ask)
def ask_agreement(
    *, actor: Actor, case: Case, to: Party, purpose: str, what: str, until: date, purpose_words: str = ""
) -> Agreement:
    """Put an agreement to the person, in the current words; nothing is agreed yet."""
    require_open(actor, case)
    if case.person_id is None:
        raise Refused("Ce contact est anonyme\u00a0: personne ne peut donner d’accord.")
    if not what.strip():
        raise Refused("Écrivez ce qui pourra être dit\u00a0: la personne doit savoir à quoi elle dit oui.")
    if purpose not in Purpose.values:
        raise Refused("Choisissez un but parmi ceux proposés.")
    if purpose == Purpose.OTHER and not purpose_words.strip():
        raise Refused("Précisez le but en quelques mots.")
    _check_until(until)
    agreement = Agreement(
        case=case,
        person_id=case.person_id,
        purpose=purpose,
        purpose_words=purpose_words or None,
        what=what,
        wording=CURRENT,
        asked_at=timezone.now(),
        asked_by_id=actor.account_id,
        until=until,
    )
    to.put_on(agreement)
    agreement.save()
    return agreement


def _locked(actor: Actor, agreement: Agreement) -> Agreement:
    rows = Agreement.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=agreement.pk)


def _waiting(actor: Actor, agreement: Agreement) -> Agreement:
    current = _locked(actor, agreement)
    if current.state != AgreementState.PROPOSED:
        raise Refused("Cette demande d’accord a déjà sa réponse.")
    if current.until < timezone.localdate():
        raise Refused("La date de cet accord est passée. Demandez-en un autre.")
    return current


@command("agreement.give", allowed=policy.may_answer)
def give_agreement(
    *,
    actor: Actor,
    agreement: Agreement,
    how: str,
    at: datetime | None = None,
    proof: Document | None = None,
    signature: str = "",
) -> Agreement:
    """The person says yes: in their space, or in front of the member who writes it down.

    `at` is when it was heard or signed (not in the future; now when left out). On paper, `proof` is the scan; on the
    screen, `signature` holds the strokes (`signing`).
    """
    current = _waiting(actor, agreement)
    in_space = actor.door == Door.PERSON
    if how not in GivenHow.values or in_space != (how == GivenHow.SPACE):
        raise Refused("Dites comment l’accord a été donné\u00a0: à l’oral, signé sur papier ou signé à l’écran.")
    now = timezone.now()
    if at is not None and at > now:
        raise Refused("La date est dans l’avenir. Indiquez quand l’accord a été donné.")
    if how == GivenHow.PAPER and (proof is None or proof.plan.case_id != current.case_id):
        raise Refused("Joignez le papier signé\u00a0: ajoutez-le aux documents du projet, puis choisissez-le ici.")
    current.signature = check_signature(signature) if how == GivenHow.SCREEN else None
    current.state, current.given_how, current.answered_at = AgreementState.GIVEN, how, at or now
    current.heard_by_id = None if in_space else actor.account_id
    current.proof = proof if how == GivenHow.PAPER else None
    current.save(update_fields=["state", "given_how", "answered_at", "heard_by", "proof", "signature"])
    return current


@command("agreement.decline", allowed=policy.may_answer)
def decline_agreement(*, actor: Actor, agreement: Agreement) -> Agreement:
    """The person says no; nothing changes for them."""
    current = _waiting(actor, agreement)
    current.state, current.answered_at = AgreementState.DECLINED, timezone.now()
    current.save(update_fields=["state", "answered_at"])
    return current


@command("agreement.withdraw", allowed=policy.may_withdraw)
def withdraw_agreement(*, actor: Actor, agreement: Agreement) -> Agreement:
    """Taken back: nothing more leaves, and what was not read yet is recalled. The recipient is told nothing."""
    current = _locked(actor, agreement)
    if current.state != AgreementState.GIVEN:
        raise Refused("Cet accord n’est pas en cours\u00a0: il n’y a rien à reprendre.")
    now = timezone.now()
    current.state, current.withdrawn_at = AgreementState.WITHDRAWN, now
    current.withdrawn_by = By.PERSON if actor.door == Door.PERSON else By.WORKER
    current.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    unread = Transmission.objects.visible_to(actor).filter(
        agreement=current, state=TransmissionState.SENT, read_at=None
    )
    # What was put on paper may be in somebody's hands: saying that it was recalled unread would be false.
    on_paper = Letter.objects.visible_to(actor).filter(case_id=current.case_id, transmission__carrier=Carrier.LETTER)
    unread.exclude(pk__in=on_paper.values("transmission_id")).update(state=TransmissionState.RECALLED, recalled_at=now)
    return current


@command("exception.declare", allowed=policy.may_except)
def declare_exception(*, actor: Actor, case: Case, basis: str, reason_words: str) -> LawException:
    """The law lets something be said without an agreement: on which basis, and what makes it necessary."""
    assignment = require_open(actor, case)
    if basis not in LawBasis.values:
        raise Refused("Choisissez un fondement parmi ceux proposés.")
    if len(reason_words.strip()) < 20:
        raise Refused("Écrivez ce qui rend cela nécessaire, en une phrase au moins\u00a0: on vous le demandera.")
    found = LawException(
        case=case,
        number=assignment.number,
        centre_id=assignment.centre_id,
        basis=basis,
        declared_at=timezone.now(),
        declared_by_id=actor.account_id,
    )
    found.save()
    Ground(exception=found, case=case, reason=reason_words).save()
    return found


@command("exception.review", allowed=policy.may_review)
def review_exception(*, actor: Actor, exception: LawException, outcome: str) -> LawException:
    """Somebody else re-reads an exception."""
    rows = LawException.objects.visible_to(actor).select_for_update(of=("self",))
    current = rows.filter(pk=exception.pk, reviewed_at=None).first()
    if current is None:
        raise Refused("Cette exception a déjà été relue.")
    if outcome not in ReviewOutcome.values:
        raise Refused("Dites ce que vous en pensez.")
    current.reviewed_at, current.reviewed_by_id, current.outcome = timezone.now(), actor.account_id, outcome
    current.save(update_fields=["reviewed_at", "reviewed_by", "outcome"])
    return current
