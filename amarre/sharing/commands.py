"""Every write of a transmission: prepared, corrected, checked and sent, recalled, opened, answered.

Read by the doors. Nothing leaves but by `send_transmission`, which freezes what the check page showed.
Must not know HTTP.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from amarre.cases.commands import Conflict, require_open
from amarre.cases.models import Case
from amarre.core import notices
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.sharing import following, policy
from amarre.sharing.models import Agreement, Answer, LawException, Letter, Transmission
from amarre.sharing.parties import Party
from amarre.sharing.states import AnswerKind, Carrier, Kind, Purpose, TransmissionState

if TYPE_CHECKING:
    from amarre.plans.models import Action

EXCEPTION_DAYS = 30
"""What leaves under an exception of the law stays open thirty days at most."""


def _check_words(content: str, subject: str) -> None:
    if not content.strip():
        raise Refused("Le texte est vide. Écrivez ce que le destinataire lira.")
    if not subject.strip():
        raise Refused("Dites de qui il s’agit\u00a0: le destinataire doit le savoir.")


def seen_as(transmission: Transmission) -> str:
    """What the check page shows, as one digest: recipient, words, ground and duration. Sending asks for it again."""
    columns = (
        "id", "version", "party_kind", "party", "colleague_id", "unit_id", "contact_id", "partner_id", "to_user_id",
        "subject", "content", "purpose", "purpose_words", "agreement_id", "exception_id", "carrier", "kind",
        "topic", "action_id", "visible_until",
    )  # fmt: skip
    said = (str(getattr(transmission, name) or "") for name in columns)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def _covered(actor: Actor, agreement: Agreement) -> Agreement:
    """The agreement, locked, if it covers something today."""
    rows = Agreement.objects.visible_to(actor).in_force().select_for_update(of=("self",))
    found = rows.filter(pk=agreement.pk).first()
    if found is None:
        raise Refused("Cet accord n’est plus en cours. Rien ne peut partir\u00a0: demandez un autre accord.")
    return found


@command("transmission.prepare", allowed=policy.may_ask)
def prepare_transmission(
    *,
    actor: Actor,
    case: Case,
    agreement: Agreement,
    subject: str,
    content: str,
    visible_until: date | None = None,
    kind: str = Kind.WORD,
    topic: str = "",
    action: Action | None = None,
    carrier: str = "",
) -> Transmission:
    """Write what the recipient of an agreement will read. It leaves only once it was checked."""
    require_open(actor, case)
    _check_words(content, subject)
    covering = _covered(actor, agreement)
    if covering.purpose == Purpose.FOLLOWED:
        raise Refused("Cet accord permet de montrer que l’accompagnement est en cours. Rien ne s’envoie avec lui.")
    if covering.case_id != case.pk:
        raise Refused("Cet accord appartient à un autre dossier.")
    if action is not None and action.plan.case_id != case.pk:
        raise Refused("Cette action appartient à un autre projet.")
    following.check_recipient(kind, covering.party_kind)
    party, last_day = Party.of(covering), min(visible_until or covering.until, covering.until)
    row = Transmission(
        case=case, about_id=covering.person_id, agreement=covering, kind=kind, topic=topic,
        purpose=covering.purpose,
        purpose_words=covering.purpose_words, subject=subject, content=content, action=action,
        carrier=carrier or party.usual_carrier, to_user_id=party.reader_id, visible_until=last_day,
        prepared_at=timezone.now(), prepared_by_id=actor.account_id,
    )  # fmt: skip
    party.put_on(row)
    row.save()
    return row


@command("transmission.except", allowed=policy.may_except)
def prepare_exception(
    *, actor: Actor, case: Case, exception: LawException, to: Party, subject: str, content: str
) -> Transmission:
    """Write what the law lets be said without an agreement; it leaves as everything does, once it was checked."""
    require_open(actor, case)
    _check_words(content, subject)
    if exception.case_id != case.pk or case.person_id is None:
        raise Refused("Cette exception appartient à un autre dossier.")
    if exception.reviewed_at is not None:
        raise Refused("Cette exception a été relue\u00a0: rien de plus ne part avec elle. Déclarez-en une autre.")
    row = Transmission(
        case=case, about_id=case.person_id, exception=exception, subject=subject, content=content,
        carrier=to.usual_carrier, to_user_id=to.reader_id,
        visible_until=timezone.localdate() + timedelta(days=EXCEPTION_DAYS),
        prepared_at=timezone.now(), prepared_by_id=actor.account_id,
    )  # fmt: skip
    to.put_on(row)
    row.save()
    return row


def _draft(actor: Actor, transmission: Transmission) -> Transmission:
    rows = Transmission.objects.visible_to(actor).select_for_update(of=("self",))
    current = rows.filter(pk=transmission.pk).first()
    if current is None:
        raise Refused("Ce texte n’est plus là\u00a0: quelqu’un l’a jeté.")
    if current.state != TransmissionState.DRAFT:
        raise Refused("Cette transmission est partie\u00a0: ses mots ne changent plus.")
    return current


@command("transmission.revise", allowed=policy.may_prepare)
def revise_transmission(
    *, actor: Actor, transmission: Transmission, version: int, subject: str, content: str,
    visible_until: date | None = None,
) -> Transmission:  # fmt: skip
    """Correct what has not left. Raises `Conflict` when it was changed since `version`."""
    _check_words(content, subject)
    current = _draft(actor, transmission)
    if current.version != version:
        raise Conflict(current.content, current.version)
    current.subject, current.content = subject, content
    if visible_until is not None:
        limit = current.agreement.until if current.agreement else current.visible_until
        current.visible_until = min(visible_until, limit)
    current.version += 1
    current.save(update_fields=["subject", "content", "visible_until", "version"])
    return current


@command("transmission.discard", allowed=policy.may_prepare)
def discard_transmission(*, actor: Actor, transmission: Transmission) -> None:
    """Throw away what has not left."""
    _draft(actor, transmission).delete()


@command("transmission.send", allowed=policy.may_send)
def send_transmission(*, actor: Actor, transmission: Transmission, checked: str) -> Transmission:
    """Let it leave, exactly as the check page showed it (`checked` is `seen_as`); its words are frozen."""
    current = _draft(actor, transmission)
    require_open(actor, current.case)
    if not constant_time_compare(checked, seen_as(current)):
        raise Refused("Ce texte a changé depuis que vous l’avez relu. Relisez-le avant de l’envoyer.")
    if current.visible_until < timezone.localdate():
        raise Refused("Le dernier jour de lecture est passé. Choisissez un jour à venir.")
    if current.agreement is not None:
        covering = _covered(actor, current.agreement)
        if covering.party_key != current.party_key or covering.purpose != current.purpose:
            raise Refused("Cet accord vaut pour un autre destinataire, ou un autre but.")
    if not Party.of(current).is_there:
        raise Refused("Cette personne ne peut plus rien recevoir\u00a0: son accès est fermé.")
    current.state, current.sent_at, current.checked = TransmissionState.SENT, timezone.now(), checked
    current.sent_by_id = actor.account_id
    current.save(update_fields=["state", "sent_at", "checked", "sent_by"])
    following.left(current)
    if current.to_user_id is not None:
        notices.announce(notices.Kind.ACCOUNT, current.to_user_id, key=f"transmission:{current.pk}")
    return current


@command("transmission.recall", allowed=policy.may_send)
def recall_transmission(*, actor: Actor, transmission: Transmission) -> Transmission:
    """Take back what was not read; once read, it was said."""
    rows = Transmission.objects.visible_to(actor).select_for_update(of=("self",))
    current = rows.filter(pk=transmission.pk).first()
    if current is None or current.state != TransmissionState.SENT:
        raise Refused("Cette transmission n’est pas partie, ou elle est déjà rappelée.")
    if current.read_at is not None:
        raise Refused("Elle a été lue\u00a0: elle ne se rappelle plus.")
    if current.carrier == Carrier.LETTER and Letter.objects.visible_to(actor).filter(transmission=current).exists():
        raise Refused("Un courrier en a été fait\u00a0: s’il est parti, il ne se rappelle plus.")
    current.state, current.recalled_at = TransmissionState.RECALLED, timezone.now()
    current.save(update_fields=["state", "recalled_at"])
    return current


@command("transmission.open", allowed=policy.may_receive)
def open_transmission(*, actor: Actor, transmission: Transmission) -> Transmission:
    """The recipient opens it: from then on it was read, and is no more recalled."""
    rows = Transmission.objects.visible_to(actor).received_by(actor).select_for_update(of=("self",))
    current = rows.filter(pk=transmission.pk).first()
    if current is None:  # recalled while the row was waited for; why is nobody's business here
        raise Refused("Ce message ne se lit plus.")
    if current.read_at is not None:
        raise Refused("Ce message est déjà ouvert.")
    current.read_at = timezone.now()
    current.save(update_fields=["read_at"])
    following.opened(actor, current)
    return current


EXPECTED = {
    Kind.WORD: {AnswerKind.WORDS},
    Kind.MINUTES: {AnswerKind.WORDS},
    Kind.ITEM: {AnswerKind.WORDS},
    Kind.REQUEST: {AnswerKind.WORDS, AnswerKind.ACCEPTED, AnswerKind.REFUSED, AnswerKind.DISCUSS},
    Kind.ORIENTATION: {
        AnswerKind.WORDS, AnswerKind.ACCEPTED, AnswerKind.REFUSED, AnswerKind.STARTED, AnswerKind.ENDED,
    },
}  # fmt: skip


@command("transmission.answer", allowed=policy.may_receive)
def answer_transmission(
    *, actor: Actor, transmission: Transmission, kind: str, words: str = "", reason: str = ""
) -> Answer:
    """The recipient answers; a refusal says why, that of an orientation by a reason of the list."""
    if transmission.read_at is None:
        raise Refused("Ouvrez d’abord le message, puis répondez.")
    if kind not in EXPECTED[Kind(transmission.kind)]:
        raise Refused("Cette réponse ne convient pas à ce message. Choisissez-en une autre.")
    if not words.strip() and following.asks_for_words(transmission.kind, kind, reason):
        raise Refused("Écrivez quelques mots\u00a0: une raison, une question, une précision.")
    answer = Answer(
        transmission=transmission, kind=kind, words=words.strip() or None, at=timezone.now(), by_id=actor.user_id
    )
    answer.save()
    following.answered(actor, transmission, kind, reason, answer.at)
    return answer


@command("answer.see", allowed=policy.may_see_answer)
def see_answer(*, actor: Actor, answer: Answer) -> Answer:
    """A member has read an answer."""
    if answer.seen_at is not None:
        raise Refused("Cette réponse est déjà marquée comme lue.")
    answer.seen_at = timezone.now()
    answer.save(update_fields=["seen_at"])
    return answer
