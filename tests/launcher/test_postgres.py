"""The server of our own: discreet, durable, out of root's closed directories."""

import os
import signal

import psycopg
import pytest

from amarre.config.places import (
    OURSELVES,
    Account,
    PostgresMissing,
    account_for,
    find_binaries,
    reachable,
    shelter_for,
)
from amarre.config.postgres import Cluster, PostgresFailed
from amarre.config.roles import APP, DOORS, OWNER, ensure_database, ensure_roles
from tests.launcher.running import all_gone, descendants

CANARY = "Canari-7f3a"


@pytest.fixture
def cluster(place):
    cluster = Cluster(place / "pg", durable=False)
    yield cluster
    cluster.destroy()


def provoke(connection):
    """Errors whose message, detail and statement all carry the canary."""
    connection.execute("create temp table seen (word text primary key)")
    connection.execute("insert into seen values (%s)", [CANARY])
    for statement in ("insert into seen values (%s)", "select %s::int"):
        with pytest.raises(psycopg.Error):
            connection.execute(statement, [CANARY])


def test_the_log_never_quotes_what_was_typed(cluster):
    with psycopg.connect(cluster.start(), autocommit=True) as connection:
        provoke(connection)
        assert CANARY not in cluster.log_file.read_text()
        connection.execute("drop table seen")
        connection.execute("set log_min_messages = 'error'")
        provoke(connection)
        assert CANARY in cluster.log_file.read_text(), "the control: a talkative server would have told"


def test_what_was_acknowledged_survives_a_kill(place):
    cluster, again = Cluster(place / "pg"), Cluster(place / "pg")
    with psycopg.connect(cluster.start(), autocommit=True) as connection:
        connection.execute("create table kept as select 1 as one")
    killed = descendants(cluster.pid)
    os.kill(cluster.pid, signal.SIGKILL)
    try:
        with psycopg.connect(again.start()) as connection:
            assert connection.execute("select one from kept").fetchone() == (1,)
    finally:
        again.destroy()
    assert all_gone(killed)


def test_a_stop_is_a_clean_shutdown_and_leaves_no_process(cluster):
    cluster.start()
    family = descendants(cluster.pid)
    cluster.stop()
    assert all_gone(family)
    assert "database system is shut down" in cluster.log_file.read_text()


def test_letters_sort_by_their_code_on_every_server(cluster):
    with psycopg.connect(cluster.start()) as connection:
        row = connection.execute("select 'é' > 'z', lower('É'), current_setting('server_encoding')").fetchone()
    assert row == (True, "é", "UTF8")


def test_the_roles_are_powerless_and_the_web_owns_nothing(cluster):
    superuser = cluster.start()
    for _ in range(2):
        ensure_roles(superuser, owner_password="o'wner", app_password="a%pp")
    assert ensure_database(superuser, "amarre")
    assert not ensure_database(superuser, "amarre")
    with psycopg.connect(cluster.url(APP, "a%pp", "amarre"), autocommit=True) as app:
        for door in DOORS:
            app.execute(f"set role {door}")
        app.execute("reset role")
        for forbidden in (f"set role {OWNER}", "set role amarre_definer", "create table mine (x int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
    with psycopg.connect(cluster.url(OWNER, "o'wner", "amarre")) as owner:
        owner.execute("create table ours (x int)")


def test_the_password_file_is_its_owners_alone(cluster):
    cluster.start()
    password_file = cluster.data_dir.with_name("pg.password")
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert cluster.log_file.stat().st_mode & 0o777 == 0o600


def test_a_closed_directory_is_seen_and_sheltered(place):
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    stranger = Account(os.getuid() + 12345, os.getgid() + 12345)
    assert reachable(place / "x", stranger)
    assert not reachable(closed / "x", stranger)
    assert shelter_for(closed / "x") != shelter_for(place / "x")


def test_root_hands_the_server_to_another_account(place):
    account = account_for(place / "pg")
    assert (account == OURSELVES) == (os.geteuid() != 0)
    assert account.uid != 0


def test_binaries_are_found():
    assert (find_binaries() / "initdb").exists()


def test_data_of_another_version_is_refused_at_once_and_left_alone(place):
    old = place / "pg"
    old.mkdir(mode=0o700)
    (old / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresMissing, match="PostgreSQL 9"):
        Cluster(old)
    assert (old / "PG_VERSION").exists()


def test_a_server_that_cannot_start_says_why_at_once(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data_dir / "postgresql.conf").write_text("no_such_setting = on\n")
    with pytest.raises(PostgresFailed, match="no_such_setting"):
        cluster.start()
