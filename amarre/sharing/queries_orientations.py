"""Reads of orientations: of a case, of my day, of what a partner received; and what a partner answers, in figures.

Read by the doors. Must not know HTTP.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from amarre.core.actor import Actor
from amarre.sharing.models import Orientation, Transmission
from amarre.sharing.queries import Sent, with_answers
from amarre.sharing.states import Kind, TransmissionState
from amarre.sharing.states_orientations import WAITING, RefusalReason

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.directory.models import Structure

LEAST = 11
"""Under eleven orientations, no figure of a partner is shown; the database says so too."""
SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a partner answers, over every case of the service. Counts, and the median delay in days."""

    sent: int
    seen: int
    accepted: int
    refused: int
    started: int
    ended: int
    median_days: float | None
    reasons: list[tuple[str, int]]


def orientations(actor: Actor, case: Case) -> list[Orientation]:
    """Those of a case, the newest first."""
    rows = Orientation.objects.visible_to(actor).filter(transmission__case=case)
    return list(rows.select_related("transmission", "structure").order_by("-sent_at"))


def reminded(actor: Actor, today: date) -> list[Orientation]:
    """Those of my cases whose partner was reminded lately and has not answered: the worker is told as gently."""
    rows = Orientation.objects.visible_to(actor).filter(
        state__in=WAITING,
        reminded_on__gt=today - SHOWN_FOR,
        transmission__state=TransmissionState.SENT,
        transmission__visible_until__gte=today,
    )
    about = rows.select_related("transmission__case__person").defer("transmission__case__safety")
    return list(about.order_by("reminded_on"))


def received_orientations(actor: Actor) -> list[tuple[Sent, Orientation | None]]:
    """What was sent to a partner and may still be read: what waits for them first, then the newest."""
    rows = Transmission.objects.visible_to(actor).received_by(actor).order_by("-sent_at")
    known = {row.transmission_id: row for row in Orientation.objects.visible_to(actor)}
    found = [(sent, known.get(sent.row.pk)) for sent in with_answers(actor, rows)]
    return sorted(found, key=lambda pair: not waits(*pair))


def waits(sent: Sent, orientation: Orientation | None) -> bool:
    """Whether the partner has something to do: open it, or answer."""
    return sent.row.read_at is None or (orientation is not None and orientation.state in WAITING)


def orientation_of(actor: Actor, transmission: Transmission) -> Orientation | None:
    """Where a transmission stands, if it is an orientation."""
    if transmission.kind != Kind.ORIENTATION:
        return None
    return Orientation.objects.visible_to(actor).filter(transmission=transmission).first()


def figures(structure: Structure) -> Figures | None:
    """A partner's answers; None under eleven orientations."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select sent, seen, accepted, refused, started, ended, median_days, reasons::text from partner_figures(%s)",
            [structure.pk],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    sent, seen, accepted, refused, started, ended, median, by_reason = row
    counts: dict[str, int] = json.loads(by_reason)
    reasons = [(str(label), counts[code]) for code, label in RefusalReason.choices if code in counts]
    return Figures(sent, seen, accepted, refused, started, ended, median, reasons)
