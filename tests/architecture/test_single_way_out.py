"""One way out of a case: a transmission, checked and covered. Mail, file, export and page are each asked.

Mail and SMS: `test_carriers` (who may send, and that nothing is said). Here: files that one can take away, what the
doors of others may import and read, and who may say that a transmission is sent.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.core.scope import acting_as
from amarre.sharing.models import Transmission
from tests.architecture.rights import RIGHTS
from tests.architecture.source import Module, dotted, functions, imports, modules, parse
from tests.cast import actor, as_owner
from tests.rows import INES_CASE

# Whoever answers with a file, and why it does not leave the circle of those who read the case. `path: why`.
FILES = {
    "amarre/web/staff/plans/documents.py": "a member opens a document of the plan",
    "amarre/web/staff/plans/budgets.py": "a member prints a budget, to give to the person",
    "amarre/web/staff/plans/versions.py": "a member prints the plan, to give to the person",
    "amarre/web/staff/plans/grids.py": "an empty grid, about nobody",
    "amarre/web/staff/letters/views.py": "a member prints what was sent and covered, or a letter to the person",
    "amarre/web/staff/collective/shelf.py": "a poster of the service, about nobody",
    "amarre/web/staff/collective/telling.py": "posters and accounts of group sessions, certificates of trainings",
    "amarre/web/staff/collective/year.py": "counts of group sessions, about nobody",
    "amarre/web/staff/letters/templates.py": "a template of the service, about nobody",
    "amarre/web/employer/groups/account.py": "posters and the account of an action for a group, about nobody",
    "amarre/web/meeting/pages.py": "the person keeps the hour of their own appointment, and nothing else",
    "amarre/web/employee/letters/views.py": "the person keeps their own letters",
    "amarre/web/employee/plan/views.py": "the person keeps their own plan",
    "amarre/web/employee/papers/views.py": "the person keeps their own documents",
}
WRITERS = ("xlsxwriter", "openpyxl", "csv", "zipfile", "tarfile")
READS_FILES = {
    "amarre/core/",
    "amarre/sharing/letter_sample.py",
    "amarre/organisations/",
    "amarre/directory/",
    "amarre/config/",
}
OF_A_CASE = ("cases_", "plans_", "people_", "intake_")
OUTSIDE = ("amarre_employer", "amarre_partner", "amarre_public", "amarre_queue")


def answering_with_files(found: Iterable[Module]) -> set[str]:
    """Modules of doors that answer with something to take away."""
    ways = {"attachment", "FileResponse", "StreamingHttpResponse"}
    return {
        m.path
        for m in found
        for node in ast.walk(m.tree)
        if m.path.startswith("amarre/web/") and isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ways
    }


def writing_tables(found: Iterable[Module]) -> set[str]:
    """Modules that could export a table or an archive."""
    return {m.path for m in found for _, name in imports(m.tree) if name.split(".")[0] in WRITERS}


def test_files_are_taken_away_by_the_circle_alone() -> None:
    assert answering_with_files(modules()) == set(FILES)
    assert answering_with_files([parse("def x(r): return attachment(b'', 'x', 'y')", "amarre/web/partner/x.py")])


def test_nothing_of_a_case_is_exported() -> None:
    strange = {p for p in writing_tables(modules()) if not p.startswith(tuple(READS_FILES))}
    assert strange == set()
    assert writing_tables([parse("import csv", "amarre/web/staff/x.py")])


def test_those_outside_read_no_table_of_a_case() -> None:
    for role in OUTSIDE:
        read = {t for t, verbs in RIGHTS[role].items() if t.startswith(OF_A_CASE) and "SELECT" in verbs}
        assert read == set(), role


def saying_sent(found: Iterable[Module]) -> set[tuple[str, str]]:
    """Where a row is given the state « sent »: module and function."""
    return {
        (m.path, f.name)
        for m in found
        for f in functions(m.tree)
        for node in ast.walk(f)
        if isinstance(node, ast.Assign)
        and "TransmissionState.SENT" in {dotted(n) for n in ast.walk(node.value)}
        and any(isinstance(t, ast.Attribute) and t.attr == "state" for target in node.targets for t in ast.walk(target))
    }


def test_one_function_lets_something_leave() -> None:
    said = {(path, name) for path, name in saying_sent(modules()) if not path.startswith("amarre/config/demo/")}
    assert said == {("amarre/sharing/commands.py", "send_transmission")}
    assert saying_sent([parse("def f(row): row.state = TransmissionState.SENT")])


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["claire", "zoe", "nadia", "hugo", "ines", "paul", "chloe"])
def test_postgresql_lets_nothing_leave_without_an_agreement(code: str) -> None:
    """A bare UPDATE, past every line of ours: the agreement is taken back, and the draft stays a draft."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select id, agreement_id from sharing_transmission where state = 'draft'")
        (draft, agreement), *_ = cursor.fetchall()
        cursor.execute(
            "update sharing_agreement set state = 'withdrawn', withdrawn_at = now(), withdrawn_by = 'person'"
            " where id = %s",
            [agreement],
        )
    assert not _sent_by_hand(code, draft)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update sharing_agreement set state = 'given', withdrawn_at = null, withdrawn_by = '' where id = %s",
            [agreement],
        )
    assert _sent_by_hand(code, draft) == (code == "claire"), "the question is rightly asked"
    with acting_as(actor("claire")), as_owner():
        assert Transmission.objects.get(pk=draft).case.number == INES_CASE


def _sent_by_hand(code: str, draft: int) -> bool:
    with acting_as(actor(code)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "update sharing_transmission set state = 'sent', sent_at = now(), sent_by_id = amarre_me(),"
                    " checked = 'x' where id = %s",
                    [draft],
                )
                return bool(cursor.rowcount)
        except DatabaseError:
            return False
