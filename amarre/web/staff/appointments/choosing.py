"""What one chooses on the page: kind of meeting, how, with whom, from which day; and the free slots that come of it.

Read by the views and forms beside. Comes from the address, so that a page can be reloaded, kept and shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments import policy, queries
from amarre.appointments.models import MeetingKind
from amarre.appointments.queries_case import receiving
from amarre.appointments.slots import PARIS, Slot
from amarre.appointments.states import MODE_CHOICES, OUTSIDE, Who
from amarre.core.actor import Actor
from amarre.web.ui import dates

USUAL = "Rendez-vous"
_LOOKS, _DAYS = 60, 8
"""How many days ahead one looks for slots; how many days that have some are shown at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot as a button says it."""

    value: str
    label: str
    chosen: bool = False


@dataclass(slots=True)
class Day:
    """A day and its slots."""

    on: date
    choices: list[Choice] = field(default_factory=list)


@dataclass(slots=True)
class Choosing:
    """What is chosen so far; each has a sensible value from the start."""

    kinds: list[MeetingKind]
    workers: list[Colleague]
    centres: frozenset[int] | None
    kind: MeetingKind | None
    mode: str
    worker: Colleague | None
    after: date
    starts: datetime | None = None

    @property
    def modes(self) -> list[tuple[str, str]]:
        """How one may meet for this kind of meeting."""
        return [(code, words) for code, words in MODE_CHOICES if self.kind is not None and code in self.kind.modes]

    @property
    def is_group(self) -> bool:
        """Several people share a slot: the person is invited to choose one."""
        return self.kind is not None and self.kind.is_group

    @property
    def by_person(self) -> bool:
        """Whether the person may choose by themselves."""
        return self.kind is not None and Who.PERSON in self.kind.bookable_by

    def free(self, leaving: int | None = None, minutes: int | None = None) -> list[Slot]:
        """The slots, from the day that was asked."""
        if self.kind is None or self.worker is None or self.is_group:
            return []
        travel = self.kind.travel if self.mode in OUTSIDE else 0
        found = queries.free_slots(
            self.worker.pk, minutes or self.kind.minutes, self.after, self.after + timedelta(days=_LOOKS),
            travel=travel, kind_id=self.kind.pk, mode=self.mode, leaving=leaving,
        )  # fmt: skip
        return [s for s in found if self.centres is None or s.centre_id in self.centres]

    def days(self, slots: list[Slot], most: int = _DAYS) -> tuple[list[Day], date | None]:
        """The first days that have a slot, and the day from which the next ones are."""
        found: list[Day] = []
        for slot in slots:
            if not found or found[-1].on != slot.day:
                if len(found) == most:
                    return found, slot.day
                found.append(Day(slot.day))
            found[-1].choices.append(Choice(value_of(slot), dates.hour(slot.starts), slot.starts == self.starts))
        return found, None


def value_of(slot: Slot) -> str:
    """A slot in a form: its instant and its centre."""
    return f"{slot.starts.isoformat()}|{slot.centre_id}"


def read_slot(value: str) -> tuple[datetime, int] | None:
    """What a button sent; None for anything else."""
    said, _, centre = value.partition("|")
    starts = read_instant(said)
    return (starts, int(centre)) if starts is not None and centre.isdecimal() and len(centre) < 19 else None


def read_instant(said: str) -> datetime | None:
    """An instant of an address: a sign + that became a space is one again; without a zone, the clock of the wall."""
    try:
        found = datetime.fromisoformat(said.strip().replace(" ", "+"))
        return found.astimezone(PARIS) if found.tzinfo else found.replace(tzinfo=PARIS)
    except (ValueError, OverflowError):
        return None


def read_choices(
    actor: Actor, said: Mapping[str, str], workers: list[Colleague], *, lead_id: int | None, in_case: bool,
    usual: str = USUAL,
) -> Choosing:  # fmt: skip
    """What the address or the form says, else what is most likely."""
    kinds = list(queries.kinds_for(actor, Who.WORKER if policy.is_worker(actor) else Who.SECRETARY))
    kind = _kind(kinds, said.get("kind", ""), usual)
    modes = [m for m, _ in MODE_CHOICES if kind is not None and m in kind.modes]
    mode = said.get("mode", "")
    today = timezone.localdate()
    starts = read_instant(said.get("starts", ""))
    return Choosing(
        kinds=kinds,
        workers=workers,
        centres=None if in_case else actor.centres,
        kind=kind,
        mode=mode if mode in modes else next(iter(modes), ""),
        worker=_worker(actor, workers, said.get("worker", ""), lead_id),
        after=max(today, _day(said.get("after", "")) or (starts.date() if starts else today)),
        starts=starts,
    )


def _kind(kinds: list[MeetingKind], said: str, usual: str) -> MeetingKind | None:
    by_key = {str(k.pk): k for k in kinds}
    by_name = {k.label: k for k in kinds}
    return by_key.get(said) or by_name.get(usual) or by_name.get(USUAL) or next(iter(kinds), None)


def _worker(actor: Actor, workers: list[Colleague], said: str, lead_id: int | None) -> Colleague | None:
    by_key = {str(c.pk): c for c in workers}
    for key in (said, lead_id, actor.user_id):
        if (found := by_key.get(str(key))) is not None:
            return found
    there = set(receiving(actor, workers))
    return next((c for c in workers if c.pk in there), next(iter(workers), None))


def _day(said: str) -> date | None:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if found.year < 2100 else None
