"""The kinds of meeting that Amarre ships, laid once and never over what the service edited.

Read by the operator's `amarre migrate` and the tests. Their names tell no reason.
"""

from __future__ import annotations

from amarre.appointments.models import MeetingKind
from amarre.appointments.states import Who
from amarre.cases.states import Mode

_ALL = [Who.WORKER, Who.SECRETARY, Who.PERSON]
_INSIDE = [Mode.OFFICE, Mode.PHONE, Mode.VIDEO]


def _shipped() -> list[MeetingKind]:
    return [
        MeetingKind(label="Premier rendez-vous", minutes=60, modes=_INSIDE, bookable_by=_ALL, horizon_days=42),
        MeetingKind(label="Rendez-vous", minutes=45, modes=_INSIDE, bookable_by=_ALL),
        MeetingKind(label="Appel", minutes=20, modes=[Mode.PHONE], bookable_by=_ALL, notice_hours=4),
        MeetingKind(label="Rendez-vous à plusieurs", minutes=60, modes=[*_INSIDE, Mode.WORKPLACE],
                    bookable_by=[Who.WORKER, Who.SECRETARY]),
        MeetingKind(label="Visite", minutes=60, travel=30, modes=[Mode.HOME, Mode.WORKPLACE],
                    bookable_by=[Who.WORKER]),
        MeetingKind(label="Réunion de groupe", minutes=90, modes=[Mode.OFFICE, Mode.VIDEO], bookable_by=_ALL,
                    capacity=8),
    ]  # fmt: skip


def ensure_kinds() -> int:
    """Insert the kinds when there is none at all, and say how many. Runs as the owner, outside any command."""
    if MeetingKind.objects.exists():
        return 0
    kinds = _shipped()
    for rank, kind in enumerate(kinds, 1):
        kind.position = 10 * rank
    MeetingKind.objects.bulk_create(kinds)
    return len(kinds)
