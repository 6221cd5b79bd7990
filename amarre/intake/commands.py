"""Every write of a solicitation: sent, triaged, shared out, agreed to, taken, answered, redirected, declined.

Read by the doors. What goes on in a case belongs to `cases`. Must not know HTTP.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.commands import close_case, open_case
from amarre.cases.commands_notes import write_note
from amarre.cases.models import Case
from amarre.cases.states import NoteKind
from amarre.core import notices
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.core.notices_words import Says
from amarre.core.text import digits, fold
from amarre.intake import delays, policy
from amarre.intake.models import Attempt, Solicitation, Statement
from amarre.intake.states import HEALTH_SOURCES, OPEN_STATES, About, AttemptResult, Source, State
from amarre.people.models import Person

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Seven characters that can be read over the telephone: `K7D-4Q2P`."""
    letters = [secrets.choice(_ALPHABET) for _ in range(7)]
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def require_open(solicitation: Solicitation) -> None:
    """Raises `Refused` when somebody has handled it already."""
    if solicitation.state not in OPEN_STATES:
        raise Refused("Cette demande a déjà été traitée. Rechargez la page pour voir où elle en est.")


def _locked(actor: Actor, solicitation: Solicitation) -> Solicitation:
    """The row as it is now, held until the end; two people cannot take the same request."""
    row = Solicitation.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=solicitation.pk).first()
    if row is None:
        raise Refused("Cette demande a déjà été traitée par quelqu’un d’autre.")
    require_open(row)
    return row


def _takes_words(actor: Actor, source: str, said_agreed: bool) -> bool:
    """Whose words are kept: the person's own; those of the health team, when the person has agreed to be sent."""
    if source == Source.EMPLOYEE:
        return actor.door != Door.STAFF or actor.has("social_worker")
    return said_agreed and source in HEALTH_SOURCES and policy.may_refer(actor)


@command("solicitation.submit", allowed=policy.may_submit)
def submit_solicitation(
    *,
    actor: Actor,
    source: str,
    centre_id: int,
    about: str = About.PERSON,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    email: str = "",
    contact_note: str = "",
    do_not_call: bool = False,
    company: str = "",
    city: str = "",
    requester_name: str = "",
    requester_role: str = "",
    requester_phone: str = "",
    requester_email: str = "",
    reasons: Sequence[str] = (),
    words: str = "",
    said_agreed: bool = False,
) -> Solicitation:
    """Somebody asks. A third party gives a neutral reason from a list; words are the person's, or the health team's."""
    if words and not _takes_words(actor, source, said_agreed):
        raise Refused("Seuls les mots de la personne elle-même sont gardés. Choisissez un motif dans la liste.")
    if about == About.ADVICE and (first_name or last_name or phone or email):
        raise Refused("Un conseil ne concerne personne en particulier : n’indiquez pas de nom.")
    if source != Source.EMPLOYEE and about == About.PERSON and not last_name.strip():
        raise Refused("Indiquez le nom de la personne à joindre.")
    solicitation = Solicitation(
        reference=new_reference(),
        centre_id=centre_id,
        source=source,
        about=about,
        received_at=timezone.now(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        phone=phone.strip(),
        email=email.strip().lower(),
        contact_note=contact_note.strip(),
        do_not_call=do_not_call,
        company=company.strip(),
        city=city.strip(),
        requester_name=requester_name.strip(),
        requester_role=requester_role.strip(),
        requester_phone=requester_phone.strip(),
        requester_email=requester_email.strip().lower(),
        said_agreed=said_agreed,
        search=fold(f"{last_name} {first_name}"),
        phone_digits=digits(phone),
    )
    solicitation.save(force_insert=True)
    Statement(solicitation=solicitation, reasons=list(reasons), words=words or None).save(force_insert=True)
    if solicitation.requester_email:
        advice = solicitation.about == About.ADVICE
        says = Says.PASSED_ON_ADVICE if advice else Says.PASSED_ON
        notices.announce(notices.Kind.REQUESTER, solicitation.pk, key="passed_on", says=says)
    return solicitation


@command("solicitation.triage", allowed=policy.may_handle)
def triage(*, actor: Actor, solicitation: Solicitation, urgency: str) -> Solicitation:
    """A social worker has read it and says how soon; the target date follows from the day of receipt."""
    row = _locked(actor, solicitation)
    row.urgency, row.due_on = urgency, delays.due_on(urgency, row.received_at)
    row.acknowledged_at = row.acknowledged_at or timezone.now()
    if row.state == State.RECEIVED:
        row.state = State.AWAITING if row.needs_agreement else State.ACKNOWLEDGED
    row.save()
    return row


@command("solicitation.assign", allowed=policy.may_share_out)
def assign(*, actor: Actor, solicitation: Solicitation, to: Colleague | None) -> Solicitation:
    """Say who will look at it; None gives it back to the queue."""
    row = _locked(actor, solicitation)
    if to is not None and (not to.is_active or "social_worker" not in to.roles):
        raise Refused("Choisissez un(e) assistant(e) de service social du centre.")
    row.assigned_to = to
    row.save(update_fields=["assigned_to"])
    return row


@command("solicitation.correct", allowed=policy.may_correct)
def correct(
    *,
    actor: Actor,
    solicitation: Solicitation,
    first_name: str,
    last_name: str,
    phone: str = "",
    email: str = "",
    contact_note: str = "",
    do_not_call: bool = False,
) -> Solicitation:
    """Correct who is asking and how to reach them."""
    row = _locked(actor, solicitation)
    row.first_name, row.last_name = first_name.strip(), last_name.strip()
    row.phone, row.email = phone.strip(), email.strip().lower()
    row.contact_note, row.do_not_call = contact_note.strip(), do_not_call
    row.search, row.phone_digits = fold(f"{last_name} {first_name}"), digits(phone)
    row.save()
    return row


@command("solicitation.attempt", allowed=policy.may_attempt)
def record_attempt(*, actor: Actor, solicitation: Solicitation, result: str) -> Attempt:
    """One try at obtaining the person's agreement. Whatever comes of it, the requester is told nothing more."""
    row = _locked(actor, solicitation)
    if not row.needs_agreement:
        raise Refused("Aucun accord n’est à demander pour cette demande.")
    now = timezone.now()
    attempt = Attempt(solicitation=row, at=now, by_id=actor.account_id, result=result)
    attempt.save()
    row.acknowledged_at = row.acknowledged_at or now
    row.state = State.AWAITING
    if result == AttemptResult.AGREED:
        row.state = State.ACCEPTED
    row.save()
    if result == AttemptResult.REFUSED:
        _finish(actor, row, State.REFUSED_BY_PERSON)
    return attempt


@command("solicitation.no_answer", allowed=policy.may_attempt)
def close_without_answer(*, actor: Actor, solicitation: Solicitation) -> Solicitation:
    """After two tries without an answer, the request is closed; nothing is held against anybody."""
    row = _locked(actor, solicitation)
    tried = Attempt.objects.visible_to(actor).filter(solicitation=row).count()
    if not row.needs_agreement or tried < delays.ATTEMPTS_BEFORE_NO_ANSWER:
        raise Refused("Il faut deux tentatives avant de clore sans réponse.")
    return _finish(actor, row, State.NO_ANSWER)


def _finish(actor: Actor, row: Solicitation, state: str, reason: str = "") -> Solicitation:
    row.state, row.closing_reason = state, reason
    row.handled_by_id, row.handled_at = actor.user_id, timezone.now()
    row.save()
    return row


def _enter(actor: Actor, row: Solicitation, person: Person | None, state: str) -> Case:
    if row.about == About.ADVICE:
        raise Refused("Un conseil à un employeur n’ouvre pas de dossier : répondez-lui, puis notez-le répondu.")
    if row.needs_agreement:
        raise Refused("La personne n’a pas encore donné son accord. Appelez-la d’abord.")
    case = open_case(actor=actor, person=person, centre_id=row.centre_id, source=row.source, urgency=row.urgency)
    row.person, row.case = person, case
    row.acknowledged_at = row.acknowledged_at or timezone.now()
    _finish(actor, row, state)
    return case


@command("solicitation.take", allowed=policy.may_handle)
def take(*, actor: Actor, solicitation: Solicitation, person: Person | None) -> Case:
    """Take the request: a case opens, with the actor as its lead."""
    return _enter(actor, _locked(actor, solicitation), person, State.TAKEN)


@command("solicitation.answer", allowed=policy.may_handle)
def answer_at_once(
    *,
    actor: Actor,
    solicitation: Solicitation,
    answer: str,
    person: Person | None = None,
    minutes: int | None = None,
) -> Case:
    """Answer and close from the same page: a case with one note, closed as information given."""
    row = _locked(actor, solicitation)
    today = timezone.localdate()
    case = _enter(actor, row, person, State.ANSWERED)
    write_note(actor=actor, case=case, kind=NoteKind.CALL, on=today, body=answer, duration=minutes)
    close_case(actor=actor, case=case, on=today, outcome="INFORMATION_ONLY", reason="ANSWERED")
    return case


@command("solicitation.advise", allowed=policy.may_handle)
def mark_advised(*, actor: Actor, solicitation: Solicitation) -> Solicitation:
    """The employer's question about nobody in particular was answered."""
    row = _locked(actor, solicitation)
    if row.about != About.ADVICE:
        raise Refused("Cette demande concerne quelqu’un : prenez-la, ou répondez à la personne.")
    return _finish(actor, row, State.ANSWERED)


@command("solicitation.redirect", allowed=policy.may_handle)
def redirect(*, actor: Actor, solicitation: Solicitation, centre_id: int) -> Solicitation:
    """Another centre answers for it; it starts again there as received."""
    row = _locked(actor, solicitation)
    if row.centre_id == centre_id:
        raise Refused("La demande est déjà dans ce centre. Choisissez-en un autre.")
    row.centre_id, row.assigned_to, row.handled_by_id = centre_id, None, actor.user_id
    row.save()
    return row


@command("solicitation.decline", allowed=policy.may_handle)
def decline(*, actor: Actor, solicitation: Solicitation, state: str, reason: str) -> Solicitation:
    """Not pursued, sent to a partner, or a duplicate, with a reason from the list."""
    if state not in (State.REFUSED, State.REDIRECTED, State.DUPLICATE):
        raise Refused("Choisissez ce que devient la demande.")
    return _finish(actor, _locked(actor, solicitation), state, reason)
