"""A real worker, on its own role, with a real mail server: what was queued arrives; what died is taken up again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from tests.core.test_sms import Listener, listener
from tests.harness import app_url, fresh_database, url_of

NAME = f"amarre_worker_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
__all__ = ["listener"]
WORK = "import django; django.setup()\nfrom amarre.core import jobs\n{}\njobs.work(wait=False)"


class Postman:
    """Keeps the mails that arrive; refuses them while `closed`."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.closed = False
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.closed:
            return "451 come back later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def postman() -> Iterator[Postman]:
    handler = Postman()
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    yield handler
    server.stop()


@pytest.fixture(scope="module", autouse=True)
def database() -> None:
    fresh_database(NAME)


def ask(statement: str, *values: object, role: str = "amarre_owner") -> list[tuple[Any, ...]]:
    with psycopg.connect(url_of(NAME, role), autocommit=True) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def environment(**more: str) -> dict[str, str]:
    """The web's own login, and no nesting."""
    ours = {"DATABASE_URL": app_url(NAME), "DJANGO_SETTINGS_MODULE": "amarre.config.settings"}
    return {**os.environ, **ours, "AMARRE_NESTED_SCOPES": "", "AMARRE_BASE_URL": "https://amarre.example", **more}


def work(first: str = "", **more: str) -> str:
    """Queue what `first` says and empty the queue, as the web's own login."""
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(first)], env=environment(**more), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def claire() -> int:
    return ask("select id from accounts_user where email like 'claire@%%'")[0][0]


def jobs_left() -> list[tuple[Any, ...]]:
    """But for what the clock put there."""
    return ask("select task_name, status::text, attempts from procrastinate_jobs where task_name like 'accounts.%%'")


def test_a_queued_mail_arrives_plain_and_neutral(postman):
    smtp = f"smtp://127.0.0.1:{postman.port}"
    log = work(f"jobs.enqueue('accounts.send_reset', user_id={claire()}); ", AMARRE_SMTP_URL=smtp)
    (mail,) = [
        m for m in postman.mails if m["To"] == "claire@demo.amarre.example"
    ]  # the clock may say that a visit is late
    assert mail["Subject"] == "Votre compte Amarre"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content()
    assert "https://amarre.example/compte/mot-de-passe/nouveau/" in text
    assert "Claire" not in text
    assert jobs_left() == []
    assert "claire" not in log.lower()


SENT = (
    "from datetime import datetime, timedelta, UTC; from amarre.core import calendars, mail\n"
    "at = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)\n"
    "event = calendars.Event('k7d@x.example', at, at + timedelta(hours=1), 'Rendez-vous d’été, à {letters}', 1, at)\n"
    "made = calendars.message(event, 'rdv@amarre.example', 'Mon espace', 'ines@perso.example', '{method}')\n"
    "mail.send('ines@perso.example', 'Votre rendez-vous', 'Bonjour.', neutral=True, key='notice-1', calendar=made,"
    " method='{method}')\nimport sys; sys.stdout.write(made.hex())\n"
)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("letters", ["14\u202fh\u202f30", "الثلاثاء" * 20])
def test_a_calendar_arrives_as_clients_know_it(postman, method, letters):
    """The text, the same as a calendar with its method, and a file: in this order, byte for byte."""
    made = bytes.fromhex(
        work(SENT.format(method=method, letters=letters), AMARRE_SMTP_URL=f"smtp://127.0.0.1:{postman.port}")
    )
    (mail,) = postman.mails
    assert (mail.get_content_type(), mail["Message-ID"]) == ("multipart/mixed", "<notice-1@amarre.example>")
    words, file = mail.iter_parts()
    assert words.get_content_type() == "multipart/alternative"
    text, calendar = words.iter_parts()
    assert (text.get_content_type(), text.get_content().strip()) == ("text/plain", "Bonjour.")
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params == {"method": method, "charset": "utf-8"}
    assert not calendar.is_attachment()
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "rendez-vous.ics")
    assert file.is_attachment()
    assert file.get_content() == made
    assert calendar.get_payload(decode=True).replace(b"\r\n", b"\n") == made.replace(b"\r\n", b"\n")
    assert f"METHOD:{method}".encode() in made
    assert mail["From"].addresses[0].display_name == "Mon espace"


def test_a_calendar_goes_with_its_method():
    with pytest.raises(AssertionError, match="goes with its method"):
        work(SENT.format(method="CANCEL", letters="x").replace("method='CANCEL')", "method='')"))


def test_a_mail_that_the_server_refuses_waits_and_is_sent_later(postman):
    smtp = f"smtp://127.0.0.1:{postman.port}"
    postman.closed = True
    log = work(f"jobs.enqueue('accounts.tell_change', user_id={claire()}); ", AMARRE_SMTP_URL=smtp)
    assert jobs_left() == [("accounts.tell_change", "todo", 1)]
    assert "claire" not in log.lower()
    postman.closed = False
    ask("update procrastinate_jobs set scheduled_at = now()")
    work(AMARRE_SMTP_URL=smtp)
    assert len(postman.mails) == 1
    assert jobs_left() == []


def test_what_a_worker_that_died_had_begun_is_taken_up_again(postman):
    """The row that `kill -9` leaves: being done, by a worker that no longer says that it is alive."""
    (worker,) = ask(
        "insert into procrastinate_workers (last_heartbeat) values (now() - interval '2 minutes') returning id"
    )
    ask(
        "insert into procrastinate_jobs"
        " (queue_name, task_name, args, status, attempts, worker_id, priority, abort_requested) values"
        " ('default', 'accounts.tell_change', jsonb_build_object('user_id', %s::bigint), 'doing', 0, %s, 0, false)",
        claire(),
        worker[0],
    )
    smtp = f"smtp://127.0.0.1:{postman.port}"
    work("jobs.enqueue('core.retake', timestamp=0); ", AMARRE_SMTP_URL=smtp)
    work(AMARRE_SMTP_URL=smtp)
    assert len(postman.mails) == 1
    assert jobs_left() == []


def test_a_job_that_nobody_declared_is_refused_at_once():
    with pytest.raises(AssertionError, match="KeyError"):
        work("jobs.enqueue('accounts.unknown', user_id=1); ")
    assert jobs_left() == []


def test_old_sessions_and_limits_are_thrown_away_by_the_application_alone():
    ask(
        "insert into django_session values ('vieille', '', now() - interval '1 day'),"
        " ('ouverte', '', now() + interval '1 hour')"
    )
    ask(
        "insert into core_cache values ('vieux', '', now() - interval '1 day'),"
        " ('en cours', '', now() + interval '1 hour')"
    )
    work("jobs.enqueue('accounts.forget_sessions', timestamp=0); ")
    assert ask("select session_key from django_session") == [("ouverte",)]
    assert ask("select cache_key from core_cache") == [("en cours",)]


def ines() -> int:
    return ask("select person_id from people_personaccount where email like 'ines@%%'")[0][0]


TELL = (
    "from amarre.core import notices; from amarre.core.actor import MACHINE; from amarre.core.scope import acting_as\n"
    "with acting_as(MACHINE): notices.announce(notices.Kind.PERSON, {}, key='crash:{}')"
)
BY_SMS = "update people_person set channel = 'sms', phone = '06 39 98 00 12', phone_confirmed_at = now() where id = %s"


def test_a_worker_killed_between_sending_and_marking_is_seen_once(listener: Listener) -> None:
    """`kill -9` while the gateway has the message and has not answered: posted again, with the same key."""
    ask(BY_SMS, ines())
    listener.hold = threading.Event()
    tell = WORK.format(TELL.format(ines(), 1))
    worker = subprocess.Popen([sys.executable, "-c", tell], env=environment(AMARRE_SMS_URL=listener.url))
    assert listener.arrived.wait(30)
    worker.kill()
    worker.wait(30)
    assert ask("select sent_at, skipped from core_notice where key = 'crash:1'") == [(None, "")]
    listener.hold.set()
    listener.hold = None
    ask("update procrastinate_workers set last_heartbeat = now() - interval '2 minutes'")
    work("jobs.enqueue('core.retake', timestamp=0); ", AMARRE_SMS_URL=listener.url)
    log = work(AMARRE_SMS_URL=listener.url)
    assert len(listener.posted) == 2, "nobody knew whether it had left"
    assert len(listener.kept) == 1, "the same key: the gateway sends it once"
    assert ask("select channel, sent_at is not null from core_notice where key = 'crash:1'") == [("sms", True)]
    assert "998" not in log
    work(AMARRE_SMS_URL=listener.url)
    assert len(listener.posted) == 2


def test_a_message_that_fails_is_parked_and_the_others_leave(listener: Listener) -> None:
    ask(BY_SMS, ines())
    listener.status = 503
    log = work(TELL.format(ines(), 2), AMARRE_SMS_URL=listener.url)
    for _ in range(6):
        ask("update procrastinate_jobs set scheduled_at = now() where task_name = 'core.notify'")
        log += work(AMARRE_SMS_URL=listener.url)
    parked = ask("select status::text, attempts from procrastinate_jobs where task_name = 'core.notify'")
    assert parked == [("failed", 7)]
    assert len({posted["headers"]["Idempotency-Key"] for posted in listener.posted}) == 1
    listener.status = 200
    work(TELL.format(ines(), 3), AMARRE_SMS_URL=listener.url)
    assert ask("select sent_at is not null from core_notice where key = 'crash:3'") == [(True,)]
    assert not [word for word in ("998", "attend", "jeton") if word in log]
