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
from tests.sharing.attempts import (
    ANSWER,
    BACK,
    CAN,
    CANNOT,
    DRAFT,
    GIVE,
    OPEN,
    SEND,
    changed,
)
from tests.sharing.test_transmissions import a_contact
from tests.trios.sharing import first, given, left, one

pytestmark = pytest.mark.django_db


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
            "old_link": first(m.AccessLink, ended_at__isnull=False).pk,
            "unit": m.Unit.objects.get(name="Cellule d’essai").pk,
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


@pytest.mark.parametrize("what", CAN)
def test_the_questions_below_are_rightly_asked(what: str) -> None:
    code, *statements = CAN[what]
    assert done(code, *statements) == 1


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
    of_unit = "select id from sharing_transmission where unit_id = %(unit)s"
    assert done("hugo", of_unit)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update sharing_unitmember set since = '2025-01-01', until = current_date - 1 where user_id = %(hugo)s",
            named,
        )
    assert not done("hugo", of_unit)
    assert not done("hugo", f"{OPEN} (select id from sharing_transmission where unit_id = %(unit)s)")


def test_an_employer_reads_what_was_sent_to_them_and_nothing_around_it() -> None:
    row = sent(agreed(to=contact_party(a_contact(), "Paul Essai")))
    assert done("paul", f"select id from sharing_transmission where id = {row.pk}") == 1
    assert not done("paul", "select id from sharing_transmission where to_user_id is distinct from %(paul)s")
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
