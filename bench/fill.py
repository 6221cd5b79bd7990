"""Fills the database of the measures: migrations, walls, keys, a synthetic service, and the bare page's table.

Run in a process of its own, as the owner, so that the process that is measured never held the whole service.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from amarre.config.demo.size import Size

PASSWORD = "amarre-bench"
_JOURNAL = 20
"""Lines of the journal for each case."""


def size_of(cases: int) -> Size:
    """A service of that many cases over ten years; Claire leads 90 active ones, Nadia 10, the others 60."""
    from amarre.config.demo.size import Size

    share = min(1.0, cases / 2_000)
    return Size(
        companies=max(20, cases // 2),
        establishments=max(40, cases * 9 // 10),
        people=max(1_000, cases * 5),
        cases=cases,
        years=10,
        open_each=round(60 * share),
        handled=cases // 16,
        reopened=cases // 50,
        anonymous=cases // 60,
        open_cases={"claire": round(90 * share), "nadia": round(10 * share), "zoe": 0, "max": 0},
        open_copies=4,
    )


def main(cases: int) -> None:
    """Make everything."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction

    from amarre.config.demo.service import make_service
    from amarre.core import commands, walls
    from amarre.core.sealed import Keyring

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    walls.apply(connection)
    Keyring({}, "").with_new_key().save(Path(settings.AMARRE_KEYRING))
    with transaction.atomic(), commands.loading():
        make_service(size_of(cases), PASSWORD)
    with connection.cursor() as cursor:
        cursor.execute(_BARE)
        cursor.execute(_LINES, [cases * _JOURNAL])
        cursor.execute("analyze")
    print(f"{cases} cases laid in {time.monotonic() - began:.0f} s", file=sys.stderr)


_BARE = """
create table bench_row (id bigint primary key, name text, place text, state text, on_day date);
insert into bench_row select n, 'Nom ' || n, 'Commune ' || n % 40, 'Suivi en cours', date '2026-01-01' + n % 300
  from generate_series(1, 10000) n;
grant select on bench_row to amarre_app;
"""

_LINES = """
insert into audit_entry (id, at, actor, user_id, door, verb, outcome, subject, case_id, fields, reason, request_id)
select n, now() - make_interval(secs => 400000000 / n), 'user:1', 1, 'staff', 'case.read', 'read', 'cases_case:' || n,
  n, '{}', '', ''
from generate_series(1, %s) n
"""

if __name__ == "__main__":
    main(int(sys.argv[1]))
