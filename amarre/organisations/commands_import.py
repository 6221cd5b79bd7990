"""The import of a whole file of companies: one act, one line in the ledger.

Read by the staff door and by `amarre import companies`, which runs as the machine. The file is understood in
`organisations.imports`; a dry run is `imports.compare`, which writes nothing.
"""

from __future__ import annotations

from amarre.core.actor import Actor
from amarre.core.commands import command
from amarre.core.tables import Table
from amarre.organisations import policy
from amarre.organisations.imports import Report, compare
from amarre.organisations.models import Company, Establishment

_BATCH = 1_000


@command("company.import", allowed=policy.may_import)
def import_companies(*, actor: Actor, table: Table) -> Report:
    """Insert what is new, change what the file says otherwise, leave the rest; a second time changes nothing."""
    plan = compare(actor, table)
    Company.objects.bulk_create(plan.new_companies, batch_size=_BATCH)
    Establishment.objects.bulk_create(plan.new_places, batch_size=_BATCH)
    Company.objects.bulk_create(
        plan.changed_companies,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["siren"],
        update_fields=["name", "legal_form", "search"],
    )
    Establishment.objects.bulk_create(
        plan.changed_places,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["siret"],
        update_fields=["sign", "naf", "address", "postcode", "city", "headcount", "centre", "search"],
    )
    Establishment.objects.bulk_update(plan.renamed_places, ["search"], batch_size=_BATCH)
    return plan.report
