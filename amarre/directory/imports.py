"""What a file of structures and services says, compared with what is known; writes nothing.

Read by the command `directory.import` and by its dry run. `imports_inclusion` and `imports_finess` understand the
files; both give a `Parsed`. What is good is kept, what is not is said: which row, which column, why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.utils import timezone

from amarre.core.actor import Actor
from amarre.directory.models import LOCAL, Service, Structure
from amarre.organisations.imports import Fault

FORMATS = {"inclusion": "data·inclusion", "finess": "FINESS"}
STRUCTURE_FIELDS = (
    "name", "kind", "siret", "finess", "city", "insee", "postcode", "address", "latitude", "longitude", "phone",
    "email", "website", "opening_hours", "description", "networks", "updated_on",
)  # fmt: skip
SERVICE_FIELDS = (
    "name", "description", "type", "themes", "publics", "publics_words", "cost", "cost_words", "conditions",
    "ways_in", "ways_to_ask", "ask_words", "ask_link", "zone", "phone", "email", "opening_hours", "updated_on",
)  # fmt: skip
_CHUNK = 5_000
R = TypeVar("R", Structure, Service)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One good row: what it is known by, and what it says (fields of our model). `of` is a service's structure."""

    row: int
    key: Key
    values: dict[str, Any]
    of: Key | None = None


@dataclass(slots=True)
class Parsed:
    """What a file says. `seen` holds the keys of every row, good or not: what is badly written is not gone."""

    structures: list[Entry] = field(default_factory=list)
    services: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[Key] = field(default_factory=set)
    rows: int = 0
    passed_over: int = 0
    ignored_columns: tuple[str, ...] = ()
    has_services: bool = False

    @property
    def sources(self) -> list[str]:
        """Who published these structures."""
        return sorted({entry.key[0] for entry in (*self.structures, *self.services)})


@dataclass(slots=True)
class Report:
    """What an import would do, or did."""

    rows: int = 0
    passed_over: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    services_created: int = 0
    services_updated: int = 0
    services_unchanged: int = 0
    services_withdrawn: int = 0
    faults: list[Fault] = field(default_factory=list)
    ignored_columns: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows are not kept."""
        return len({(fault.column.partition(" : ")[0], fault.row) for fault in self.faults if not fault.row_kept})

    @property
    def changes(self) -> int:
        """How many rows of ours it changes."""
        return (
            self.created + self.updated + self.withdrawn
            + self.services_created + self.services_updated + self.services_withdrawn
        )  # fmt: skip

    def counts(self) -> dict[str, int]:
        """The figures that are kept."""
        names = (
            "rows", "passed_over", "created", "updated", "unchanged", "withdrawn", "services_created",
            "services_updated", "services_unchanged", "services_withdrawn", "left_out",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Plan:
    """The rows to insert and to change, and the report about them."""

    report: Report
    new: list[Structure] = field(default_factory=list)
    changed: list[Structure] = field(default_factory=list)
    new_services: list[Service] = field(default_factory=list)
    changed_services: list[Service] = field(default_factory=list)


def compare(actor: Actor, parsed: Parsed, *, whole: bool = False) -> Plan:
    """What importing would change; the import itself writes exactly this.

    `whole`: the file holds all that its sources publish, so that what it no longer names is withdrawn.
    """
    report = Report(
        rows=parsed.rows, passed_over=parsed.passed_over, faults=parsed.faults, ignored_columns=parsed.ignored_columns
    )
    plan = Plan(report)
    known = _structures(actor, parsed, plan)
    _services(actor, parsed, known, plan)
    if whole:
        _withdraw(actor, parsed, plan)
    return plan


def _structures(actor: Actor, parsed: Parsed, plan: Plan) -> dict[Key, Structure]:
    """The structures of the file, with those that its services name besides."""
    keys = {e.key for e in parsed.structures} | {e.of for e in parsed.services if e.of}
    known = _known(Structure.objects.visible_to(actor), keys)
    now = timezone.now()
    for entry in _once(parsed.structures, parsed.faults):
        row = known.get(entry.key)
        new = row is None
        row = row or Structure(source=entry.key[0], source_id=entry.key[1])
        changed = _filled(row, entry, STRUCTURE_FIELDS)
        row.refresh()
        if new or changed:
            row.imported_at = now
            (plan.new if new else plan.changed).append(row)
        known[entry.key] = row
    plan.report.created, plan.report.updated = len(plan.new), len(plan.changed)
    plan.report.unchanged = len({e.key for e in parsed.structures}) - len(plan.new) - len(plan.changed)
    return known


def _services(actor: Actor, parsed: Parsed, structures: dict[Key, Structure], plan: Plan) -> None:
    known = _known(Service.objects.visible_to(actor), {e.key for e in parsed.services})
    good = []
    for entry in _once(parsed.services, parsed.faults):
        structure = structures.get(entry.of) if entry.of else None
        if structure is None:
            reason = "La structure de ce service n’est ni dans le fichier, ni dans l’annuaire."
            value = entry.of[1] if entry.of else ""
            parsed.faults.append(Fault(entry.row, "Services : structure_id", value[:80], reason))
            continue
        good.append(entry)
        row = known.get(entry.key)
        new = row is None
        row = row or Service(source=entry.key[0], source_id=entry.key[1])
        moved = row.structure_id != structure.pk
        row.structure = structure
        changed = _filled(row, entry, SERVICE_FIELDS)
        row.refresh()
        if new or changed or moved:
            (plan.new_services if new else plan.changed_services).append(row)
    report = plan.report
    report.services_created, report.services_updated = len(plan.new_services), len(plan.changed_services)
    report.services_unchanged = len(good) - report.services_created - report.services_updated


def _withdraw(actor: Actor, parsed: Parsed, plan: Plan) -> None:
    """What these sources no longer name; what is withdrawn stays where somebody wrote about it."""
    today = timezone.localdate()
    sources = [source for source in parsed.sources if source != LOCAL]
    for row in Structure.objects.visible_to(actor).filter(source__in=sources, withdrawn_on=None):
        if (row.source, row.source_id) not in parsed.seen:
            row.withdrawn_on = today
            plan.changed.append(row)
            plan.report.withdrawn += 1
    if not parsed.has_services:
        return
    for service in Service.objects.visible_to(actor).filter(source__in=sources, withdrawn_on=None):
        if (service.source, service.source_id) not in parsed.seen:
            service.withdrawn_on = today
            plan.changed_services.append(service)
            plan.report.services_withdrawn += 1


def _once(entries: list[Entry], faults: list[Fault]) -> Iterator[Entry]:
    """Each key once; the first row wins, the others are said."""
    first: dict[Key, int] = {}
    for entry in entries:
        if first.setdefault(entry.key, entry.row) != entry.row:
            reason = f"Cet identifiant est déjà à la ligne {first[entry.key]}\u202f: seule la première est lue."
            faults.append(Fault(entry.row, "Services : id" if entry.of else "Structures : id", entry.key[1], reason))
            continue
        yield entry


def _known(rows: Any, keys: Iterable[Key]) -> dict[Key, Any]:
    wanted = set(keys)
    ids = iter(sorted({source_id for _, source_id in wanted}))
    found = {}
    while part := list(islice(ids, _CHUNK)):
        for row in rows.filter(source_id__in=part):
            if (row.source, row.source_id) in wanted:
                found[row.source, row.source_id] = row
    return found


def _filled(row: R, entry: Entry, names: Iterable[str]) -> bool:
    """Say what the file says; whether that changes the row. A row that comes back is no longer withdrawn."""
    changed = {name: entry.values[name] for name in names if entry.values[name] != getattr(row, name)}
    if row.withdrawn_on is not None:
        changed["withdrawn_on"] = None
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
