"""PostgreSQL alone, asked by a person's own role to do what no command does."""

from __future__ import annotations

import pytest

from amarre.plans import models as m
from tests.cast import actor, as_owner
from tests.plans.acting import W
from tests.plans.walls import as_it_is, done, inserts, nothing

pytestmark = pytest.mark.django_db

SEALED = "'\\x00'::bytea"
GOAL = {
    "plan_id": "%(ines)s", "title": SEALED, "owner": "'both'", "state": "'proposed'", "proposed_by": "'person'",
    "author_id": "null", "at": "now()", "version": "1",
}  # fmt: skip
ACTION = {
    "plan_id": "%(ines)s", "what": SEALED, "owner": "'person'", "state": "'open'", "settled_by": "''",
    "proposed_by": "'person'", "at": "now()", "version": "1",
}  # fmt: skip
SIGNED = {"plan_id": "%(ines)s", "side": "'person'", "author_id": "null"}
MESSAGE = {**SIGNED, "body": SEALED, "at": "now()"}
FILLING = {
    **SIGNED, "grid": "'epices'", "grid_version": "'1'", "mode": "'alone'", "answers": SEALED, "started_at": "now()",
    "changed_at": "now()",
}  # fmt: skip
DOCUMENT = {**SIGNED, "title": SEALED, "kind": "'x'", "size": "1", "scan": "'off'", "at": "now()"}
ABOUT_A_GOAL = {
    **SIGNED,
    "goal_id": "(select min(id) from plans_goal where plan_id = %(ines)s and state = 'under_way')",
}
PROGRESS = {**ABOUT_A_GOAL, "value": "1", '"on"': "current_date"}
COMMENT = {**ABOUT_A_GOAL, "words": SEALED, "at": "now()"}
COMPANION = {
    "plan_id": "%(ines)s", "name": "'x'", "relation": "''", "kind": "'relative'", "phone": "''", "email": "''",
    "parts": "'{}'", "since": "current_date", "named_by": "'person'", "user_id": "null",
}  # fmt: skip
OPINION = {"plan_id": "%(ines)s", "answers": SEALED, "side": "'person'", "at": "now()"}
OWN = {
    "plans_goal": GOAL, "plans_action": ACTION, "plans_message": MESSAGE, "plans_filling": FILLING,
    "plans_document": DOCUMENT, "plans_progress": PROGRESS, "plans_comment": COMMENT, "plans_companion": COMPANION,
    "plans_opinion": OPINION,
}  # fmt: skip
FORGED = {
    "plans_goal": [{"proposed_by": "'worker'"}, {"author_id": "%(claire)s"}, {"state": "'under_way'"}],
    "plans_action": [{"proposed_by": "'worker'"}, {"owner": "'worker'"}],
    "plans_message": [{"side": "'worker'"}, {"author_id": "%(claire)s"}, {"author_id": "amarre_me()"}],
    "plans_filling": [{"side": "'worker'"}, {"author_id": "%(claire)s"}],
    "plans_document": [{"side": "'worker'"}, {"author_id": "%(claire)s"}],
    "plans_progress": [{"side": "'worker'"}, {"author_id": "%(claire)s"}],
    "plans_comment": [{"side": "'worker'"}, {"author_id": "%(claire)s"}],
    "plans_companion": [{"named_by": "'worker'"}, {"user_id": "amarre_me()"}],
    "plans_opinion": [{"side": "'worker'"}],
}
MINE, FOREIGN = "%(ines)s", "%(yanis)s"


@pytest.mark.parametrize("table", OWN)
def test_a_person_writes_in_their_own_name_and_in_their_own_plan(table: str) -> None:
    columns = OWN[table]
    assert done("ines", inserts(table, **columns)) == 1, "the question is rightly asked"
    assert nothing("yanis", inserts(table, **columns)), "who was invited to read does not write"
    elsewhere = {name: value.replace(MINE, FOREIGN) for name, value in columns.items()}
    assert nothing("ines", inserts(table, **elsewhere)), "another plan"


@pytest.mark.parametrize(("table", "change"), [(t, c) for t, changes in FORGED.items() for c in changes])
def test_a_person_does_not_write_for_the_worker(table: str, change: dict[str, str]) -> None:
    assert nothing("ines", inserts(table, **{**OWN[table], **change}))


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("plans_progress", PROGRESS),
        ("plans_comment", COMMENT),
        ("plans_action", {**ACTION, "goal_id": "(select min(id) from plans_goal where plan_id = %(ines)s)"}),
    ],
)
def test_a_row_of_one_s_own_does_not_point_into_another_plan(table: str, what: dict[str, str]) -> None:
    """Yanis sees the goals of Inès, and writes in his own plan alone."""
    mine = {**what, "plan_id": FOREIGN}
    assert nothing("yanis", inserts(table, **mine))
    own = "(select min(id) from plans_goal where plan_id = %(yanis)s)"
    assert done("yanis", inserts(table, **{**mine, "goal_id": own})) == 1


CANNOT = {
    "accept one's own goal": "update plans_goal set state = 'under_way' where proposed_by = 'person'",
    "reach one's own proposal": "update plans_goal set state = 'reached', settled_on = current_date"
    " where proposed_by = 'person'",
    "reword the worker's proposal": "update plans_goal set title = target, target = title"
    " where proposed_by = 'worker' and state = 'proposed'",
    "end a goal under way": "update plans_goal set state = 'abandoned', settled_on = current_date"
    " where state = 'under_way'",
    "reword a goal under way": "update plans_goal set due_on = current_date where state = 'under_way'",
    "sign a goal": "update plans_goal set author_id = %(claire)s",
    "turn a goal round": "update plans_goal set proposed_by = 'person'",
    "settle for the worker": "update plans_action set state = 'done', settled_on = current_date, settled_by = 'worker'"
    " where state = 'open'",
    "reword an action": "update plans_action set what = what",
    "put a version back": "update plans_version set state = 'proposed' where number = 1",
    "answer twice": "update plans_version set state = 'declined' where number = 1",
    "have said it": "update plans_version set state = 'agreed', answered_how = 'oral', answered_by = 'person',"
    " answered_on = current_date where number = 2",
    "be one's own guardian": "update plans_version set state = 'agreed', answered_how = 'space',"
    " answered_by = 'guardian', answered_on = current_date where number = 2",
    "rewrite what was frozen": "update plans_version set content = words",
    "have been given it": "update plans_version set handed_on = current_date",
    "replace a version": "update plans_version set state = 'replaced' where number = 2",
    "answer the worker's grid": "update plans_filling set changed_at = now() where side = 'worker'",
    "change a message": "update plans_message set body = body",
    "unread one's own": "update plans_message set read_at = now() where side = 'person'",
    "move an application": "update plans_application set state = 'decided_granted'",
    "change the budget": "update plans_budget set adults = 3",
    "remove a need": "delete from plans_need",
    "write a need": "update plans_need set title = title",
    "change the plan": "update plans_plan set regime = ''",
    "write a review": "update plans_review set words = words",
    "become a companion": "update plans_companion set user_id = %(ines_user)s",
    "settle the wish": "update plans_workerchange set settled_at = now()",
    "open a space": "insert into people_personaccount (id, person_id, user_id, email, opened_at)"
    " values (1, %(yanis_person)s, %(ines_user)s, 'x@y.example', now())",
    "take over a space": "update people_personaccount set person_id = %(yanis_person)s",
    "leave a space": "delete from people_personaccount",
    "another sign-in": "update accounts_user set email = 'x@y.example'",
    "another address": "update people_person set email = 'x@y.example'",
    "another name": "update people_person set last_name = 'X'",
    "somebody else's words": "update people_person set channel_note = 'x' where id = %(yanis_person)s",
    "call the opener": "select open_person_account(1, %(ines)s, 'x@y.example', 'x')",
    "call the closer": "select close_person_account(%(yanis_user)s, %(ines)s)",
    "publish a grid": "update plans_owngrid set state = 'withdrawn'",
    "answer oneself about data": "update audit_datarequest set answered_at = now()",
    "ask for another": "insert into audit_datarequest (id, person_id, name, kind, words, asked_at, due_on)"
    " values (1, %(yanis_person)s, 'x', 'access', '', now(), current_date)",
    "change the journal": "update audit_entry set verb = 'x'",
    "empty the journal": "delete from audit_entry",
}


@pytest.mark.parametrize("what", CANNOT)
def test_what_a_person_cannot_do_by_themselves(what: str) -> None:
    assert nothing("ines", CANNOT[what])


CAN = {
    "withdraw": "update plans_goal set state = 'abandoned', settled_on = current_date where proposed_by = 'person'",
    "reword": "update plans_goal set due_on = current_date where proposed_by = 'person'",
    "take up": "update plans_goal set state = 'under_way' where proposed_by = 'worker' and state = 'proposed'",
    "settle": "update plans_action set state = 'done', settled_on = current_date, settled_by = 'person'"
    " where state = 'open'",
    "agree": "update plans_version set state = 'agreed', answered_how = 'space', answered_by = 'person',"
    " answered_on = current_date where number = 2",
    "answer": "update plans_filling set changed_at = now() where side = 'person'",
    "read": "update plans_message set read_at = now() where side = 'worker'",
    "end": "update plans_companion set parts = '{}', until = current_date",
    "be reached": "update people_person set channel_note = 'le soir' where id = %(ines_person)s",
}


@pytest.mark.parametrize("what", CAN)
def test_what_a_person_does(what: str) -> None:
    """The questions above are rightly asked."""
    assert done("ines", CAN[what]) == 1


@pytest.mark.parametrize(
    "table",
    [
        "cases_case", "cases_assignment", "cases_membership", "cases_situation", "cases_note", "cases_closing",
        "cases_lookback", "intake_solicitation", "intake_statement", "people_job", "accounts_user", "accounts_posting",
        "plans_gridswitch", "plans_channelcheck", "audit_seal", "procrastinate_jobs", "organisations_centre",
    ],
)  # fmt: skip
def test_a_person_reads_no_table_of_the_service(table: str) -> None:
    assert done("ines", f"select * from {table}") is None


PARTS = {"goals": {"plans_goal", "plans_action"}, "procedures": {"plans_application"}, "documents": {
    "plans_document", "plans_documentfile"}}  # fmt: skip


FILE = "select f.id from plans_documentfile f join plans_document d on d.id = f.document_id where d.plan_id = "


def seen_by_yanis() -> set[str]:
    """The tables of which Yanis sees a row of Inès's plan."""
    tables = {t._meta.db_table: "plan_id" for t in m.PartOfPlan.__subclasses__()} | {"plans_plan": "id"}
    seen = {t for t, column in tables.items() if done("yanis", f"select * from {t} where {column} = %(ines)s")}
    return seen | ({"plans_documentfile"} if done("yanis", FILE + "%(ines)s") else set())


def seen_by_the_code() -> set[str]:
    """The same, asked of the first wall alone."""
    yanis, plan = actor("yanis"), W.plan()
    with as_owner():
        seen = {t for t in m.PartOfPlan.__subclasses__() if t.objects.visible_to(yanis).filter(plan=plan).exists()}
        files = m.DocumentFile.objects.visible_to(yanis).filter(document__plan=plan).exists()
    return {t._meta.db_table for t in seen} | ({"plans_documentfile"} if files else set())


TODAY = "(now() at time zone 'Europe/Paris')::date"


@pytest.mark.parametrize("parts", ["goals", "procedures", "documents", "goals,documents", ""])
@pytest.mark.parametrize("until", ["null", TODAY, f"{TODAY} - 1"])
def test_who_was_invited_sees_that_part_until_it_ends(parts: str, until: str) -> None:
    as_it_is(f"update plans_companion set parts = '{{{parts}}}', until = {until}")
    lasts = until != f"{TODAY} - 1"
    expected = set().union(*(PARTS[p] for p in parts.split(",") if p)) if lasts else set()
    assert seen_by_yanis() - {"plans_companion"} == expected
    assert {t for t in seen_by_the_code() if t != "plans_companion"} == expected, "the first wall says so by itself"
    assert ("plans_companion" in seen_by_yanis()) is lasts


def test_who_was_invited_prolongs_nothing() -> None:
    assert nothing("yanis", "update plans_companion set until = '2099-01-01' where user_id = amarre_me()")
    assert nothing("yanis", "update plans_companion set parts = '{goals,documents}' where user_id = amarre_me()")
    assert nothing("yanis", "update plans_goal set state = 'under_way' where plan_id = %(ines)s")
    assert nothing("yanis", "delete from plans_documentfile where document_id in"
                            " (select id from plans_document where plan_id = %(ines)s)")  # fmt: skip


def test_each_side_takes_back_its_own_papers() -> None:
    """Yanis's document was sent by Nadia; only one that waits for the antivirus may be destroyed by both."""
    remove = "update plans_document set removed_on = current_date where plan_id = %(yanis)s"
    destroy = "delete from plans_documentfile where document_id in (select id from plans_document where plan_id = "
    destroy += "%(yanis)s)"
    assert nothing("yanis", remove)
    assert nothing("yanis", destroy)
    assert done("nadia", remove) == done("nadia", destroy) == 1
    as_it_is("update plans_document set scan = 'pending' where plan_id = %(yanis)s")
    assert done("yanis", destroy) == 1
    assert done("ines", "delete from plans_documentfile") == 1, "hers"
    assert nothing("claire", "delete from plans_documentfile"), "nor does the worker destroy what Inès sent"
