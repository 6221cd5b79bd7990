"""The same two worlds, asked of PostgreSQL itself under the employer's role: each table, each function, each refusal.

Whatever this role may read, or run, is listed from the catalogue: a right that is given tomorrow is compared tomorrow.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.core.scope import acting_as
from tests.cast import actor, as_owner
from tests.web.employer.two_worlds import differences, hers, in_both
from tests.web.test_matrix import undone

pytestmark = pytest.mark.django_db
READABLE = """select c.relname, array_agg(quote_ident(a.attname) order by a.attnum)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')
   and has_column_privilege('amarre_employer', c.oid, a.attnum, 'select') group by 1 order by 1"""
RUNNABLE = """select p.oid::regprocedure::text from pg_proc p
 where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype
   and has_function_privilege('amarre_employer', p.oid, 'execute') order by 1"""
CALLS = {
    "note_glance(bigint[],text,boolean,timestamp with time zone,integer[])":
        "select note_glance('{1,2,3}', 'case:%(case)s', false, now(), '{30,60,3,25}')",
    "route_request(text,text,text)": "select route_request('montreuil', '93100', 'benali')",
}  # fmt: skip
"""How what takes arguments is run; what takes none is simply run."""


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def said(statement: str) -> list[str]:
    """What PostgreSQL answers: rows, or the words of its refusal."""
    try:
        with transaction.atomic():
            return [str(row) for row in rows(statement)]
    except DatabaseError as refusal:
        return [str(refusal)]


def tables(code: str) -> dict[str, list[str]]:
    """Every row of every table that this role may read, as somebody."""
    with as_owner():
        readable = rows(READABLE)
    with acting_as(actor(code)):
        return {t: said(f"select {', '.join(columns)} from {t} order by 1") for t, columns in readable}


def runs(code: str, case: int) -> dict[str, list[str]]:
    """What every function that looks through the walls, and that this role may run, gives."""
    with as_owner():
        functions = [name for (name,) in rows(RUNNABLE)]
    found = {}
    with acting_as(actor(code)):
        for name in functions:
            call = CALLS[name] % {"case": case} if name in CALLS else f"select {name}"
            with undone():
                found[name] = said(call)
    return found


def her_case() -> int:
    (key,) = hers()["cases_case"]
    return key


@pytest.mark.parametrize("code", ["paul", "rita", "karim"])
def test_every_table_that_an_employer_may_read_holds_the_same_rows(code: str) -> None:
    came, never = in_both(lambda: tables(code))
    assert differences(came, never) == []
    assert came["organisations_contact"], "they see themselves"
    assert came["sharing_transmission"] == [] == came["sharing_answer"]


@pytest.mark.parametrize("code", ["paul", "karim"])
def test_every_function_that_an_employer_may_run_gives_the_same(code: str) -> None:
    case = her_case()
    came, never = in_both(lambda: runs(code, case))
    assert differences(came, never) == []
    assert {"my_received()", "may_ask_for_somebody()", "my_contacts()"} <= set(came)
    refused = {name: given for name, given in came.items() if "syntax" in str(given) or "does not exist" in str(given)}
    assert refused == {}, "a function whose arguments are not in CALLS"


def test_what_points_at_something_of_hers_is_refused_in_the_same_words() -> None:
    """A row that names her case, her transmission, her request: refused by the policy, before any key is looked up."""
    keys = {table: max(ids) for table, ids in hers().items()}
    case, sent = keys["cases_case"], keys["sharing_transmission"]

    def see() -> dict[str, list[str]]:
        with acting_as(actor("paul")):
            return {
                "answer": said(
                    "insert into sharing_answer (id, transmission_id, kind, at, by_id)"
                    f" values (1, {sent}, 'words', now(), amarre_me()) returning id"
                ),
                "open": said(f"update sharing_transmission set read_at = now() where id = {sent} returning id"),
                "request": said(
                    "insert into intake_solicitation (id, reference, case_id, source, received_at) values"
                    f" (1, 'X', {case}, 'employer_hr', now())"
                ),
                "case": said(f"select id from cases_case where id = {case}"),
                "person": said("select id from people_person where last_name = 'Benali'"),
                "agreement": said("select id from sharing_agreement"),
            }

    came, never = in_both(see)
    assert came == never
    assert all("denied" in str(came[name]) for name in ("case", "person", "agreement"))
    assert came["open"] == []


def test_a_policy_laid_by_mistake_turns_it_red() -> None:
    """Positive controls: what Paul received about her is left to him; a right too many lets a table be read."""
    came, never = in_both(lambda: tables("paul"), planted=True)
    assert {line.split(":")[0] for line in differences(came, never)} == {"sharing_answer", "sharing_transmission"}
    came, never = in_both(lambda: runs("paul", 7), planted=True)
    assert {line.split(":")[0] for line in differences(came, never)} >= {"my_received()"}

    def see() -> dict[str, list[str]]:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("grant select (id) on cases_assignment to amarre_employer")
            cursor.execute("create policy mistake on cases_assignment for select to amarre_employer using (true)")
        return tables("paul")

    came, never = in_both(see)
    assert [line.split(":")[0] for line in differences(came, never)] == ["cases_assignment"]
