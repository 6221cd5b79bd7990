"""A worker that is killed while it sends: what leaves is received by a real HTTP gateway and a real mail server.

Read by `test_worker_killed`. It kills what it started, by its number; what it cannot tell it calls inconclusive.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller

from tests.core.test_worker import BY_SMS, WORK, environment
from tests.harness import app_url, url_of
from tests.launcher.running import free_port

STALLED = 3.0
PATIENCE = 300.0
_LOOK, _IDLE = 0.05, 15.0
SUBJECT = "Un message vous attend"
# Half by SMS to a person, half by mail to an account; caps out of the way.
QUEUE = (
    "from amarre.core import notices; from amarre.core.actor import MACHINE; from amarre.core.scope import acting_as\n"
    "with acting_as(MACHINE):\n"
    "  for n in range({count}):\n"
    "    who = (notices.Kind.ACCOUNT, {account}) if n % 2 else (notices.Kind.PERSON, {person})\n"
    "    notices.announce(*who, key=f'crash:{{n}}')\n"
)
QUEUE_ONLY = WORK.replace("jobs.work(wait=False)", "")
CAPS = ("AMARRE_NOTICES_PER_PERSON", "AMARRE_NOTICES_PER_MAILBOX", "AMARRE_SMS_PER_PERSON")
STAGES = ("arrived", "kept", "answered")


@dataclass(frozen=True, slots=True)
class Plan:
    """When one worker dies: at the stage of the n-th message it sends, or after some seconds, wherever it is."""

    stage: str
    message: int = 1
    seconds: float = 0.0


def some_plans(kills: int, each: int, seed: int) -> list[Plan]:
    """One kill in six at any moment, the starting included; the others around a message.

    The first is at a message for sure: a worker left alone for a few seconds may have sent everything, and then no kill
    hits anything.
    """
    draw = random.Random(seed)
    first = Plan(draw.choice(STAGES[:2]), draw.randint(1, each))
    return [first] + [
        Plan("any", seconds=draw.uniform(0, 4))
        if draw.random() < 1 / 6
        else Plan(draw.choice(STAGES), draw.randint(1, each), draw.uniform(0, 0.03))
        for _ in range(kills - 1)
    ]


class Gateway(ThreadingHTTPServer):
    """Who is killed does not listen to the answer: that is no fault of the server's."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Quiet."""


class Outside:
    """The gateway and the mail server. `keyed`: they know a message again by its key, as ours must."""

    def __init__(self, *, keyed: bool = True) -> None:
        self.keyed, self.posts, self.sent, self.mails = keyed, 0, Counter[str](), Counter[str]()
        self._lock, self._seen, self._plan, self._pid = threading.Lock(), 0, Plan("never"), 0
        self.http = Gateway(("127.0.0.1", 0), self._handler())
        self.smtp = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self) -> Outside:
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.smtp.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.smtp.stop()

    def addresses(self) -> dict[str, str]:
        sms = f"http://127.0.0.1:{self.http.server_port}/messages"
        return {"AMARRE_SMS_URL": sms, "AMARRE_SMTP_URL": f"smtp://127.0.0.1:{self.smtp.port}"}

    def arm(self, pid: int, plan: Plan) -> None:
        """The process that will die, and when."""
        with self._lock:
            self._pid, self._plan, self._seen = pid, plan, 0

    def _reached(self, stage: str) -> None:
        with self._lock:
            self._seen += stage == STAGES[0]
            due = self._pid and self._plan.stage == stage and self._seen >= self._plan.message
            pid, self._pid = (self._pid, 0) if due else (0, self._pid)
            wait = self._plan.seconds if stage == "answered" else 0.0
        if pid:
            threading.Event().wait(wait)  # a moment of its own work: marking, committing, going on
            os.kill(pid, signal.SIGKILL)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                key = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["key"]
                outside._reached("arrived")
                with outside._lock:
                    outside.posts += 1
                    known = outside.keyed and self.headers["Idempotency-Key"] in outside.sent
                    outside.sent[key] += not known
                outside._reached("kept")
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                self.wfile.flush()
                outside._reached("answered")

            def log_message(self, *args: object) -> None:
                """Quiet."""

        return Handler

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content)
        if mail["Subject"] == SUBJECT:
            self._reached("arrived")
            name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
            with self._lock:
                self.mails[name if self.keyed else f"{name}-{self.mails.total()}"] += 1
            self._reached("kept")
            threading.Timer(0, self._reached, ["answered"]).start()
        return "250 OK"


@dataclass
class Facts:
    """What a campaign saw."""

    queued: set[str]
    others: set[str] = field(default_factory=set)  # what the clock announced meanwhile
    killed: int = 0
    under_way: int = 0
    broken: str = ""
    unsent: set[str] = field(default_factory=set)
    left: int = 0
    posts: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    mails: Counter[str] = field(default_factory=Counter)

    def verdict(self) -> set[str]:
        """What went wrong; nothing when all is well; `inconclusive` when that could not be told."""
        if self.broken or not self.killed or not self.under_way:
            return {"inconclusive"}
        seen = set(self.sent) | set(self.mails)
        faults = {
            "lost": bool(self.unsent or self.queued - seen),
            "left": bool(self.left),
            "twice": any(count > 1 for count in self.sent.values()),
            "renamed": bool(seen - self.queued - self.others),
        }
        return {name for name, found in faults.items() if found}

    def figure(self) -> dict[str, object]:
        """For the report: how many, and how often the outside saw again what it knew."""
        return {
            "notices": len(self.queued), "kills": self.killed, "under way": self.under_way,
            "lost": len(self.unsent | (self.queued - set(self.sent) - set(self.mails))),
            "sms sent twice": sum(count - 1 for count in self.sent.values()),
            "sms posted again, known by their key": self.posts - self.sent.total(),
            "mails again, under the same Message-ID": sum(count - 1 for count in self.mails.values()),
            "verdict": sorted(self.verdict()) or ["well"],
        }  # fmt: skip


class Campaign:
    """Queue notices, then let workers die as planned, then let one finish."""

    def __init__(self, database: str, outside: Outside, log: Path) -> None:
        self.database, self.outside, self.log = database, outside, log
        self.environment = {
            **environment(), "DATABASE_URL": app_url(database), "AMARRE_STALLED_SECONDS": f"{STALLED}",
            **dict.fromkeys(CAPS, "100000"), **outside.addresses(),
        }  # fmt: skip

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(url_of(self.database, "amarre_owner"), autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def run(self, count: int, plans: list[Plan], after: Callable[[Campaign], object] | None = None) -> Facts:
        """`after` each kill, a control may do what ours must never do."""
        facts = Facts(self.queued(count))
        for plan in plans:
            if not self._died(plan):
                facts.broken = "a worker ended by itself"
                break
            facts.killed += 1
            facts.under_way += self.jobs("doing") > 0
            if after:
                after(self)
            self._put_retake()
        if not facts.broken and not self._finished():
            facts.broken = "the last worker did not finish"
        sent = {key for (key,) in self.ask("select 'notice-' || id from core_notice where sent_at is not null")}
        facts.others = {key for (key,) in self.ask("select 'notice-' || id from core_notice")} - facts.queued
        facts.unsent, facts.left = facts.queued - sent, self.jobs("todo", "doing", "failed")
        facts.posts, facts.sent, facts.mails = self.outside.posts, self.outside.sent, self.outside.mails
        return facts

    def queued(self, count: int) -> set[str]:
        """So many notices, their jobs not begun."""
        ((person,),) = self.ask("select person_id from people_personaccount where email like 'ines@%%'")
        ((account,),) = self.ask("select id from accounts_user where email like 'chloe@%%'")
        self.ask(BY_SMS, person)
        said = QUEUE_ONLY.format(QUEUE.format(count=count, account=account, person=person))
        subprocess.run([sys.executable, "-c", said], env=self.environment, check=True, timeout=PATIENCE)
        queued = {key for (key,) in self.ask("select 'notice-' || id from core_notice where key like 'crash:%%'")}
        assert len(queued) == self.jobs("todo") == count
        return queued

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "amarre.config.cli", "worker"]
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def _died(self, plan: Plan) -> bool:
        """Start a worker and let it die; when its moment does not come, or all is sent, any will do."""
        worker, tick = self._start(), threading.Event()
        self.outside.arm(worker.pid, plan)
        for step in range(int((plan.seconds if plan.stage == "any" else 60) / _LOOK) + 1):
            idle = plan.stage != "any" and step > _IDLE / _LOOK and not self.jobs("todo", "doing")
            if worker.poll() is not None or idle:
                break
            tick.wait(_LOOK)
        self.outside.arm(0, plan)
        if worker.poll() is None:
            worker.kill()
        return worker.wait() == -signal.SIGKILL

    def _finished(self) -> bool:
        """One more worker, left alone until nothing waits; asked to end as the launcher asks."""
        worker, tick = self._start(), threading.Event()
        self.outside.arm(0, Plan("never"))
        for _ in range(int(PATIENCE / 0.25)):
            if worker.poll() is not None or not self.jobs("todo", "doing"):
                break
            self._put_retake()
            tick.wait(0.25)
        alive = worker.poll() is None
        worker.terminate()
        return worker.wait(PATIENCE) is not None and alive and not self.jobs("todo", "doing")

    def _put_retake(self) -> None:
        """What the clock puts every two minutes."""
        self.ask(
            "insert into procrastinate_jobs"
            " (queue_name, task_name, args, status, queueing_lock, priority, abort_requested) values"
            " ('default', 'core.retake', '{\"timestamp\": 0}', 'todo', 'core.retake', 0, false)"
            " on conflict do nothing"
        )

    def jobs(self, *states: str) -> int:
        """How many of what was queued are there; what the clock announces meanwhile is none of this."""
        said = (
            "select count(*) from procrastinate_jobs where task_name = 'core.notify' and status::text = any (%s)"
            " and (args->>'notice_id')::bigint in (select id from core_notice where key like 'crash:%%')"
        )
        return int(self.ask(said, list(states))[0][0])
