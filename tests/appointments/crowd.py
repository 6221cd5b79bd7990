"""A crowd of links, each in a browser of its own, all pressing the same button at the same instant.

Read by `test_crowd`. Each request goes through the whole application, on a connection and in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from amarre.appointments import links
from amarre.appointments import models as m
from amarre.appointments.placing import GONE
from amarre.core import commands
from tests.cast import as_owner, user
from tests.rows_appointments import THEN

MANY = 50
PATIENCE = 120


class Said(NamedTuple):
    """What one of them was answered: the status, and whether the page says that the place is gone."""

    status: int
    gone: bool


def invited(kind: str, how_many: int = MANY, **more: Any) -> list[m.Booking]:
    """So many links for the same kind of meeting with Claire."""
    with transaction.atomic(), as_owner(), commands.loading():
        wanted = m.MeetingKind.objects.get(label=kind) if kind else m.MeetingKind.objects.get(capacity__gt=1)
        claire = user("claire")
        rows = [
            m.Booking(
                kind=wanted, worker_id=claire.pk, centre_id=claire.postings.get().centre_id, made_by_id=claire.pk,
                made_at=THEN, expires_at=timezone.now() + timedelta(days=60), name=f"Foule {n}", **more,
            )
            for n in range(how_many)
        ]  # fmt: skip
        for row in rows:
            row.digest = links.digest(links.secret_of(row.pk))
            row.save()
    return rows


def press(requests: Sequence[tuple[str, dict[str, str]]]) -> list[Said]:
    """Post all of it at once; the server is this very application, whose commits are real."""
    together, said = Barrier(len(requests)), [Said(0, False)] * len(requests)

    def run(n: int, path: str, data: dict[str, str]) -> None:
        browser = Client(REMOTE_ADDR=f"10.0.{n}.1", raise_request_exception=False)
        try:
            connection.ensure_connection()
            together.wait(PATIENCE)
            answer = browser.post(path, data)
            said[n] = Said(answer.status_code, GONE in answer.content.decode())
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, *request)) for n, request in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def path(booking: m.Booking, page: str = "") -> str:
    """The address of a page of a link."""
    return f"{links.path_of(booking.pk)}{page}"


def winners(said: Sequence[Said]) -> list[int]:
    """Who got it; everybody else was refused in words, and nothing broke."""
    assert {s.status for s in said} <= {302, 422}, sorted({s.status for s in said})
    assert all(s.gone for s in said if s.status == 422), "a refusal without its sentence"
    return [n for n, s in enumerate(said) if s.status == 302]


def committed(read: Callable[[], Any]) -> Any:
    """What is in the database now."""
    with transaction.atomic(), as_owner():
        return read()


def without_what_holds() -> None:
    """Take both holds away, in the test's own database: the constraints, and the lock that makes the crowd wait."""
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table appointments_seat drop constraint appointments_seat_once")
        cursor.execute("alter table appointments_appointment drop constraint appointments_room_once")
        cursor.execute("create function public.pg_advisory_xact_lock(bigint) returns void language sql as ''")
