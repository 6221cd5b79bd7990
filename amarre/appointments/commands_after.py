"""After the meeting, one page: it took place or not, the note, the next step; and who else is asked to the next.

Read by the staff's door. A note goes into the case, a step into the plan: nothing of what was said stays here.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amarre.appointments import placing, policy
from amarre.appointments.models import Appointment, Booking, Guest, Matter
from amarre.appointments.slots import PARIS
from amarre.appointments.states import BookingState, Outcome
from amarre.cases.commands_notes import write_note
from amarre.cases.models import Case, Note
from amarre.cases.states import NoteKind
from amarre.core import jobs
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.plans.commands_goals import add_action
from amarre.plans.models import Plan
from amarre.sharing.models import Agreement

NOTHING_WRITTEN = "Rendez-vous tenu, sans note."


def _matter(actor: Actor, booking: Booking, case: Case) -> Matter:
    """Why it was; an appointment that the secretary booked learns here which case it belongs to."""
    found = Matter.objects.visible_to(actor).select_for_update(of=("self",)).filter(booking=booking).first()
    if found is None:
        if booking.person_id is not None and booking.person_id != case.person_id:
            raise Refused("Ce rendez-vous est avec quelqu’un d’autre que la personne de ce dossier.")
        found = Matter(booking=booking, case=case)
        found.save()
    if found.case_id != case.pk:
        raise Refused("Ce rendez-vous est d’un autre dossier.")
    return found


def _write(actor: Actor, meeting: Appointment, case: Case, minutes: int | None, body: str, private: bool) -> Note:
    return write_note(
        actor=actor, case=case, kind=NoteKind.INTERVIEW, on=meeting.starts_at.astimezone(PARIS).date(),
        body=body.strip() or NOTHING_WRITTEN, mode=meeting.mode, duration=minutes or meeting.minutes,
        private=private,
    )  # fmt: skip


@command("appointment.settle", allowed=policy.may_settle)
def settle(
    *, actor: Actor, booking: Booking, case: Case, outcome: str, minutes: int | None = None, body: str = "",
    private: bool = False, plan: Plan | None = None, next_step: str = "", next_owner: str = "worker",
    next_due: date | None = None,
) -> Matter:  # fmt: skip
    """What became of an appointment that has begun. Time spent is the meeting's, unless said otherwise."""
    if outcome not in Outcome.values:
        raise Refused("Dites si le rendez-vous a eu lieu.")
    meeting = booking.appointment
    if booking.state != BookingState.BOOKED or meeting is None or meeting.starts_at > timezone.now():
        raise Refused("Ce rendez-vous n’a pas encore eu lieu.")
    matter = _matter(actor, booking, case)
    if matter.outcome:
        raise Refused("Ce rendez-vous est déjà conclu. Corrigez la note dans le dossier.")
    if outcome == Outcome.HAPPENED:
        matter.note = _write(actor, meeting, case, minutes, body, private)
        matter.minutes = minutes or meeting.minutes
    elif body.strip():
        matter.note = write_note(
            actor=actor, case=case, kind=NoteKind.NOTE, on=timezone.localdate(), body=body, private=private
        )
    if next_step.strip():
        if plan is None:
            raise Refused("Ouvrez le projet pour noter une suite, ou écrivez-la dans la note.")
        add_action(actor=actor, plan=plan, what=next_step, owner=next_owner, due_on=next_due)
    matter.outcome, matter.settled_at, matter.settled_by_id = outcome, timezone.now(), actor.account_id
    matter.save()
    return matter


def may_invite_guest(actor: Actor, matter: Matter) -> bool:
    """A member of the case."""
    return policy.may_settle(actor, matter.booking, matter.case)


@command("appointment.invite_guest", allowed=may_invite_guest)
def invite_guest(*, actor: Actor, matter: Matter, agreement: Agreement, words: str, email: str = "") -> Guest:
    """Somebody from outside is asked to come, under an agreement of the person that is in force.

    What they receive says when and whom to call, and nobody's name; what is to be said of the person to them leaves as
    a transmission.
    """
    today = timezone.localdate()
    if agreement.case_id != matter.case_id or agreement.state != "given" or (agreement.until or today) < today:
        raise Refused("Il faut un accord de la personne, en cours, pour inviter quelqu’un à ce rendez-vous.")
    if not words.strip():
        raise Refused("Dites qui est invité.")
    if Guest.objects.visible_to(actor).filter(matter=matter, agreement=agreement).exists():
        raise Refused("Cette personne est déjà invitée à ce rendez-vous.")
    guest = Guest(
        matter=matter, agreement=agreement, words=words.strip(), email=email.strip() or None, at=timezone.now()
    )
    guest.save()
    jobs.enqueue(placing.GUESTS, booking_id=matter.booking_id)
    return guest


@command("appointment.tell_guest", allowed=policy.is_machine)
def tell_guest(*, actor: Actor, guest: Guest, sequence: int) -> Guest:
    """Remember how far a guest was told: the next change says so. Raises `Refused` when they know."""
    if guest.sequence >= sequence:
        raise Refused("Cette personne le sait déjà.")
    guest.sequence = sequence
    guest.save(update_fields=["sequence"])
    return guest


@command("appointment.drop_guest", allowed=may_invite_guest)
def drop_guest(*, actor: Actor, matter: Matter, guest: Guest) -> None:
    """They do not come after all."""
    if guest.matter_id != matter.pk:
        raise Refused("Cette invitation est d’un autre rendez-vous.")
    guest.delete()
