"""Every write of a letter: one that carries a transmission, one to the person, a certificate that they came.

Read by the doors. A letter to somebody else says the frozen words of a transmission that was sent, and nothing else;
what is missing is said before anything is made. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.commands import require_open
from amarre.cases.models import Case
from amarre.core import letters, word
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.paper import Unprintable
from amarre.core.word import Value
from amarre.sharing import letter_words as words
from amarre.sharing import policy_letters as policy
from amarre.sharing.models import Agreement, Letter, LetterFile, LetterTemplate, Transmission
from amarre.sharing.states import TransmissionState
from amarre.sharing.states_letters import LetterFormat, LetterKind

if TYPE_CHECKING:
    from amarre.organisations.models import Centre

CONFIDENTIAL = "Ce courrier est personnel. Merci de ne pas le transmettre à quelqu’un d’autre."
MOST_LINES = 7
_LONGEST_LINE = 90


def _check_address(address: str) -> None:
    found = [line for line in address.splitlines() if line.strip()]
    if len(found) > MOST_LINES or any(len(line) > _LONGEST_LINE for line in found):
        raise Refused(f"Une adresse tient en {MOST_LINES} lignes de {_LONGEST_LINE} signes au plus.")


def _usable(actor: Actor, template: LetterTemplate, kind: str) -> LetterTemplate:
    found = LetterTemplate.objects.visible_to(actor).filter(pk=template.pk, active=True, purpose=kind).first()
    if found is None:
        raise Refused("Ce modèle n’est plus proposé pour ce courrier. Choisissez-en un autre.")
    return found


def _written(
    actor: Actor, kind: str, template: LetterTemplate | None, values: Mapping[str, Value], built_in: Callable[[], bytes]
) -> tuple[str, bytes]:
    """The format and the bytes. Raises `word.Missing` before anything is made."""
    chosen = _usable(actor, template, kind) if template is not None else None
    missing = word.gaps(chosen.asks if chosen else words.BUILT_IN, values)
    if missing:
        raise word.Missing(missing)
    if chosen is not None:
        return LetterFormat.DOCX, word.fill(bytes(chosen.content), values)
    return LetterFormat.PDF, _printed(built_in)


def _printed(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except Unprintable as error:
        raise Refused(str(error)) from error


def _filed(actor: Actor, made: tuple[str, bytes], **said: Any) -> Letter:
    form, body = made
    letter = Letter(format=form, size=len(body), made_at=timezone.now(), made_by_id=actor.account_id, **said)
    letter.save()
    LetterFile(letter=letter, body=body).save()
    return letter


def _house(centre: Centre) -> letters.Letterhead:
    return letters.Letterhead(centre.name, words.centre_address(centre), centre.phone)


def _carried(actor: Actor, transmission: Transmission) -> Transmission:
    """The transmission, held: it left, may still be read, and is still covered."""
    rows = Transmission.objects.visible_to(actor).select_for_update(of=("self",)).select_related(
        "case__assignment__centre", "agreement", "exception", "sent_by", "prepared_by", "partner__structure",
        "contact__establishment",
    )  # fmt: skip
    current = rows.get(pk=transmission.pk)
    require_open(actor, current.case)
    if said := why_not_carried(actor, current):
        raise Refused(said)
    return current


def why_not_carried(actor: Actor, transmission: Transmission) -> str:
    """Why no letter may carry a transmission now; nothing when one may."""
    if transmission.state == TransmissionState.DRAFT:
        return "Cet envoi n’est pas parti\u00a0: relisez-le et envoyez-le, puis faites-en un courrier."
    if transmission.state == TransmissionState.RECALLED:
        return "Cet envoi a été rappelé\u00a0: rien n’en part plus."
    if transmission.visible_until < timezone.localdate():
        return "Le dernier jour de lecture est passé\u00a0: préparez un autre envoi."
    covering = Agreement.objects.visible_to(actor).in_force().filter(pk=transmission.agreement_id or 0)
    if transmission.exception_id is None and not covering.exists():
        return "L’accord de la personne n’est plus en cours. Rien ne peut partir."
    return ""


@command("letter.make", allowed=policy.may_carry)
def make_letter(
    *, actor: Actor, transmission: Transmission, template: LetterTemplate | None = None, address: str = "",
    place: str = "",
) -> Letter:  # fmt: skip
    """Put a transmission that was sent on paper: its frozen words, under the letterhead, with an address."""
    _check_address(address)
    current = _carried(actor, transmission)
    centre = current.case.assignment.centre
    values = words.of_transmission(current, centre, address=address, place=place)
    made = _written(actor, LetterKind.TRANSMISSION, template, values, lambda: _sheet(current, centre, address))
    return _filed(
        actor, made, case=current.case, about_id=current.person_id, kind=LetterKind.TRANSMISSION, transmission=current,
        template=template, recipient=words.lines(current.party, address), subject=current.subject,
    )  # fmt: skip


def _sheet(row: Transmission, centre: Centre, address: str) -> bytes:
    ground = f"La personne a donné son accord le {words.agreed_on(row.agreement)}, pour ce destinataire et pour ce but."
    if row.agreement is None:
        ground = f"Transmis sans accord de la personne, sur ce fondement\u00a0: {words.purpose_of(row)}."
    sheet = letters.Transmission(
        _house(centre), tuple(words.lines(row.party, address).splitlines()), row.subject, words.purpose_of(row),
        row.content, timezone.localdate(), row.visible_until, ground, (row.sent_by or row.prepared_by).name,
        role="Service social", confidential=CONFIDENTIAL,
    )  # fmt: skip
    return letters.transmission_pdf(sheet)


@command("letter.make_for_person", allowed=policy.may_write_to_person)
def make_letter_for_person(
    *, actor: Actor, case: Case, subject: str, content: str, template: LetterTemplate | None = None, address: str = "",
    place: str = "",
) -> Letter:  # fmt: skip
    """Write to the person; they also find it in their space."""
    _check_address(address)
    require_open(actor, case)
    person, centre = case.person, case.assignment.centre
    if person is None:
        raise Refused("Ce contact est anonyme\u00a0: il n’y a personne à qui écrire.")
    writer = Colleague.objects.visible_to(actor).get(pk=actor.account_id)
    values = words.of_person(person, centre, writer, subject=subject, content=content, address=address, place=place)

    def built_in() -> bytes:
        to = tuple(words.lines(person.full_name, address).splitlines())
        letter = letters.Letter(
            _house(centre), to, str(values["lieu"]), timezone.localdate(), subject, content, writer.name,
            role="Service social", confidential="Courrier personnel.",
        )  # fmt: skip
        return letters.letter_pdf(letter)

    made = _written(actor, LetterKind.PERSON, template, values, built_in)
    return _filed(
        actor, made, case=case, about_id=person.pk, kind=LetterKind.PERSON, template=template,
        recipient=words.lines(person.full_name, address), subject=subject.strip(),
    )  # fmt: skip


@command("letter.certificate", allowed=policy.may_write_to_person)
def make_certificate(*, actor: Actor, case: Case, centre: Centre, day: date, start: time, end: time) -> Letter:
    """Certify that the person came: a day, two hours, a centre; neither why nor whom they met."""
    person, now = case.person, timezone.localtime()
    if person is None:
        raise Refused("Ce contact est anonyme\u00a0: on n’atteste la présence de personne.")
    if end <= start:
        raise Refused("L’heure de fin vient avant l’heure de début\u00a0: corrigez l’une des deux.")
    if day > now.date() or (day == now.date() and end > now.time()):
        raise Refused("On n’atteste que ce qui a eu lieu\u00a0: ce moment est encore à venir.")
    asked = word.Template(("centre.nom", "centre.adresse", "personne.nom"), ())
    address = words.centre_address(centre)
    values: dict[str, Value] = {
        "centre": {"nom": centre.name, "adresse": address}, "personne": {"nom": person.last_name},
    }  # fmt: skip
    if missing := word.gaps(asked, values):
        raise word.Missing(missing)
    made = letters.Attendance(
        letters.Letterhead(centre.name, address), person.full_name, day, start, end,
        ", ".join([centre.name, *address.splitlines()]), centre.city, now.date(),
    )  # fmt: skip
    body = _printed(lambda: letters.attendance_pdf(made))
    return _filed(
        actor, (LetterFormat.PDF, body), case=case, about_id=person.pk, kind=LetterKind.CERTIFICATE,
        recipient=person.full_name, subject="Attestation de présence",
    )  # fmt: skip
