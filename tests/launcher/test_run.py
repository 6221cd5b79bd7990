"""`make run`: it starts, it is alone on its data, it stops, it comes back."""

import json
import os
import signal
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.launcher.running import all_gone, amarre, processes

READY = "Amarre est prête"


def kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def owner_url(data):
    return json.loads((data / "running.json").read_text())["owner"]


def test_a_whole_life(start):
    run = start()
    run.wait_for(READY)
    status, health = run.get("/healthz")
    assert status == 200, health
    assert run.get("/compte/connexion/")[0] == 200

    second = start(port=run.port + 1)
    assert second.wait() == 1
    assert f"processus {run.process.pid}" in second.said()
    assert f"http://localhost:{run.port}" in second.said()

    family = run.family()
    assert len(family) > 5, "the launcher, PostgreSQL, the web server and the worker were looked at"
    assert run.stop() == 0, run.said()
    assert all_gone(family)
    assert not (run.data / "running.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["launcher", "everybody"])
def test_killed_then_started_again_with_its_data(start, victim):
    run = start()
    run.wait_for(READY)
    with psycopg.connect(owner_url(run.data)) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('gardé')")
    family = run.family()
    if victim == "launcher":
        run.send(signal.SIGKILL)
    else:
        for pid in family:
            kill(pid)
    run.process.wait(20)

    again = start(port=run.port)
    again.wait_for(READY)
    assert all_gone(family)
    with psycopg.connect(owner_url(run.data)) as connection:
        assert connection.execute("select word from kept").fetchone() == ("gardé",)
    assert again.get("/healthz")[0] == 200


@pytest.mark.slow
def test_twice_ctrl_c_stops_as_cleanly_as_once(start):
    run = start()
    run.wait_for(READY)
    family = run.family()
    run.send(signal.SIGINT)
    run.wait_for("Arrêt…")
    run.send(signal.SIGINT)
    assert run.wait() == 0
    assert all_gone(family)
    assert "shut down" in (run.data / "postgres.log").read_text().splitlines()[-1]


@pytest.mark.slow
def test_stopped_while_it_prepares(start):
    run = start()
    run.wait_for("Migrations")
    family = run.family()
    assert run.stop() == 0
    assert all_gone(family)
    again = start(port=run.port)
    again.wait_for(READY)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worker", "gunicorn", "postgres"])
def test_a_part_that_dies_is_started_again_and_said(start, name):
    run = start()
    run.wait_for(READY)
    kill(leader(run, name))
    run.until(lambda: "s’est arrêté" in run.said(), "the announcement")
    run.until(lambda: run.healthy(), "health again")


def leader(run, name):
    """The child of the launcher whose command line has this word."""
    for pid, parent in processes().items():
        if parent == run.process.pid and name in Path(f"/proc/{pid}/cmdline").read_text():
            return pid
    raise AssertionError(f"no {name} in {run.said()}")


@pytest.mark.slow
def test_two_at_once_on_two_ports_and_two_data(start):
    one, other = start("one"), start("other")
    one.wait_for(READY)
    other.wait_for(READY)
    assert one.get("/healthz")[0] == other.get("/healthz")[0] == 200


@pytest.mark.slow
def test_the_worker_seals_the_journal(start):
    run = start()
    run.wait_for(READY)
    with psycopg.connect(owner_url(run.data), autocommit=True) as connection:
        connection.execute(
            "insert into audit_entry (id, at, actor, door, verb, outcome, subject, fields, reason, request_id)"
            " values (1, now(), 'machine', 'machine', 'test', 'done', '', '{}', '', '')"
        )
        sealed = "select seal_id is not null from audit_entry where id = 1"
        run.until(lambda: connection.execute(sealed).fetchone()[0], "the seal")
    assert "intact" in amarre("audit", "verify", data=run.data).stdout


@pytest.mark.slow
def test_a_taken_port_is_said(start):
    run = start("one")
    run.wait_for(READY)
    other = start("other", port=run.port)
    assert other.wait() == 1
    assert f"Le port {run.port}" in other.said()


@pytest.mark.slow
def test_production_has_no_fictional_people_and_demo_data_stays_demo(start):
    run = start(environment="demo")
    run.wait_for(READY)
    assert "claire@demo.amarre.example" in run.said()
    assert run.stop() == 0
    refused = start(environment="production")
    assert refused.wait() == 1
    assert "AMARRE_ENV=demo" in refused.said()
    assert amarre("demo", "load", data=run.data).returncode == 1


@pytest.mark.slow
def test_a_lost_keyring_is_never_replaced_in_silence(start):
    run = start()
    run.wait_for(READY)
    run.stop()
    (run.data / "keyring.json").unlink()
    again = start()
    assert again.wait() == 1
    assert "trousseau" in again.said()
