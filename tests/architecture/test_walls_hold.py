"""PostgreSQL alone, asked to do what no command does: a bare UPDATE or INSERT under the staff's role."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amarre.cases.models import Case, Membership
from amarre.core import commands
from amarre.core.scope import acting_as
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre
from tests.cast import actor, as_owner
from tests.rows import INES_CASE, YANIS_CASE

pytestmark = pytest.mark.django_db


def key(number: str) -> int:
    with as_owner():
        return Case.objects.get(number=number).pk


def done(code: str, statement: str, *values: int) -> int | None:
    """How many rows somebody changed by that statement alone; None when PostgreSQL refused."""
    with acting_as(actor(code)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, list(values))
                return int(cursor.rowcount)
        except DatabaseError:
            return None


MINE = "where user_id = amarre_me()"


@pytest.mark.parametrize(
    "what",
    [
        "until = '2099-01-01'",
        "until = null",
        "role = 'lead', until = current_date",
        f"case_id = (select case_id from cases_membership {MINE} limit 1), until = current_date",
    ],
)
@pytest.mark.parametrize("code", ["bruno", "zoe", "claire"])
def test_nobody_prolongs_or_moves_their_own_place(code: str, what: str) -> None:
    assert done(code, f"update cases_membership set {what} {MINE}") is None
    assert done(code, f"update cases_membership set until = current_date {MINE}"), "one may leave"


def test_nobody_slips_into_another_s_case() -> None:
    yanis = key(YANIS_CASE)
    assert done("claire", f"update cases_membership set case_id = %s, until = current_date {MINE}", yanis) is None
    assert done("claire", "update cases_assignment set case_id = %s", yanis) is None
    assert done("claire", "update cases_case set previous_id = %s", yanis) is None
    assert done("claire", "update cases_case set person_id = null, opened_by_id = amarre_me()") is None


def test_a_coordinator_changes_who_leads_and_nothing_else() -> None:
    ines = key(INES_CASE)
    with as_owner():
        nanterre = Centre.objects.get(name="Centre de Nanterre").pk
        bruno = Membership.objects.filter(case_id=ines).exclude(role="lead").first()
        assert bruno
    assert done("marc", "update cases_assignment set centre_id = %s where case_id = %s", nanterre, ines) is None
    assert done("marc", "update cases_assignment set number = 'D-X' where case_id = %s", ines) is None
    assert done("marc", "update cases_membership set user_id = amarre_me() where id = %s", bruno.pk) is None
    assert done("marc", "update cases_assignment set lead_id = %s where case_id = %s", bruno.user_id, ines) == 1


@pytest.mark.parametrize("beyond", [{"state": "accepted"}, {"urgency": "U1"}, {"handled": True}])
def test_a_request_enters_as_received_whoever_writes_it(beyond: dict[str, object]) -> None:
    for code in ("sophie", "hugo", "claire"):
        who = actor(code)
        with acting_as(who), commands.loading():
            centre = Centre.objects.visible_to(who).first()
            assert centre
            rest = dict(beyond)
            handled = {"handled_by_id": who.user_id} if rest.pop("handled", False) else {}
            row = Solicitation(
                reference="ESSAI", centre=centre, source="employer", received_at=timezone.now(), **rest, **handled
            )
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save(force_insert=True)
