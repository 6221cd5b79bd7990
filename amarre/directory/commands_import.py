"""The import of a whole file into the directory: one act, one line in the ledger, one row that says what was left out.

Read by the staff door and by `amarre import`, which runs as the machine. The file is understood in
`directory.imports`; a dry run is `imports.compare`, which writes nothing.
"""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.directory import policy
from amarre.directory.imports import SERVICE_FIELDS, STRUCTURE_FIELDS, Parsed, Report, compare
from amarre.directory.models import LOCAL, ImportRun, Service, Structure

_BATCH = 1_000
_PROBLEMS_KEPT = 2_000
_KEY = ["source", "source_id"]


@command("directory.import", allowed=policy.may_import)
def import_directory(
    *, actor: Actor, parsed: Parsed, file_name: str, layout: str = "inclusion", whole: bool = False
) -> Report:
    """Insert what is new, change what the file says otherwise, leave the rest; a second time changes nothing."""
    if LOCAL in parsed.sources:
        raise Refused(
            "«\u202flocal\u202f» désigne ce que le service écrit lui-même\u00a0: donnez un autre nom à cette source."
        )
    plan = compare(actor, parsed, whole=whole)
    Structure.objects.bulk_create(plan.new, batch_size=_BATCH)
    Structure.objects.bulk_create(
        plan.changed,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=_KEY,
        update_fields=[
            *STRUCTURE_FIELDS, "city_search", "department", "imported_at", "withdrawn_on", "search",
        ],
    )  # fmt: skip
    Service.objects.bulk_create(plan.new_services, batch_size=_BATCH)
    Service.objects.bulk_create(
        plan.changed_services,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=_KEY,
        update_fields=[*SERVICE_FIELDS, "structure", "withdrawn_on", "search"],
    )
    report = plan.report
    ImportRun(
        at=timezone.now(), file_name=file_name[:200], format=layout, sources=parsed.sources,
        counts=report.counts(), problems=[asdict(fault) for fault in report.faults[:_PROBLEMS_KEPT]],
    ).save()  # fmt: skip
    return report
