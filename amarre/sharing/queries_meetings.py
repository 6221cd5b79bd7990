"""Reads of the unit's meetings, of what each item holds, and of interviews held with somebody else.

Read by the commands and the doors. Who sees which rows is said by `visible_to`. Must not know HTTP.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.people.models import Job, Person
from amarre.sharing.anonymity import Known
from amarre.sharing.models import (
    AgendaItem,
    Agreement,
    Decision,
    InterviewParty,
    JointInterview,
    Meeting,
    Minutes,
    Participant,
    Transmission,
    Unit,
    UnitMember,
)
from amarre.sharing.policy_meetings import SITS, my_seats, sits_in
from amarre.sharing.states import Kind, Purpose, TransmissionState
from amarre.sharing.states_meetings import MeetingState

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Point:
    """An item as its reader meets it: its number, whether it may be shown, what was decided."""

    row: AgendaItem
    number: int
    inside: bool
    decisions: list[Decision] = field(default_factory=list)

    @property
    def sealed(self) -> bool:
        """Whether it waits to be opened: its reader is the recipient, and nobody of the unit has opened it."""
        sent = self.row.transmission
        return sent is not None and not self.inside and sent.read_at is None

    @property
    def gone(self) -> bool:
        """Whether it was taken back: the members of the case alone still see that it was there."""
        sent = self.row.transmission
        return sent is not None and sent.state == TransmissionState.RECALLED

    @property
    def title(self) -> str:
        """What a list says of it."""
        if self.row.transmission is None:
            return "Point anonyme"
        return "Un point vous attend" if self.sealed else self.row.transmission.subject


def current_members(actor: Actor, unit: Unit) -> list[UnitMember]:
    """Who sits in a unit today, by name."""
    today = timezone.localdate()
    rows = UnitMember.objects.visible_to(actor).filter(Q(until=None) | Q(until__gte=today), unit=unit)
    return list(rows.select_related("user").order_by("user__name"))


def may_sit(actor: Actor, unit: Unit) -> list[Colleague]:
    """Colleagues who could sit in a unit, and do not yet."""
    seated = {m.user_id for m in current_members(actor, unit)}
    rows = Colleague.objects.visible_to(actor).filter(is_active=True, roles__overlap=sorted(SITS)).order_by("name")
    return [c for c in rows if c.pk not in seated]


def my_units(actor: Actor) -> list[Unit]:
    """The units in which the actor sits, by name."""
    seats = my_seats(actor).order_by().values("unit_id")
    return list(Unit.objects.visible_to(actor).filter(pk__in=seats))


def coming(actor: Actor) -> list[Meeting]:
    """Meetings that are planned, the soonest first."""
    rows = Meeting.objects.visible_to(actor).filter(state=MeetingState.PLANNED, unit__active=True)
    return list(rows.select_related("unit").order_by("on", "at", "id"))


def past(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that were held or cancelled, the newest first."""
    rows = Meeting.objects.visible_to(actor).exclude(state=MeetingState.PLANNED)
    return rows.select_related("unit")


def participants(actor: Actor, meeting: Meeting) -> list[Participant]:
    """Who came, who was excused."""
    return list(Participant.objects.visible_to(actor).filter(meeting=meeting).select_related("user"))


def points(actor: Actor, meeting: Meeting) -> list[Point]:
    """The agenda as the actor sees it, numbered as they see it: what was taken back leaves no gap."""
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).select_related("transmission", "put_by")
    return _told(actor, rows)


def point(actor: Actor, item: AgendaItem) -> Point:
    """One item, with its decisions."""
    return next(p for p in points(actor, item.meeting) if p.row.pk == item.pk)


def _told(actor: Actor, rows: Iterable[AgendaItem]) -> list[Point]:
    found = list(rows)
    mine = set(Case.objects.visible_to(actor).filter(pk__in=[i.case_id for i in found]).values_list("pk", flat=True))
    said: dict[int, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.visible_to(actor).filter(item__in=[i.pk for i in found]).select_related("who"):
        said[decision.item_id].append(decision)
    return [Point(row, n, row.case_id in mine, said[row.pk]) for n, row in enumerate(found, 1)]


def to_do(actor: Actor) -> list[Decision]:
    """Decisions that are not done, in the units where the actor sits or on items of their cases; the soonest first."""
    rows = Decision.objects.visible_to(actor).filter(done_on=None)
    opened = Q(item__transmission=None) | Q(item__transmission__read_at__isnull=False)
    return list(rows.filter(opened).select_related("who", "item__meeting__unit", "item__transmission")[:100])


def ready_items(actor: Actor, meeting: Meeting) -> list[Transmission]:
    """Items of the actor's cases that were sent to the unit, and are not on this agenda."""
    rows = Transmission.objects.visible_to(actor).filter(
        kind=Kind.ITEM, unit_id=meeting.unit_id, state=TransmissionState.SENT, visible_until__gte=meeting.on
    )
    there = AgendaItem.objects.visible_to(actor).filter(meeting=meeting, transmission__isnull=False)
    cases = Case.objects.visible_to(actor).order_by().values("pk")
    return list(rows.filter(case__in=cases).exclude(pk__in=there.values("transmission_id")).order_by("-sent_at"))


def known_people(actor: Actor) -> list[Known]:
    """What would give away somebody whom the actor accompanies; read to re-read their words, and shown to nobody."""
    cases = Case.objects.visible_to(actor).exclude(person=None).order_by().values("person_id")
    people = list(Person.objects.visible_to(actor).filter(pk__in=cases))
    firms: dict[int, list[str]] = defaultdict(list)
    jobs = Job.objects.visible_to(actor).filter(person__in=[p.pk for p in people])
    for job in jobs.select_related("establishment__company").order_by():
        place = job.establishment
        firms[job.person_id] += [name for name in (place.company.name, place.sign) if name]
    return [
        Known((p.last_name, p.first_name), p.birth_date, p.phone_digits, p.email, tuple(dict.fromkeys(firms[p.pk])))
        for p in people
    ]


def may_receive_minutes(actor: Actor, case_id: int) -> list[Agreement]:
    """Agreements of a case that cover minutes today."""
    return list(Agreement.objects.visible_to(actor).in_force().filter(case_id=case_id).order_by("pk"))


def minutes_of(actor: Actor, **source: AgendaItem | JointInterview) -> list[Minutes]:
    """The minutes of an item or of an interview, that the actor may see."""
    return list(Minutes.objects.visible_to(actor).filter(**source).select_related("transmission"))


@dataclass(frozen=True, slots=True)
class Together:
    """An interview, who is there, and what was written to each."""

    row: JointInterview
    parties: list[InterviewParty]
    minutes: list[Minutes]


def together(actor: Actor, rows: QuerySet[JointInterview]) -> list[Together]:
    """Interviews with their parties and their minutes; three statements whatever their number."""
    found = list(rows)
    keys = [r.pk for r in found]
    there: dict[int, list[InterviewParty]] = defaultdict(list)
    parties = InterviewParty.objects.visible_to(actor).filter(interview__in=keys)
    for party in parties.select_related("agreement", "interview"):
        there[party.interview_id].append(party)
    wrote: dict[int | None, list[Minutes]] = defaultdict(list)
    for minutes in Minutes.objects.visible_to(actor).filter(interview__in=keys).select_related("transmission"):
        wrote[minutes.interview_id].append(minutes)
    return [Together(row, there[row.pk], wrote[row.pk]) for row in found]


def to_sit_with(actor: Actor, case: Case) -> list[Agreement]:
    """Agreements in force to see each other together, in a case."""
    rows = Agreement.objects.visible_to(actor).in_force().filter(case=case, purpose=Purpose.TOGETHER)
    return list(rows.exclude(party_kind="unit").order_by("pk"))


def may_read_whole(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor sits in the meeting's unit."""
    return sits_in(actor, meeting.unit_id)
