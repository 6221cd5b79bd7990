"""PostgreSQL alone, asked by bare statements at every door to send, read, sign or answer what no command would."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.core.commands import loading
from amarre.core.ids import new_id
from amarre.core.scope import acting_as
from amarre.plans.models import Action
from amarre.sharing import links
from amarre.sharing import models as m
from amarre.sharing.parties import contact_party, other_party
from tests.cast import actor, as_owner, user
from tests.plans.acting import W
from tests.plans.walls import inserts
from tests.rows import INES_CASE, YANIS_CASE
from tests.rows_sharing import paper_of
from tests.sharing.acting import agreed, asked, sent, written
from tests.sharing.test_transmissions import a_contact
from tests.trios.sharing import first, given, left, one

pytestmark = pytest.mark.django_db
SEALED = "(select content from sharing_transmission where id = %(draft)s)"
SOMEBODY = ("claire", "bruno", "zoe", "nadia", "theo", "marc", "hugo", "nora", "alex", "ines", "yanis", "paul", "chloe",
            "by_link", "by_code", "by_old_link", "passer_by")  # fmt: skip


def their_action() -> int:
    """An action of Yanis's plan; there is none in the tests' world."""
    with as_owner(), loading():
        mine = W.part(Action)
        mine.pk, mine.plan = new_id(), W.plan(YANIS_CASE)
        mine.goal = None
        mine.save(force_insert=True)
        return int(mine.pk)


@lru_cache
def keys() -> dict[str, Any]:
    """What the statements name: rows of Inès's case, of Yanis's, and some accounts."""
    draft, unread, whole = one(m.Transmission, state="draft"), left(read_at=None), left(read_at__isnull=False)
    link = first(m.AccessLink, ended_at=None)
    theirs = one(m.Agreement, YANIS_CASE, party_kind="colleague")
    with as_owner():
        return {
            "ines_case": W.case().pk, "yanis_case": W.case(YANIS_CASE).pk, "ines_person": W.case().person_id,
            "yanis_person": W.case(YANIS_CASE).person_id, "claire": user("claire").pk, "nadia": user("nadia").pk,
            "hugo": user("hugo").pk, "nora": user("nora").pk, "bruno": user("bruno").pk, "paul": user("paul").pk,
            "draft": draft.pk, "unread": unread.pk, "whole": whole.pk, "agreement": draft.agreement_id,
            "asked": one(m.Agreement, INES_CASE, state="proposed").pk, "theirs": theirs.pk,
            "exception": first(m.LawException, reviewed_at=None).pk, "link": link.pk, "by_link": link.transmission_id,
            "old_link": first(m.AccessLink, ended_at__isnull=False).pk, "unit": m.Unit.objects.get().pk,
            "their_paper": paper_of(W.case(YANIS_CASE)).pk, "paper": paper_of(W.case()).pk,
            "their_sent": one(m.Transmission, YANIS_CASE, unit=None).pk, "montreuil": W.centre().pk,
            "digest": links.digest("forged"), "other": one(m.Agreement, INES_CASE, given_how="screen").pk,
        }  # fmt: skip


class Undone(Exception):
    """Everything a probe did is taken back."""


def done(code: str, *statements: str, **more: Any) -> int | None:
    """How many rows the last of these statements touched; None when PostgreSQL refused one."""
    named, touched = keys() | more, None
    with acting_as(actor(code)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement, named)
                    touched = int(cursor.rowcount)
                cursor.execute("set constraints all immediate")
                raise Undone
        except Undone:
            return touched
        except DatabaseError:
            return None


DRAFT = {
    "case_id": "%(ines_case)s", "about_id": "%(ines_person)s", "agreement_id": "%(agreement)s", "kind": "'word'",
    "purpose": "'other'", "subject": SEALED, "content": SEALED, "carrier": "'inbox'", "to_user_id": "%(hugo)s",
    "colleague_id": "%(hugo)s", "party_kind": "'colleague'", "party": SEALED, "state": "'draft'", "version": "1",
    "visible_until": "current_date", "prepared_at": "now()", "prepared_by_id": "amarre_me()", "checked": "''",
}  # fmt: skip
AGREEMENT = {
    "case_id": "%(ines_case)s", "person_id": "%(ines_person)s", "party_kind": "'other'", "party": SEALED,
    "purpose": "'post'", "what": SEALED, "wording": "1", "state": "'proposed'", "asked_at": "now()",
    "asked_by_id": "amarre_me()", "until": "current_date", "given_how": "''", "withdrawn_by": "''",
}  # fmt: skip
EXCEPTION = {
    "case_id": "%(ines_case)s", "number": f"'{INES_CASE}'", "centre_id": "%(montreuil)s", "basis": "'minor'",
    "declared_at": "now()", "declared_by_id": "amarre_me()", "outcome": "''",
}  # fmt: skip
UNDER_LAW = {**DRAFT, "agreement_id": "null", "exception_id": "%(exception)s", "purpose": "''", "to_user_id": "null",
             "colleague_id": "null", "party_kind": "'other'", "carrier": "'letter'"}  # fmt: skip
LINK = {
    "transmission_id": "%(by_link)s", "digest": "%(digest)s", "pass_digest": "%(digest)s", "email": SEALED,
    "made_at": "now()", "made_by_id": "amarre_me()", "expires_at": "now() + interval '1 day'", "tries": "0",
}  # fmt: skip
ANSWER = {"transmission_id": "%(whole)s", "kind": "'words'", "at": "now()", "by_id": "amarre_me()"}
GIVE = "update sharing_agreement set state = 'given', answered_at = now(), "
SEND = "update sharing_transmission set state = 'sent', sent_at = now(), checked = 'x', sent_by_id = amarre_me()"
RECALL = "update sharing_transmission set state = 'recalled', recalled_at = now() where id = "
OPEN = "update sharing_transmission set read_at = now() where id = "
BACK = "update sharing_agreement set state = 'withdrawn', withdrawn_at = now(), withdrawn_by = '{}' where id = {}"

CAN: dict[str, tuple[str, ...]] = {
    "prepare": ("zoe", inserts("sharing_transmission", **DRAFT)),
    "prepare under the law": ("claire", inserts("sharing_transmission", **UNDER_LAW)),
    "ask": ("zoe", inserts("sharing_agreement", **AGREEMENT)),
    "declare": ("claire", inserts("sharing_lawexception", **EXCEPTION)),
    "send": ("claire", f"{SEND} where id = %(draft)s"),
    "recall": ("bruno", f"{RECALL} %(unread)s"),
    "open": ("hugo", f"{OPEN} %(unread)s"),
    "answer": ("hugo", inserts("sharing_answer", **ANSWER)),
    "say yes in the space": ("ines", f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "hear a yes": ("zoe", f"{GIVE} given_how = 'oral', heard_by_id = amarre_me() where id = %(asked)s"),
    "take a paper": ("zoe", f"{GIVE} given_how = 'paper', heard_by_id = amarre_me(), proof_id = %(paper)s where id = %(asked)s"),  # noqa: E501
    "take back": ("ines", BACK.format("person", "%(agreement)s")),
    "take back on their word": ("zoe", BACK.format("worker", "%(agreement)s")),
    "make a link": ("claire", inserts("sharing_accesslink", **LINK)),
    "end a link": ("bruno", "update sharing_accesslink set ended_at = now() where id = %(link)s"),
    "count a miss": ("by_link", "update sharing_accesslink set tries = tries + 1"),
    "open by the link and its code": ("by_code", f"{OPEN} %(by_link)s"),
    "review": ("marc", "update sharing_lawexception set reviewed_at = now(), reviewed_by_id = amarre_me(),"
               " outcome = 'right' where id = %(exception)s"),
    "throw a draft away": ("zoe", "delete from sharing_transmission where id = %(draft)s"),
}  # fmt: skip


@pytest.mark.parametrize("what", CAN)
def test_the_questions_below_are_rightly_asked(what: str) -> None:
    code, *statements = CAN[what]
    assert done(code, *statements) == 1


MEMBERS, EVERYBODY = ("claire", "bruno", "zoe"), SOMEBODY
AROUND = ("nadia", "theo", "marc", "hugo", "nora", "ines", "yanis", "paul", "chloe", "by_link", "by_code")
OUTSIDE = ("nadia", "theo", "marc", "nora", "yanis", "paul", "chloe", "by_link", "by_old_link", "passer_by")


def changed(**columns: str) -> str:
    return inserts("sharing_transmission", **{**DRAFT, **columns})


CANNOT: dict[str, tuple[tuple[str, ...], str]] = {
    # what has left
    "change the words after": (EVERYBODY, f"update sharing_transmission set content = {SEALED} where id = %(unread)s"),
    "change of whom after": (EVERYBODY, f"update sharing_transmission set subject = {SEALED} where state = 'sent'"),
    "let it be seen longer": (EVERYBODY, "update sharing_transmission set visible_until = '2099-01-01' where state = 'sent'"),  # noqa: E501
    "unread it": (EVERYBODY, "update sharing_transmission set read_at = null where id = %(whole)s"),
    "read it again": (EVERYBODY, "update sharing_transmission set read_at = now() where id = %(whole)s"),
    "read it in their place": (tuple(c for c in SOMEBODY if c != "hugo"), f"{OPEN} %(unread)s"),
    "make it a draft again": (EVERYBODY, "update sharing_transmission set state = 'draft', sent_at = null where state = 'sent'"),  # noqa: E501
    "recall what was read": (EVERYBODY, f"{RECALL} %(whole)s"),
    "recall another's": (AROUND[1:4], f"{RECALL} %(unread)s"),
    "send again what was recalled": (EVERYBODY, "update sharing_transmission set state = 'sent', recalled_at = null where state = 'recalled'"),  # noqa: E501
    "delete what left": (EVERYBODY, "delete from sharing_transmission where state <> 'draft'"),
    "delete another's draft": (AROUND, "delete from sharing_transmission where id = %(draft)s"),
    "turn the recipient round": (EVERYBODY, "update sharing_transmission set to_user_id = %(nadia)s"),
    "move it to another case": (EVERYBODY, "update sharing_transmission set case_id = %(yanis_case)s"),
    "move it to another person": (EVERYBODY, "update sharing_transmission set about_id = %(yanis_person)s"),
    "put it under another agreement": (EVERYBODY, "update sharing_transmission set agreement_id = %(other)s"),
    "change who sent it": (EVERYBODY, "update sharing_transmission set sent_by_id = %(bruno)s where state = 'sent'"),
    # sending
    "send as a trainee, or from outside": (("zoe", *AROUND), f"{SEND} where id = %(draft)s"),
    "send in another's name": (("claire",), f"{SEND.replace('amarre_me()', '%(bruno)s')} where id = %(draft)s"),
    "send unchecked": (("claire",), f"{SEND.replace(chr(39) + 'x' + chr(39), repr(''))} where id = %(draft)s"),
    "change and send together": (("claire",), f"{SEND}, content = {SEALED}, version = 9 where id = %(draft)s"),
    "send it as read": (("claire",), f"{SEND}, read_at = now() where id = %(draft)s"),
    "insert it as sent": (EVERYBODY, changed(state="'sent'", sent_at="now()", checked="'x'", sent_by_id="amarre_me()")),
    "insert it without any ground": (EVERYBODY, changed(agreement_id="null")),
    "insert it under both": (EVERYBODY, changed(exception_id="%(exception)s")),
    "insert it under another case's agreement": (EVERYBODY, changed(agreement_id="%(theirs)s", purpose="'return'")),
    "insert it for another recipient": (EVERYBODY, changed(colleague_id="%(nora)s", to_user_id="%(nora)s")),
    "insert it for another's eyes": (EVERYBODY, changed(to_user_id="%(nadia)s")),
    "insert it for an employer's eyes": (EVERYBODY, changed(to_user_id="%(paul)s")),
    "insert it for another purpose": (EVERYBODY, changed(purpose="'money'")),
    "insert it about somebody else": (EVERYBODY, changed(about_id="%(yanis_person)s")),
    "insert it in another case": (EVERYBODY, changed(case_id="%(yanis_case)s", about_id="%(yanis_person)s")),
    "insert it in another's name": (EVERYBODY, changed(prepared_by_id="%(hugo)s")),
    "insert it as read": (EVERYBODY, changed(read_at="now()")),
    "go under the law as a trainee": (("zoe", *AROUND), inserts("sharing_transmission", **UNDER_LAW)),
    # agreements
    "forge a yes in the space": (MEMBERS, f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "forge it with a witness": (MEMBERS, f"{GIVE} given_how = 'space', heard_by_id = amarre_me() where id = %(asked)s"),
    "hear for another": (("claire", "zoe"), f"{GIVE} given_how = 'oral', heard_by_id = %(bruno)s where id = %(asked)s"),
    "hear for nobody": (MEMBERS, f"{GIVE} given_how = 'oral' where id = %(asked)s"),
    "answer from outside": (OUTSIDE, f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "sign on the screen from the space": (("ines",), f"{GIVE} given_how = 'screen', heard_by_id = %(claire)s where id = %(asked)s"),  # noqa: E501
    "show another case's paper": (("zoe", "claire"), f"{GIVE} given_how = 'paper', heard_by_id = amarre_me(),"
                                  " proof_id = %(their_paper)s where id = %(asked)s"),
    "show no paper": (MEMBERS, f"{GIVE} given_how = 'paper', heard_by_id = amarre_me() where id = %(asked)s"),
    "take it back as if the other did": (MEMBERS, BACK.format("person", "%(agreement)s")),
    "take it back as the worker": (("ines",), BACK.format("worker", "%(agreement)s")),
    "take back from outside": (AROUND[:5], BACK.format("worker", "%(agreement)s")),
    "reword it": (EVERYBODY, f"update sharing_agreement set what = {SEALED}"),
    "make it last": (EVERYBODY, "update sharing_agreement set until = '2099-01-01'"),
    "turn it to another": (EVERYBODY, "update sharing_agreement set colleague_id = %(nora)s"),
    "move it to another case ": (EVERYBODY, "update sharing_agreement set case_id = %(yanis_case)s"),
    "give it to another person": (EVERYBODY, "update sharing_agreement set person_id = %(yanis_person)s"),
    "delete it": (EVERYBODY, "delete from sharing_agreement"),
    "insert it given": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "state": "'given'", "given_how": "'oral'",  # noqa: E501
                                           "answered_at": "now()", "heard_by_id": "amarre_me()"})),
    "ask in another's name": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "asked_by_id": "%(hugo)s"})),
    "ask another person": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "person_id": "%(yanis_person)s"})),
    "ask from outside": (AROUND, inserts("sharing_agreement", **AGREEMENT)),
    "read agreements from outside": (("theo", "marc", "hugo", "nora", "alex", "paul", "chloe", "by_code", "passer_by"),
                                     "select id from sharing_agreement"),
    # exceptions
    "read why": (tuple(c for c in SOMEBODY if c not in MEMBERS), "select id from sharing_ground"),
    "read that, from the space or outside": (("ines", "yanis", "hugo", "nora", "nadia", "paul", "chloe", "by_code"),
                                             "select id from sharing_lawexception"),
    "reword why": (EVERYBODY, f"update sharing_ground set reason = {SEALED}"),
    "read one's own again": (("claire",), "update sharing_lawexception set reviewed_at = now(), outcome = 'right',"
                             " reviewed_by_id = amarre_me() where id = %(exception)s"),
    "read again in another's name": (("bruno", "marc"), "update sharing_lawexception set reviewed_at = now(),"
                                     " outcome = 'right', reviewed_by_id = %(nadia)s where id = %(exception)s"),
    "unreview": (EVERYBODY, "update sharing_lawexception set reviewed_at = null, reviewed_by_id = null, outcome = ''"
                 " where reviewed_at is not null"),
    "change the basis": (EVERYBODY, "update sharing_lawexception set basis = 'peril'"),
    "declare as a trainee or outside": (("zoe", *AROUND), inserts("sharing_lawexception", **EXCEPTION)),
    "declare in another's name": (MEMBERS, inserts("sharing_lawexception", **{**EXCEPTION, "declared_by_id": "%(nadia)s"})),  # noqa: E501
    "declare at another centre": (MEMBERS, inserts("sharing_lawexception", **{**EXCEPTION, "number": "'D-0'"})),
    "read what left by the law": (("ines", "hugo", "marc"), "select id from sharing_transmission where exception_id is not null"),  # noqa: E501
    # answers
    "read others' answers": (OUTSIDE, "select a.id from sharing_answer a where transmission_id = %(whole)s"),
    "answer as somebody else": (("hugo",), inserts("sharing_answer", **{**ANSWER, "by_id": "%(nora)s"})),
    "answer as nobody": (("hugo",), inserts("sharing_answer", **{**ANSWER, "by_id": "null"})),
    "answer in their place": (tuple(c for c in SOMEBODY if c != "hugo"), inserts("sharing_answer", **ANSWER)),
    "answer unopened": (("hugo",), inserts("sharing_answer", **{**ANSWER, "transmission_id": "%(unread)s"})),
    "answer already seen": (("hugo",), inserts("sharing_answer", **{**ANSWER, "seen_at": "now()"})),
    "reword an answer": (EVERYBODY, "update sharing_answer set kind = 'accepted'"),
    "see it in the members' place": (("hugo", *OUTSIDE), "update sharing_answer set seen_at = now() where transmission_id = %(whole)s"),  # noqa: E501
    "delete an answer": (EVERYBODY, "delete from sharing_answer"),
    # links
    "forget the misses": (("by_link",), "update sharing_accesslink set tries = -1 + tries"),
    "open without the code": (("by_link",), "update sharing_accesslink set opened_at = now()"),
    "read without the code": (("by_link", "by_old_link", "passer_by"), "select id from sharing_transmission"),
    "read another's link": (("by_code",), "select id from sharing_accesslink where id <> %(link)s"),
    "make it work again": (EVERYBODY, "update sharing_accesslink set ended_at = null where id = %(old_link)s"),
    "make it last ": (EVERYBODY, "update sharing_accesslink set expires_at = '2099-01-01'"),
    "change its code": (EVERYBODY, "update sharing_accesslink set pass_digest = digest"),
    "point it elsewhere": (EVERYBODY, "update sharing_accesslink set transmission_id = %(unread)s"),
    "make one as a trainee or outside": (("zoe", *AROUND), inserts("sharing_accesslink", **LINK)),
    "make one to what goes otherwise": (MEMBERS, inserts("sharing_accesslink", **{**LINK, "transmission_id": "%(unread)s"})),  # noqa: E501
    "make one in another's name": (MEMBERS, inserts("sharing_accesslink", **{**LINK, "made_by_id": "%(nadia)s"})),
    "delete one": (EVERYBODY, "delete from sharing_accesslink"),
    # units
    "sit oneself in a unit": (("claire", "zoe", "nadia", "hugo", "ines", "paul"), inserts("sharing_unitmember",
                              unit_id="%(unit)s", user_id="amarre_me()", since="current_date")),
    "stay in a unit": (("hugo", "claire", "nora"), "update sharing_unitmember set until = null"),
    "read units from outside": (("ines", "paul", "chloe", "by_code", "passer_by"), "select id from sharing_unitmember"),
}  # fmt: skip


@pytest.mark.parametrize("what", CANNOT)
def test_what_nobody_does_by_hand(what: str) -> None:
    who, statement = CANNOT[what]
    assert {code: touched for code in who if (touched := done(code, statement))} == {}


def test_an_agreement_taken_back_is_not_given_again() -> None:
    again = (
        "update sharing_agreement set state = 'given', withdrawn_at = null, withdrawn_by = '' where id = %(agreement)s"
    )
    for code, who in (("ines", "person"), ("zoe", "worker")):
        assert done(code, BACK.format(who, "%(agreement)s")) == 1
        assert not done(code, BACK.format(who, "%(agreement)s"), again), code


def test_nothing_leaves_for_longer_than_its_agreement() -> None:
    longer = "update sharing_transmission set visible_until = '2099-01-01' where id = %(draft)s"
    for code in ("claire", "bruno"):
        assert not done(code, longer, f"{SEND} where id = %(draft)s"), code


@pytest.mark.parametrize("change", ["state = 'declined'", "until = current_date - 1", "case_id = %(yanis_case)s"])
def test_nothing_leaves_uncovered(change: str) -> None:
    named = keys()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"update sharing_agreement set {change} where id = %(agreement)s", named)
    assert not done("claire", f"{SEND} where id = {named['draft']}")


def test_what_is_recalled_or_over_is_neither_read_nor_answered() -> None:
    row = sent(agreed())
    for change in ("state = 'recalled', recalled_at = now()", "visible_until = current_date - 1"):
        with transaction.atomic():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(f"update sharing_transmission set {change} where id = %s", [row.pk])
            for statement in (
                f"select id from sharing_transmission where id = {row.pk}",
                f"{OPEN} {row.pk}",
                inserts("sharing_answer", **{**ANSWER, "transmission_id": str(row.pk)}),
            ):
                assert not done("hugo", statement), statement
            transaction.set_rollback(True)


def test_who_left_a_unit_reads_nothing_more_of_it() -> None:
    named = keys()
    of_unit = "select id from sharing_transmission where unit_id is not null"
    assert done("hugo", of_unit) == 1
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update sharing_unitmember set since = '2025-01-01', until = current_date - 1 where user_id = %(hugo)s",
            named,
        )
    assert not done("hugo", of_unit)
    assert not done("hugo", f"{OPEN} (select id from sharing_transmission where unit_id is not null)")


def test_an_employer_reads_what_was_sent_to_them_and_nothing_around_it() -> None:
    row = sent(agreed(to=contact_party(a_contact(), "Paul Essai")))
    assert done("paul", f"select id from sharing_transmission where id = {row.pk}") == 1
    assert done("paul", "select id from sharing_transmission") == 1
    for table in (
        "cases_case",
        "people_person",
        "sharing_agreement",
        "sharing_lawexception",
        "sharing_ground",
        "plans_plan",
    ):
        assert not done("paul", f"select * from {table}"), table
    assert done("paul", f"{OPEN} {row.pk}") == 1
    assert not done("paul", f"update sharing_transmission set state = 'recalled' where id = {row.pk}")


def test_a_draft_for_a_contact_goes_to_their_own_account_alone() -> None:
    row = written(agreed(to=contact_party(a_contact(), "Paul Essai")))
    columns = {**DRAFT, "agreement_id": str(row.agreement_id), "purpose": "'post'", "party_kind": "'employer'",
               "colleague_id": "null", "contact_id": str(row.contact_id)}  # fmt: skip
    assert done("claire", inserts("sharing_transmission", **{**columns, "to_user_id": "%(paul)s"})) == 1
    assert done("claire", inserts("sharing_transmission", **{**columns, "to_user_id": "null"})) == 1
    for other in ("%(hugo)s", "%(nadia)s", "amarre_me()"):
        assert not done("claire", inserts("sharing_transmission", **{**columns, "to_user_id": other})), other
    described = written(agreed(to=other_party("Dr Essai")))
    columns |= {"agreement_id": str(described.agreement_id), "party_kind": "'other'", "contact_id": "null"}
    assert not done("claire", inserts("sharing_transmission", **{**columns, "to_user_id": "%(hugo)s"}))


def test_five_misses_and_no_more() -> None:
    assert done("by_link", "update sharing_accesslink set tries = 6") is None
    ended = "update sharing_accesslink set tries = 5, ended_at = now()"
    for after in ("update sharing_accesslink set ended_at = null", "update sharing_accesslink set tries = 0"):
        for code in ("by_link", "by_code"):
            assert not done(code, ended, after), (code, after)


def test_yes_is_said_once_whatever_the_door() -> None:
    assert asked().state == "proposed"
    assert given().state == "given"
    for code, how in (("ines", "given_how = 'space'"), ("claire", "given_how = 'oral', heard_by_id = amarre_me()")):
        assert not done(code, f"{GIVE} {how} where id = %(agreement)s"), code


def test_a_draft_names_no_action_of_another_plan() -> None:
    assert done("claire", changed(action_id=str(W.part(Action).pk))) == 1
    assert not done("claire", changed(action_id=str(their_action())))
