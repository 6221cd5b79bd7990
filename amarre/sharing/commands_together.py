"""Every write of an interview held with somebody else: planned, corrected, held, what each is told of it.

Read by the doors. Somebody sits at the table by an agreement of the person to see them together. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from django.utils import timezone

from amarre.cases.commands import Conflict, require_open
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.sharing import policy_meetings as policy
from amarre.sharing.commands import prepare_transmission
from amarre.sharing.commands_meetings import NO_AGREEMENT
from amarre.sharing.models import Agreement, InterviewParty, JointInterview, Minutes
from amarre.sharing.states import Kind, Purpose
from amarre.sharing.states_meetings import WITH_WHOM, TogetherState


def _covering(actor: Actor, case_id: int, agreements: Sequence[Agreement], kept: set[int]) -> list[Agreement]:
    """The agreements by which somebody sits there: to see each other together, of this case, in force today."""
    if not agreements:
        raise Refused(
            "Choisissez avec qui. Pour chacun, il faut un accord de la personne pour «\u202fse voir à plusieurs\u202f»."
        )
    wanted = {a.pk for a in agreements}
    rows = Agreement.objects.visible_to(actor).filter(pk__in=wanted, case_id=case_id, purpose=Purpose.TOGETHER)
    good = {a.pk: a for a in rows.in_force() if a.party_kind in WITH_WHOM}
    good |= {a.pk: a for a in rows if a.pk in kept}
    if wanted - set(good):
        raise Refused("L’accord de la personne pour se voir à plusieurs n’est plus en cours. Demandez-en un autre.")
    return [good[key] for key in sorted(good)]


def _seat(interview: JointInterview, agreements: Sequence[Agreement]) -> None:
    for agreement in agreements:
        kind = WITH_WHOM[agreement.party_kind]
        InterviewParty(interview=interview, kind=kind, words=agreement.party, agreement=agreement).save()


def _check_words(agreed: str) -> None:
    if not agreed.strip():
        raise Refused("Écrivez ce que vous avez convenu de dire\u00a0: la personne le lira.")


@command("together.plan", allowed=policy.may_sit_together)
def plan_together(
    *, actor: Actor, case: Case, kind: str, on: date, agreed: str, agreements: Sequence[Agreement],
    at: time | None = None, place: str = "",
) -> JointInterview:  # fmt: skip
    """Plan an interview: with whom, and what may be said there."""
    require_open(actor, case)
    if case.person_id is None:
        raise Refused("Ce contact est anonyme\u00a0: personne ne peut donner d’accord.")
    _check_words(agreed)
    covering = _covering(actor, case.pk, agreements, set())
    row = JointInterview(
        case=case, person_id=case.person_id, kind=kind, on=on, at=at, place=place.strip(), agreed=agreed.strip(),
        written_by_id=actor.account_id,
    )  # fmt: skip
    row.save()
    _seat(row, covering)
    return row


def _current(actor: Actor, interview: JointInterview) -> JointInterview:
    rows = JointInterview.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=interview.pk)


@command("together.edit", allowed=policy.may_write_together)
def edit_together(
    *, actor: Actor, interview: JointInterview, version: int, kind: str, on: date, agreed: str,
    agreements: Sequence[Agreement], at: time | None = None, place: str = "",
) -> JointInterview:  # fmt: skip
    """Correct it, before it was held. Raises `Conflict` when it was changed since `version`."""
    current = _current(actor, interview)
    if current.state != TogetherState.PLANNED:
        raise Refused("Cet entretien est tenu ou annulé\u00a0: il ne change plus.")
    if current.version != version:
        raise Conflict(current.agreed, current.version)
    _check_words(agreed)
    there = InterviewParty.objects.visible_to(actor).filter(interview=current)
    covering = _covering(actor, current.case_id, agreements, set(there.values_list("agreement_id", flat=True)))
    there.exclude(agreement__in=covering).delete()
    kept = set(there.values_list("agreement_id", flat=True))
    _seat(current, [a for a in covering if a.pk not in kept])
    current.kind, current.on, current.at, current.place = kind, on, at, place.strip()
    current.agreed, current.version = agreed.strip(), current.version + 1
    current.save(update_fields=["kind", "on", "at", "place", "agreed", "version"])
    return current


@command("together.settle", allowed=policy.may_write_together)
def settle_together(*, actor: Actor, interview: JointInterview, state: str) -> JointInterview:
    """It was held, or it is cancelled."""
    current = _current(actor, interview)
    if state == TogetherState.PLANNED or current.state != TogetherState.PLANNED:
        raise Refused("Cet entretien est déjà tenu, ou annulé.")
    if state == TogetherState.HELD and current.on > timezone.localdate():
        raise Refused("Cet entretien n’a pas encore eu lieu.")
    current.state = state
    current.save(update_fields=["state"])
    return current


@command("together.conclude", allowed=policy.may_write_together)
def conclude_together(
    *, actor: Actor, interview: JointInterview, agreement: Agreement | None, subject: str, content: str
) -> Minutes:
    """Write to one of those who were there what was concluded; it leaves only checked, by the agreement."""
    current = _current(actor, interview)
    if current.state != TogetherState.HELD:
        raise Refused("Notez d’abord que l’entretien a eu lieu.")
    there = InterviewParty.objects.visible_to(actor).filter(interview=current)
    if agreement is None or not there.filter(agreement=agreement).exists():
        raise Refused(NO_AGREEMENT)
    draft = prepare_transmission(
        actor=actor, case=current.case, agreement=agreement, subject=subject, content=content, kind=Kind.MINUTES
    )
    minutes = Minutes(interview=current, transmission=draft)
    minutes.save()
    return minutes
