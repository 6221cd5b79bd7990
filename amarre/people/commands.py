"""Every write about the employees: who they are, how to reach them, where they work.

Read by the staff door and by rooms that take somebody in. Must not know that a case exists.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.text import digits, fold
from amarre.organisations.models import Establishment
from amarre.people import policy
from amarre.people.models import Channel, Job, Person

_OLDEST = 110


class Changed(Refused):
    """Somebody else changed the same person since the page was opened; says what stands now."""

    def __init__(self, person: Person) -> None:
        super().__init__(
            "Cette fiche a été modifiée pendant que vous l’aviez ouverte. Vos réponses sont toujours là\u00a0: "
            "comparez-les avec ce qui est enregistré, puis enregistrez de nouveau."
        )
        self.person = person


@command("person.create", allowed=policy.may_write_people)
def create_person(
    *,
    actor: Actor,
    last_name: str,
    first_name: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    channel: str = "",
    do_not_call: bool = False,
    do_not_notify: bool = False,
    channel_note: str = "",
    language: str = "",
    interpreter: bool = False,
    legal_representative: str = "",
) -> Person:
    """Write down somebody. Look for them first: `queries.likely_duplicates`."""
    person = Person(address=address, postcode=postcode, city=city, channel=channel, do_not_call=do_not_call)
    person.do_not_notify, person.channel_note = do_not_notify, channel_note.strip() or None
    person.language, person.interpreter = language, interpreter
    person.legal_representative = legal_representative
    return _identify(person, last_name, first_name, birth_date, phone, email)


@command("person.edit", allowed=policy.may_write_people)
def edit_person(
    *,
    actor: Actor,
    person: Person,
    last_name: str,
    first_name: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    channel: str = "",
    do_not_call: bool = False,
    do_not_notify: bool = False,
    channel_note: str = "",
    language: str = "",
    interpreter: bool = False,
    legal_representative: str = "",
    version: str = "",
) -> Person:
    """Correct somebody. `version` is the `Person.version` that was read: if it moved since, raises `Changed`."""
    current = Person.objects.visible_to(actor).select_for_update().get(pk=person.pk)
    if version and version != current.version:
        raise Changed(current)
    current.address, current.postcode, current.city = address, postcode, city
    current.channel, current.do_not_call, current.do_not_notify = channel, do_not_call, do_not_notify
    current.channel_note = channel_note.strip() or None
    current.language, current.interpreter = language, interpreter
    current.legal_representative = legal_representative
    return _identify(current, last_name, first_name, birth_date, phone, email)


def _identify(
    person: Person, last_name: str, first_name: str, birth_date: date | None, phone: str, email: str
) -> Person:
    """Write who it is and how they are found, and save."""
    today = timezone.localdate()
    if not last_name.strip():
        raise Refused("Il manque le nom. Si vous ne le connaissez pas, la demande peut rester anonyme.")
    if birth_date and not today.year - _OLDEST <= birth_date.year <= today.year - 14:
        raise Refused("Cette date de naissance n’est pas possible pour une personne qui travaille.")
    if phone.strip() and len(digits(phone)) < 8:
        raise Refused("Ce numéro de téléphone est trop court.")
    if (person.channel == Channel.EMAIL and not email) or (
        person.channel in (Channel.PHONE, Channel.SMS) and not phone
    ):
        raise Refused("Le moyen préféré demande une adresse ou un numéro\u00a0: ajoutez-le, ou changez de moyen.")
    if person.channel == Channel.PHONE and person.do_not_call:
        raise Refused("« Ne pas appeler » et « préfère un appel » se contredisent\u00a0: gardez l’un des deux.")
    person.last_name, person.first_name = " ".join(last_name.split()), " ".join(first_name.split())
    person.birth_date, person.phone, person.email = birth_date, phone.strip(), email.strip().lower()
    if person.phone_digits != digits(phone):
        person.phone_confirmed_at = None
    person.phone_digits = digits(phone)
    person.search = fold(f"{person.last_name} {person.first_name}")
    person.save()
    return person


@command("job.add", allowed=policy.may_write_people)
def add_job(
    *,
    actor: Actor,
    person: Person,
    establishment: Establishment,
    title: str = "",
    contract: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Job:
    """Somebody works there, or did."""
    same = Job.objects.visible_to(actor).filter(person=person, establishment=establishment, until=None)
    if until is None and same.exists():
        raise Refused("Ce poste est déjà sur la fiche. Corrigez-le, ou terminez-le.")
    return _write_job(Job(person=person, establishment=establishment), title, contract, since, until)


@command("job.edit", allowed=policy.may_write_people)
def edit_job(
    *,
    actor: Actor,
    job: Job,
    title: str = "",
    contract: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Job:
    """Correct a job, or say when it ended."""
    return _write_job(job, title, contract, since, until)


def _write_job(job: Job, title: str, contract: str, since: date | None, until: date | None) -> Job:
    if since and until and until < since:
        raise Refused("Un poste ne peut pas finir avant d’avoir commencé.")
    job.title, job.contract, job.since, job.until = title.strip(), contract, since, until
    job.save()
    return job


@command("person.say_channel", allowed=policy.may_say_channel)
def say_channel(
    *, actor: Actor, person: Person, channel: str, channel_note: str = "", do_not_call: bool = False,
    do_not_notify: bool = False, language: str = "", interpreter: bool = False,
) -> Person:  # fmt: skip
    """The person says how and when they may be reached; it is shown wherever somebody might call."""
    if channel == Channel.PHONE and do_not_call:
        raise Refused("Vous demandez un appel, et de ne pas vous appeler. Gardez l’un des deux.")
    if (channel == Channel.EMAIL and not person.email) or (
        channel in (Channel.PHONE, Channel.SMS) and not person.phone
    ):
        raise Refused("Nous n’avons pas encore cette adresse ou ce numéro. Dites-le à la personne qui vous accompagne.")
    person.channel, person.channel_note = channel, channel_note.strip() or None
    person.do_not_call, person.do_not_notify = do_not_call, do_not_notify
    person.language, person.interpreter = language.strip(), interpreter
    person.save(update_fields=["channel", "channel_note", "do_not_call", "do_not_notify", "language", "interpreter"])
    return person
