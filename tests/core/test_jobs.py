"""The queue: what is put in it waits for the commit, under a role that sees nothing else."""

import pytest
from django.db import ProgrammingError, connection, transaction

from amarre.core import jobs
from amarre.core.scope import acting_as
from tests.cast import actor

pytestmark = pytest.mark.django_db


def as_role(role, statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), set_config('role', %s, true)", [role])
        held = cursor.fetchone()[0]
        cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
        cursor.execute("select set_config('role', %s, true)", [held])
        return found


def queued():
    return as_role("amarre_queue", "select task_name from procrastinate_jobs")


def test_a_job_is_put_by_anybody_and_the_role_is_given_back():
    with acting_as(actor("claire")), connection.cursor() as cursor:
        jobs.enqueue("audit.seal", timestamp=0)
        cursor.execute("select current_setting('role')")
        assert cursor.fetchone() == ("amarre_staff",)
    assert queued() == [("audit.seal",)]


def put_then_fail():
    with acting_as(actor("claire")):
        jobs.enqueue("audit.seal", timestamp=0)
        assert queued() == [("audit.seal",)]
        raise RuntimeError("changed my mind")


def test_a_job_does_not_outlive_its_transaction():
    with pytest.raises(RuntimeError, match="changed my mind"):
        put_then_fail()
    assert queued() == []


@pytest.mark.parametrize("table", ["accounts_user", "audit_entry", "people_person", "django_session"])
def test_the_queue_sees_nothing_else(table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_role("amarre_queue", f"select count(*) from {table}")


@pytest.mark.parametrize("door", ["amarre_staff", "amarre_public", "amarre_machine"])
def test_no_door_reads_the_queue(door):
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_role(door, "select count(*) from procrastinate_jobs")


def test_a_worker_is_alive_only_while_it_says_so():
    assert not jobs.worker_is_alive()
    as_role("amarre_queue", "insert into procrastinate_workers default values")
    assert jobs.worker_is_alive()
    as_role("amarre_queue", "update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    assert not jobs.worker_is_alive()
