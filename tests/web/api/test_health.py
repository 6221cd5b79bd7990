"""`/healthz` says yes when all is well, and which part is not when one is not."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from amarre.core import ledger

pytestmark = pytest.mark.django_db


def as_role(role, statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), set_config('role', %s, true)", [role])
        held = cursor.fetchone()[0]
        cursor.execute(statement, values)
        cursor.execute("select set_config('role', %s, true)", [held])


@pytest.fixture
def worker():
    as_role("amarre_queue", "insert into procrastinate_workers default values")


def check(client, name, status=503):
    answer = client.get("/healthz")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()["checks"][name]


def test_all_is_well(client, worker):
    answer = client.get("/healthz")
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["status"] == "ok"
    assert set(answer.json()["checks"].values()) == {"ok"}
    assert "no-store" in answer["Cache-Control"]


def test_only_reads(client, worker):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


def test_nobody_works(client):
    assert check(client, "worker") == "personne ne fait le travail de fond"


def test_the_keyring_is_lost(client, worker, settings, tmp_path):
    settings.AMARRE_KEYRING = str(tmp_path / "nowhere.json")
    assert check(client, "keyring") == "il manque ou il est illisible"
    (tmp_path / "nowhere.json").write_text("{}")
    assert check(client, "keyring") == "il manque ou il est illisible"


def test_the_walls_are_not_those_of_the_files(client, worker):
    as_role("amarre_owner", "update core_walls set digest = 'autre'")
    assert check(client, "walls") == "elles ne sont pas celles des fichiers"


def test_a_migration_waits(client, worker):
    as_role("amarre_owner", "delete from django_migrations where app = 'audit'")
    assert check(client, "migrations").endswith("à appliquer")


def test_nothing_can_be_written_in_the_journal(client, worker):
    before = ledger.register(None)
    try:
        assert check(client, "journal") == "rien ne peut y être écrit"
    finally:
        ledger.register(before)


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (20, 503)])
def test_the_journal_waits_for_its_seal(client, worker, minutes, status):
    as_role(
        "amarre_owner",
        "insert into audit_entry (id, at, actor, door, verb, outcome, subject, fields, reason, request_id)"
        " values (1, %s, 'machine', 'machine', 'test', 'done', '', '{}', '', '')",
        timezone.now() - timedelta(minutes=minutes),
    )
    assert (check(client, "journal", status) == "ok") == (status == 200)


def test_a_check_that_breaks_tells_its_class_alone(client, worker):
    as_role("amarre_owner", "alter table core_walls rename to elsewhere")
    assert check(client, "walls") == "vérification impossible (ProgrammingError)"
