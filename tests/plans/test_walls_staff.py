"""PostgreSQL alone, asked by the staff's role to do what no command does: to answer for the person, to reach others."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from amarre.core.scope import acting_as
from amarre.plans import models as m
from tests.cast import actor, as_owner
from tests.plans.test_walls_person import (
    ACTION,
    COMMENT,
    COMPANION,
    DOCUMENT,
    FILLING,
    GOAL,
    MESSAGE,
    OPINION,
    PROGRESS,
    SEALED,
)
from tests.plans.walls import as_it_is, done, inserts, keys, nothing

pytestmark = pytest.mark.django_db

WORKER = {"side": "'worker'", "author_id": "amarre_me()"}
AUTHOR = {"plan_id": "%(ines)s", "author_id": "amarre_me()"}
NEED = {**AUTHOR, "title": SEALED, "problem": "''", "at": "now()", "version": "1"}
REVIEW = {**AUTHOR, '"on"': "current_date", "kind": "'periodic'", "words": SEALED}
BUDGET = {
    **AUTHOR, '"on"': "current_date", "label": "''", "adults": "1", "children": "0", "lines": SEALED, "version": "1",
}  # fmt: skip
VERSION = {
    "plan_id": "%(ines)s", "number": "9", "content": SEALED, "frozen_at": "now()", "frozen_by_id": "amarre_me()",
    "state": "'proposed'", "answered_how": "''", "answered_by": "''", "handed_how": "'{}'",
}  # fmt: skip
APPLICATION = {
    "plan_id": "%(ines)s", "procedure": "'rqth'", "state": "'preparing'", "owner": "'both'", "gathered": "'{}'",
    "at": "now()", "version": "1",
}  # fmt: skip
CHECK = {
    "plan_id": "%(ines)s", "email": "'x@y.example'", "phone": "''", "sent_at": "now()", "tries": "0",
    "asked_by_id": "amarre_me()",
    "confirmed_at": "null", "companion_id": "null",
}  # fmt: skip
OWN = {
    "plans_need": NEED, "plans_review": REVIEW, "plans_budget": BUDGET, "plans_application": APPLICATION,
    "plans_goal": {**GOAL, "proposed_by": "'worker'", "author_id": "amarre_me()"},
    "plans_action": {**ACTION, "proposed_by": "'worker'"}, "plans_message": {**MESSAGE, **WORKER},
    "plans_filling": {**FILLING, "author_id": "amarre_me()"}, "plans_document": {**DOCUMENT, **WORKER},
    "plans_progress": {**PROGRESS, "author_id": "amarre_me()"}, "plans_comment": {**COMMENT, **WORKER},
    "plans_companion": {**COMPANION, "named_by": "'worker'"}, "plans_opinion": {**OPINION, "side": "'worker'"},
    "plans_channelcheck": CHECK,
}  # fmt: skip
FORGED = {
    "plans_need": [{"author_id": "%(nadia)s"}],
    "plans_review": [{"author_id": "%(nadia)s"}],
    "plans_budget": [{"author_id": "%(nadia)s"}],
    "plans_goal": [{"author_id": "%(nadia)s"}, {"author_id": "null"}, {"proposed_by": "'person'"}],
    "plans_action": [{"proposed_by": "'person'"}],
    "plans_message": [{"side": "'person'"}, {"author_id": "null"}, {"author_id": "%(nadia)s"}],
    "plans_filling": [{"author_id": "null"}, {"author_id": "%(nadia)s"}],
    "plans_document": [{"side": "'person'"}, {"author_id": "null"}],
    "plans_progress": [{"author_id": "null"}, {"author_id": "%(nadia)s"}],
    "plans_comment": [{"side": "'person'"}, {"author_id": "null"}],
    "plans_companion": [{"user_id": "%(yanis_user)s"}, {"user_id": "%(claire)s"}],
    "plans_opinion": [{"side": "'person'"}],
    "plans_channelcheck": [{"asked_by_id": "%(nadia)s"}, {"confirmed_at": "now()"}],
}
OUTSIDERS = ("nadia", "theo", "sophie", "marc", "lea", "hugo", "nora", "alex", "max")
FREED = "update plans_version set state = 'replaced' where number = 2"


@pytest.mark.parametrize("table", OWN)
def test_a_member_writes_in_their_own_name_and_in_their_own_cases(table: str) -> None:
    columns = OWN[table]
    assert done("claire", inserts(table, **columns)) == 1, "the question is rightly asked"
    elsewhere = {name: value.replace("%(ines)s", "%(yanis)s") for name, value in columns.items()}
    assert nothing("claire", inserts(table, **elsewhere)), "another plan"
    for code in OUTSIDERS:
        assert nothing(code, inserts(table, **columns)), code


@pytest.mark.parametrize(("table", "change"), [(t, c) for t, changes in FORGED.items() for c in changes])
def test_a_member_signs_for_nobody_else(table: str, change: dict[str, str]) -> None:
    assert nothing("claire", inserts(table, **{**OWN[table], **change}))


def test_a_version_enters_as_proposed_by_who_froze_it() -> None:
    as_it_is(FREED)
    assert done("claire", inserts("plans_version", **VERSION)) == 1
    agreed = {"state": "'agreed'", "answered_on": "current_date", "answered_how": "'space'", "answered_by": "'person'"}
    for change in (agreed, {"frozen_by_id": "%(nadia)s"}):
        assert nothing("claire", inserts("plans_version", **{**VERSION, **change}))


AGREED = "update plans_version set answered_on = current_date, answered_by = 'person', state = 'agreed', "
CANNOT = {
    "answer in the person's space": f"{AGREED} answered_how = 'space' where number = 2",
    "say that it was there": f"{AGREED} answered_how = 'space', heard_by_id = amarre_me() where number = 2",
    "hear in nobody's name": f"{AGREED} answered_how = 'oral' where number = 2",
    "hear in another's name": f"{AGREED} answered_how = 'oral', heard_by_id = %(nadia)s where number = 2",
    "put it in the space afterwards": "update plans_version set answered_how = 'space' where number = 1",
    "take an agreement back": "update plans_version set state = 'declined' where number = 1",
    "put a version back": "update plans_version set state = 'replaced' where number = 1",
    "reword what was said": "update plans_version set words = content where number = 1",
    "rewrite what was frozen": "update plans_version set content = content where number = 2",
    "answer a finished grid": "update plans_filling set answers = answers where finished_on is not null",
    "open a finished grid": "update plans_filling set finished_on = null where finished_on is not null",
    "turn a grid round": "update plans_filling set side = 'person'",
    "reword a message": "update plans_message set body = body",
    "unread the worker's own": "update plans_message set read_at = now() where side = 'worker'",
    "turn a goal round": "update plans_goal set proposed_by = 'person'",
    "move a plan": "update plans_plan set case_id = %(yanis_case)s",
    "move a person": "update plans_plan set person_id = %(yanis_person)s",
    "move a budget": "update plans_budget set plan_id = %(yanis)s",
    "move a need": "update plans_need set plan_id = %(yanis)s",
    "move an application": "update plans_application set plan_id = %(yanis)s",
    "point at another's need": "update plans_goal set need_id = (select min(id) from plans_goal)",
    "remove what the person sent": "update plans_document set removed_on = current_date where side = 'person'",
    "delete a plan": "delete from plans_plan",
    "delete a version": "delete from plans_version",
    "delete a goal": "delete from plans_goal",
    "delete an opinion": "delete from plans_opinion",
    "link a space elsewhere": "insert into people_personaccount (id, person_id, user_id, email, opened_at)"
    " values (1, %(yanis_person)s, %(claire)s, 'x@y.example', now())",
    "cut another's space": "delete from people_personaccount where person_id = %(yanis_person)s",
    "change an account": "update accounts_user set is_active = false",
    "change the confirmed address": "update people_personaccount set email = 'x@y.example'",
    "read the wish for another": "select id from plans_workerchange",
    "settle the wish for another": "update plans_workerchange set settled_at = now(), settled_by_id = amarre_me()",
    "ask for another": "insert into plans_workerchange (id, plan_id, centre_id, number, asked_at)"
    " values (1, %(ines)s, 1, 'x', now())",
    "publish a grid": "insert into plans_owngrid (id, code, version, definition, state, published_at, by_id)"
    " values (1, 'x', 1, '{}', 'published', now(), amarre_me())",
    "switch a grid": "update plans_gridswitch set enabled = true",
    "rewrite a procedure": "insert into plans_ownprocedure (id, code, definition, at, by_id)"
    " values (1, 'x', '{}', now(), amarre_me())",
    "ask about another's data": "insert into audit_datarequest (id, person_id, name, kind, words, asked_at, due_on)"
    " values (1, %(ines_person)s, 'x', 'access', '', now(), current_date)",
    "read requests about data": "select id from audit_datarequest",
}
CAN = {
    "hear": f"{AGREED} answered_how = 'oral', heard_by_id = amarre_me() where number = 2",
    "hand over": "update plans_version set handed_on = current_date, handed_how = '{hand}' where number = 1",
    "replace": FREED,
    "finish": "update plans_filling set finished_on = current_date where side = 'person'",
    "read": "update plans_message set read_at = now() where side = 'person'",
    "settle": "update plans_goal set state = 'reached', settled_on = current_date where state = 'under_way'",
    "cut the person's own": "delete from people_personaccount where person_id = %(ines_person)s",
}


@pytest.mark.parametrize("what", CANNOT)
def test_what_a_member_cannot_do_by_themselves(what: str) -> None:
    assert nothing("claire", CANNOT[what])


@pytest.mark.parametrize("what", CAN)
def test_what_a_member_does(what: str) -> None:
    assert done("claire", CAN[what]) == 1, "the questions above are rightly asked"


def test_the_space_of_a_person_of_another_case_is_not_mine_to_open_nor_close() -> None:
    opened = "select 1 where open_person_account(1, {plan}, {address}, 'X')"
    fresh = "'fraiche@exemple.example'"
    assert done("claire", opened.format(plan="%(ines)s", address=fresh)) == 1
    assert nothing("claire", opened.format(plan="%(yanis)s", address=fresh))
    assert nothing("claire", opened.format(plan="%(ines)s", address="'Yanis@demo.amarre.example'")), "already used"
    assert nothing("claire", opened.format(plan="%(ines)s", address="'nadia@demo.amarre.example'")), "a colleague's"
    for code in OUTSIDERS:
        assert nothing(code, opened.format(plan="%(ines)s", address=fresh)), code


def closed(code: str, who: str, plan: str, before: str = "select 1") -> bool:
    """Whether somebody's call puts an account out."""
    named = keys()
    with acting_as(actor(code)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(before, named)
        cursor.execute("select close_person_account(%s, %s)", [named[who], named[plan]])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select not is_active from accounts_user where id = %s", [named[who]])
        return bool(cursor.fetchone()[0])


def test_a_member_closes_the_space_of_their_own_case() -> None:
    assert closed("claire", "ines_user", "ines")


@pytest.mark.parametrize(
    ("who", "plan", "before"),
    [
        ("yanis_user", "ines", "select 1"),
        ("yanis_user", "ines", "update plans_companion set user_id = %(yanis_user)s"),
        ("yanis_user", "yanis", "select 1"),
        ("claire", "ines", "select 1"),
        ("claire", "ines", "update plans_companion set user_id = %(claire)s"),
        ("nadia", "ines", "update plans_companion set user_id = %(nadia)s"),
    ],
)
def test_a_member_closes_nobody_else_s_account(who: str, plan: str, before: str) -> None:
    """Not even by first pretending that it is somebody close: Yanis, whom Inès invited, has a space of his own."""
    assert not closed("claire", who, plan, before)


def test_an_account_of_the_staff_never_becomes_the_space_of_a_person() -> None:
    """Or a member would read, as that person, the plans of their other cases."""
    cut = "with gone as (delete from people_personaccount where person_id = %(ines_person)s returning 1) "
    assert done("claire", cut + "select 1") == 1
    as_it_is("delete from people_personaccount where person_id = %(ines_person)s")
    link = "insert into people_personaccount (id, person_id, user_id, email, opened_at) values"
    assert nothing("claire", f"{link} (1, %(ines_person)s, amarre_me(), 'x@y.example', now())")
    assert nothing("claire", f"{link} (1, %(ines_person)s, %(nadia)s, 'x@y.example', now())")
    assert done("claire", f"{link} (1, %(ines_person)s, %(ines_user)s, 'x@y.example', now())") == 1


@pytest.mark.parametrize("code", ["sophie", "marc", "lea", "hugo", "nora", "alex", "max"])
def test_those_who_are_in_no_case_see_no_row_of_a_plan(code: str) -> None:
    for model in (m.Plan, m.DocumentFile, *m.PartOfPlan.__subclasses__()):
        table = model._meta.db_table
        if (code, model) != ("marc", m.WorkerChange):
            assert not done(code, f"select id from {table}"), table


def test_a_coordinator_reads_the_wishes_of_their_own_centre() -> None:
    assert done("marc", "select id from plans_workerchange") == 1
    settle = "update plans_workerchange set settled_at = now(), settled_by_id = {}"
    assert done("marc", settle.format("amarre_me()")) == 1
    assert nothing("marc", settle.format("%(claire)s")), "in another's name"
    assert nothing("marc", "update plans_workerchange set words = words")
    as_it_is(
        "update plans_workerchange set centre_id = (select id from organisations_centre where name like '%%Nanterre')"
    )
    assert nothing("marc", "select id from plans_workerchange")


def test_the_words_of_a_published_grid_stay() -> None:
    for code in ("alex", "marc"):
        assert nothing(code, "update plans_owngrid set definition = '{}' where state = 'published'")
        assert nothing(code, "update plans_owngrid set state = 'draft', published_at = null where state = 'published'")
        assert done(code, "update plans_owngrid set state = 'withdrawn' where state = 'published'") == 1
        assert done(code, "update plans_owngrid set definition = '{}' where state = 'draft'") == 1
    as_it_is("update plans_owngrid set state = 'withdrawn' where state = 'published'")
    assert nothing("alex", "update plans_owngrid set definition = '{}' where state = 'withdrawn'")
    assert nothing("alex", "update plans_owngrid set state = 'published' where state = 'withdrawn'")
