"""An import brings what is new, changes what changed, withdraws what is gone if asked; a second time does nothing."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from amarre.audit.models import Entry
from amarre.core import commands
from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from amarre.directory.commands_import import import_directory
from amarre.directory.imports import Report, compare
from amarre.directory.imports_finess import read_finess
from amarre.directory.imports_inclusion import read_inclusion
from amarre.directory.models import ImportRun, Service, Structure
from tests.cast import actor, as_owner
from tests.directory.files import as_json, finess, finess_line, workbook

pytestmark = pytest.mark.django_db

ONE = {"id": "port--1", "nom": "Halte", "commune": "Montreuil", "code_postal": "93100"}
TWO = {"id": "port--2", "nom": "Voilerie"}
OFFER = {"id": "port--v1", "structure_id": "port--1", "nom": "Abri", "description": "Une nuit au sec."}


def imported(content: bytes, *, whole: bool = False) -> Report:
    alex = actor("alex")
    with acting_as(alex):
        return import_directory(actor=alex, parsed=read_inclusion(content), file_name="port.json", whole=whole)


def structures() -> dict[str, Structure]:
    with as_owner():
        return {row.source_id: row for row in Structure.objects.filter(source="port")}


def test_a_dry_run_writes_nothing_and_says_what_the_import_then_does() -> None:
    alex = actor("alex")
    parsed = read_inclusion(workbook(), source="essais")
    with acting_as(alex):
        before = Structure.objects.count(), Service.objects.count(), ImportRun.objects.count(), _lines()
        tried = compare(alex, parsed).report
        assert (Structure.objects.count(), Service.objects.count(), ImportRun.objects.count(), _lines()) == before
        done = import_directory(actor=alex, parsed=read_inclusion(workbook(), source="essais"), file_name="essais.xlsx")
    assert tried.counts() == done.counts()
    assert (done.created, done.services_created, done.left_out) == (2, 1, 5)
    reasons = [fault.column for fault in done.faults if "structure de ce service" in fault.reason]
    assert reasons == ["Services : structure_id"]
    with as_owner():
        run = ImportRun.objects.first()
    assert run is not None
    assert (run.file_name, run.sources, run.counts["created"]) == ("essais.xlsx", ["essais"], 2)
    assert len(run.problems) == len(done.faults)


def _lines() -> int:
    with as_owner():
        return Entry.objects.count()


def test_a_second_time_changes_nothing_and_a_correction_changes_one_row() -> None:
    first = imported(as_json(ONE, TWO, OFFER))
    assert (first.created, first.services_created) == (2, 1)
    again = imported(as_json(ONE, TWO, OFFER))
    assert again.changes == 0
    assert (again.unchanged, again.services_unchanged) == (2, 1)
    moved = imported(as_json(ONE | {"code_postal": "92000", "commune": "Nanterre"}, TWO, OFFER))
    assert (moved.updated, moved.unchanged) == (1, 1)
    row = structures()["port--1"]
    assert (row.city, row.department, row.search) == ("Nanterre", "92", "halte nanterre")


def test_what_a_whole_file_no_longer_names_is_withdrawn_and_comes_back() -> None:
    imported(as_json(ONE, TWO, OFFER))
    assert imported(as_json(ONE)).changes == 0, "an extract withdraws nothing"
    badly = imported(as_json(ONE, TWO | {"nom": "X"}, OFFER), whole=True)
    assert badly.withdrawn == 0, "badly written is not gone"
    gone = imported(as_json(ONE | {"nom": "Halte"}), whole=True)
    assert (gone.withdrawn, gone.services_withdrawn) == (1, 0), "a file without services says nothing of them"
    assert structures()["port--2"].withdrawn_on is not None
    assert structures()["port--1"].withdrawn_on is None
    with as_owner():
        assert Structure.objects.filter(source="essai", withdrawn_on=None).count() == 2, "other sources stay"
        assert Structure.objects.filter(source="local", withdrawn_on=None).exists()
    back = imported(as_json(ONE, TWO), whole=True)
    assert (back.updated, structures()["port--2"].withdrawn_on) == (1, None)
    other = {**OFFER, "id": "port--v2"}
    assert imported(as_json(ONE, TWO, other), whole=True).services_withdrawn == 1


def test_the_machine_imports_finess_and_cannot_touch_local_entries() -> None:
    with acting_as(MACHINE):
        parsed = read_finess(finess(finess_line()))
        report = import_directory(actor=MACHINE, parsed=parsed, file_name="finess.csv", layout="finess")
        assert report.created == 1
        with commands.loading():
            assert Structure.objects.filter(source="local").update(name="x") == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                Structure(source="local", source_id="9", name="x").save()


def test_a_social_worker_cannot_write_what_came_from_a_file() -> None:
    claire = actor("claire")
    with acting_as(claire), commands.loading():
        assert Structure.objects.filter(source="essai").update(name="x") == 0
        assert Structure.objects.filter(source="local").update(phone="01 99 00 00 00") > 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Structure(source="essai", source_id="9", name="x").save()
