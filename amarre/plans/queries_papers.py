"""Rights applications with what is due, the budget counted, and documents.

Read by the commands of the room and the doors. Must not know who asks but by the actor.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils import timezone

from amarre.core.actor import Actor, Door
from amarre.plans import procedures
from amarre.plans.models import Application, Budget, Document, DocumentFile, OwnProcedure, Plan
from amarre.plans.procedures import Dates, Due, Procedure

DAYS_A_MONTH = Decimal(30)


def catalogue(actor: Actor) -> dict[str, Procedure]:
    """Every procedure: as shipped, or as the service rewrote it."""
    found = dict(procedures.shipped())
    for row in OwnProcedure.objects.visible_to(actor).order_by("id"):
        found[row.code] = procedures.parse(row.definition)
    return found


def procedure_of(actor: Actor, code: str) -> Procedure | None:
    """One of them, if it is known."""
    own = OwnProcedure.objects.visible_to(actor).filter(code=code).order_by("-id").first()
    return procedures.parse(own.definition) if own else procedures.shipped().get(code)


def dates_of(application: Application) -> Dates:
    """The days that are known of an application."""
    a = application
    return Dates(
        a.filed_on, a.receipt_on, a.complement_asked_on, a.complement_sent_on, a.decided_on, a.valid_until,
        a.appealed_on, a.notified_on, a.starts_on, a.event_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Followed:
    """An application, its entry of the catalogue, and what falls due."""

    application: Application
    procedure: Procedure
    dues: tuple[Due, ...]

    @property
    def label(self) -> str:
        """« RQTH », or the words that make « autre » precise."""
        return f"{self.procedure.short} · {self.application.title}" if self.application.title else self.procedure.short

    @property
    def in_full(self) -> str:
        """The same without a bare acronym, for the person: « Reconnaissance… (RQTH) »."""
        return f"{self.procedure.label} · {self.application.title}" if self.application.title else self.procedure.label

    @property
    def missing(self) -> int:
        """How many papers are still to gather."""
        return len([d for d in self.procedure.documents if d.code not in self.application.gathered])

    @property
    def next(self) -> Due | None:
        """The nearest due day."""
        return self.dues[0] if self.dues else None


def _dues(application: Application, procedure: Procedure, today: date) -> tuple[Due, ...]:
    """Computed days, and those that somebody wrote, which prevail."""
    overrides = {
        name: value
        for name in ("complement_due_on", "answer_expected_on", "appeal_until")
        if (value := getattr(application, name)) is not None
    }
    found = procedures.due(procedure, dates_of(application), application.state, today, overrides=overrides)
    return tuple(sorted(found, key=lambda due: due.on))


def followed(actor: Actor, rows: Iterable[Application]) -> list[Followed]:
    """Applications with what falls due; one reading of the catalogue for all."""
    known, today = catalogue(actor), timezone.localdate()
    return [
        Followed(row, known[row.procedure], _dues(row, known[row.procedure], today))
        for row in rows
        if row.procedure in known
    ]


def applications(actor: Actor, plan: Plan) -> list[Followed]:
    """Those of a plan, the newest first."""
    return followed(actor, Application.objects.visible_to(actor).of(plan))


@dataclass(frozen=True)
class Counted:
    """A budget, counted: euros a month, and what is left to live a day and a person."""

    budget: Budget

    @cached_property
    def lines(self) -> list[tuple[str, str, Decimal]]:
        """(resource|charge|debt, label, amount)."""
        return [(kind, label, Decimal(amount)) for kind, label, amount in json.loads(self.budget.lines)]

    def _sum(self, kind: str) -> Decimal:
        return sum((amount for k, _, amount in self.lines if k == kind), Decimal(0))

    @property
    def resources(self) -> Decimal:
        """What comes in."""
        return self._sum("resource")

    @property
    def charges(self) -> Decimal:
        """What has to be paid."""
        return self._sum("charge")

    @property
    def debts(self) -> Decimal:
        """What is paid back."""
        return self._sum("debt")

    @property
    def left(self) -> Decimal:
        """What remains of a month."""
        return self.resources - self.charges - self.debts

    @property
    def people(self) -> int:
        """How many live on it."""
        return self.budget.adults + self.budget.children

    @property
    def a_day(self) -> Decimal:
        """What is left to live, by day and by person: a month counts thirty days."""
        return (self.left / DAYS_A_MONTH / self.people).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def of_kind(self, kind: str) -> list[tuple[str, Decimal]]:
        """The lines of one kind."""
        return [(label, amount) for k, label, amount in self.lines if k == kind]


def budgets(actor: Actor, plan: Plan) -> list[Counted]:
    """Those of a plan, the oldest first."""
    return [Counted(row) for row in Budget.objects.visible_to(actor).of(plan)]


def body_of(actor: Actor, document: Document) -> bytes | None:
    """What is in it; nothing while it may not be opened, or once it is gone."""
    kept = DocumentFile.objects.visible_to(actor).filter(document=document).first() if document.may_be_opened else None
    return kept.body if kept else None


def documents(actor: Actor, plan: Plan) -> list[Document]:
    """Those of a plan, the newest first."""
    rows = Document.objects.visible_to(actor).of(plan)
    return list(rows.select_related("author") if actor.door == Door.STAFF else rows)
