"""Two worlds that differ by one thing: Inès has a case, agreements, messages and a space; or she never came.

Read by the tests beside. Inès, her job and what employers asked for her stand in both. In the first world nothing waits
for Paul about her: what he received was taken away, what he must not see (a draft, one taken back, one past its day,
the agreement itself) stays. `in_both` looks at each world with the same eyes, at the same addresses, and undoes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.core import mail
from django.db import connection
from django.test import Client

from tests.cast import as_owner, user
from tests.rows import INES_CASE
from tests.web.test_matrix import heard, signed_in, text_of, undone

T = TypeVar("T")
TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|draft_token|ouverte|place)" value=|data-draft-token=)"[^"]+"|\b[2-9A-HJ-NP-Z]{8}\b'
    r"|\b[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{4}\b"
    r'|(?<="challenge": )"[^"]+"'
)
BY_CHANCE = {"Content-Length", "Expires", "Last-Modified"}
"""Of tokens, of the hour, of the second in which the last row of a colleague's feed was made: they hold its secret."""
SLIDES = re.compile('UPDATE "django_session"|SAVEPOINT|RELEASE')
"""A session that was used goes on: said once in a while, by the clock and not by who asks."""
STAYS = {"people_person", "people_job", "organisations_contact"}
"""What the service knows of an employee who never came, and the contact themselves."""
FOREIGN_KEYS = """select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
 where c.contype = 'f' and c.connamespace = 'public'::regnamespace"""


class Look(NamedTuple):
    """All that somebody can observe of one request, and what it set going."""

    status: int
    headers: Mapping[str, str]
    body: str
    statements: list[str]
    queued: list[Any]
    mails: list[Any]


def bare(text: str) -> str:
    """The text without what is drawn by chance: tokens, and the reference of a page."""
    return TOKENS.sub("", text)


def _rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', 'amarre_queue', true)" if "procrastinate" in statement else "select 1"
        )
        cursor.execute(statement, values)
        return cursor.fetchall()


def jobs() -> list[Any]:
    """Every job that waits: its name and arguments, but for keys drawn by chance."""
    known, found = _accounts_and_contacts(), []
    for name, args in _rows("select task_name, args from procrastinate_jobs order by id"):
        said = args if isinstance(args, dict) else json.loads(args)
        found.append((name, {k: v if v in known else type(v).__name__ for k, v in said.items()}))
    return found


def _accounts_and_contacts() -> set[int]:
    return {key for (key,) in _rows("select id from accounts_user union select id from organisations_contact")}


def notices() -> list[Any]:
    """Every notice: to whom (a digest, but for whoever just asked), what about, what became of it."""
    whom = "case kind when 'requester' then '' else recipient end"
    return _rows(f"select kind, says, key, {whom}, channel, skipped from core_notice order by at, id")


def mails() -> list[Any]:
    """The demo's mailbox, and what left for a real one."""
    kept = _rows("select * from accounts_mail order by id")
    return [[bare(str(column)) for column in row[1:]] for row in kept] + [
        (m.to, m.subject, bare(str(m.body))) for m in mail.outbox
    ]


def look(client: Client, path: str, sent: Mapping[str, Any] | None = None, **headers: str) -> Look:
    """Ask once, and undo it."""
    with undone():
        mail.outbox.clear()
        with heard() as statements:
            answer = client.get(path, headers=headers) if sent is None else client.post(path, sent, headers=headers)
        said = {name: bare(value) for name, value in answer.headers.items() if name not in BY_CHANCE}
        queued, sent_off = ([*jobs(), *notices()], mails()) if sent is not None else ([], [])
        asked = [sql for sql in statements if not SLIDES.match(sql)]
        return Look(answer.status_code, said, bare(text_of(answer)), asked, queued, sent_off)


def browser(code: str) -> Client:
    """Somebody's browser; the passer-by's has no account."""
    return signed_in(code)


def in_both(see: Callable[[], T], *, planted: bool = False) -> tuple[T, T]:
    """What is seen where she has a case, then where she never came. `planted` leaves Paul what he received of her."""
    with undone():
        if not planted:
            take_away_what_paul_received()
        came = see()
    with undone():
        never_came()
        never = see()
    return came, never


def take_away_what_paul_received() -> None:
    """Nothing about her is Paul's to read any more."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "create temp table taken on commit drop as select id from sharing_transmission"
            " where contact_id is not null and state = 'sent' and visible_until >= current_date"
        )
        cursor.execute("delete from sharing_answer where transmission_id in (select id from taken)")
        cursor.execute("delete from sharing_transmission where id in (select id from taken)")
        assert cursor.rowcount == 2
        cursor.execute("drop table taken")


def hers() -> dict[str, set[int]]:
    """Every row that hangs on Inès's case or on her space, by table: found from the foreign keys."""
    (case,) = _rows("select id from cases_case where number = %s", INES_CASE)
    found: dict[str, set[int]] = {"cases_case": {case[0]}, "accounts_user": {user("ines").pk}}
    keys, grew = _rows(FOREIGN_KEYS), True
    while grew:
        grew = False
        for table, column, target in keys:
            if table in STAYS or not found.get(target):
                continue
            rows = _rows(f'select id from {table} where "{column}" = any(%s)', list(found[target]))
            new = {row[0] for row in rows} - found.get(table, set())
            if new:
                found.setdefault(table, set()).update(new)
                grew = True
    return found


def never_came() -> None:
    """She never came: nothing hangs on her (foreign keys are looked at on commit, which never comes)."""
    gone = hers()
    with as_owner(), connection.cursor() as cursor:
        for table, ids in gone.items():
            cursor.execute(f"delete from {table} where id = any(%s)", [list(ids)])
            assert cursor.rowcount == len(ids), table


def differences(came: Any, never: Any) -> list[str]:
    """Where two looks, or two tables of looks, differ."""
    if isinstance(came, dict) and isinstance(never, dict):
        keys = [*dict.fromkeys([*came, *never])]
        return [f"{k}: {d}" for k in keys for d in differences(came.get(k), never.get(k))]
    if isinstance(came, Look) and isinstance(never, Look):
        pairs = zip(Look._fields, came, never, strict=True)
        return [f"{name}: {d}" for name, a, b in pairs for d in differences(a, b)]
    return [] if came == never else [_apart(str(came), str(never))]


def _apart(one: str, other: str) -> str:
    """The first place where two texts part."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 40) : at + 120]!r} / {other[max(0, at - 40) : at + 120]!r}"
