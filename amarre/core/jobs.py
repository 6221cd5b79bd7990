"""Background work: a queue in PostgreSQL, filled in the transaction that needs it and emptied by `amarre worker`.

Read by rooms (their `tasks.py`), commands and `/healthz`. Must not know what a job does. One module, so that
another queue may take procrastinate's place. Arguments are ids, never text: the queue is readable by its role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.backends.utils import CursorWrapper
from procrastinate import JobContext, PsycopgConnector, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as

Work = Callable[..., object]

QUEUE_ROLE = "amarre_queue"
ALIVE_WITHIN = 45
BEATS = 4.5
"""Seconds: a worker says every ten that it is alive, and is taken for dead when it has been silent that many times."""


def job(name: str, *, entry: bool = False) -> Callable[[Work], Work]:
    """Declare a job; it runs as the machine, in a transaction of its own, and is tried again when it fails.

    `entry`: it runs as the application instead, which may read accounts and no walled table.
    """

    def declare(work: Work) -> Work:
        app.task(name=name, pass_context=False, retry=RetryStrategy(max_attempts=6, exponential_wait=4))(
            _carried_out(work, entry)
        )
        return work

    return declare


def every(cron: str, name: str, *, entry: bool = False) -> Callable[[Work], Work]:
    """Declare a job that the clock starts; two never run at once."""

    def declare(work: Work) -> Work:
        @wraps(work)
        def on_time(timestamp: int) -> None:
            _carried_out(work, entry)()

        task = app.task(name=name, queueing_lock=name, lock=name)(on_time)
        app.periodic(cron=cron)(task)
        return work

    return declare


def _carried_out(work: Work, entry: bool) -> Work:
    """Around the work: a connection that is alive, a transaction, and the actor."""

    @wraps(work)
    def act(**ids: int) -> None:
        close_old_connections()
        with transaction.atomic() if entry else acting_as(MACHINE):
            work(**ids)

    return act


def enqueue(name: str, **ids: int) -> None:
    """Put a job in the queue; it exists if and only if the transaction commits. Raises for a job nobody declared."""
    queue = app.tasks[name].queue
    with _as_queue():
        configure_task(name=name, job_manager=JobManager(DjangoConnector()), queue=queue).defer(**ids)


@contextmanager
def _as_queue() -> Iterator[CursorWrapper]:
    """Take the queue's role for a moment, and give back the one that was held."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), set_config('role', %s, true)", [QUEUE_ROLE])
        held = cursor.fetchone()[0]
        yield cursor
        cursor.execute("select set_config('role', %s, true)", [held])


@app.periodic(cron="*/2 * * * *")
@app.task(name="core.retake", queueing_lock="core.retake", pass_context=True)
async def retake(context: JobContext, timestamp: int) -> None:
    """Put back what a worker that died had begun: a job must stand being done twice."""
    queue = context.app.job_manager
    for stalled in await queue.get_stalled_jobs(seconds_since_heartbeat=settings.AMARRE_STALLED_SECONDS):
        await queue.retry_job(stalled)


def worker_is_alive() -> bool:
    """Whether a worker has said so lately."""
    with _as_queue() as cursor:
        cursor.execute(
            "select exists (select from procrastinate_workers"
            " where last_heartbeat > now() - make_interval(secs => %s))",
            [ALIVE_WITHIN],
        )
        return bool(cursor.fetchone()[0])


def work(*, wait: bool = True) -> None:
    """Empty the queue until asked to stop (or once, without `wait`); a job under way has twenty seconds to end."""
    parameters = connector_params()
    options = f"{parameters.pop('options', '')} -c role={QUEUE_ROLE}".strip()
    connector = PsycopgConnector(kwargs={**parameters, "options": options}, min_size=1, max_size=4)
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            name="amarre", delete_jobs="successful", wait=wait, shutdown_graceful_timeout=20,
            update_heartbeat_interval=settings.AMARRE_STALLED_SECONDS / BEATS,
        )  # fmt: skip
