"""The cast of the tests: everybody of the demo's cast, and the rows that each case of the house needs.

Claire leads Inès's case, on which Bruno helps and Zoé learns; Nadia is the busy neighbour, with Yanis's case and a
request of her own; Théo works elsewhere. Loaded once, into the template database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection, transaction

from amarre.accounts.models import User
from amarre.appointments import links as rdv
from amarre.config.demo.cast import CAST, make_cast
from amarre.core.actor import MACHINE, Actor, Door
from amarre.people.queries import account_person
from amarre.sharing import links
from tests.rows import load_rows
from tests.rows_appointments import GROUP_RDV_ID, OLD_RDV_ID, RDV_ID
from tests.rows_sharing import CODE, SECRET

PASSWORD = "amarre-demo"
STAFF = tuple(p.code for p in CAST if p.kind == "staff" and p.active)
PASSER_BY = Actor(door=Door.PUBLIC, token="0" * 32)
BY_LINK = Actor(door=Door.PARTNER, token=links.digest(SECRET))
BY_CODE = Actor(door=Door.PARTNER, token=links.digest(SECRET, CODE))
BY_OLD_LINK = Actor(door=Door.PARTNER, token=links.digest("lien-fini"))
BY_RDV = Actor(door=Door.PUBLIC, token=rdv.digest(rdv.secret_of(RDV_ID)))
BY_OLD_RDV = Actor(door=Door.PUBLIC, token=rdv.digest(rdv.secret_of(OLD_RDV_ID)))
BY_GROUP = Actor(door=Door.PUBLIC, token=rdv.digest(rdv.secret_of(GROUP_RDV_ID)))
NAMELESS = {
    "passer_by": PASSER_BY, "by_rdv": BY_RDV, "by_old_rdv": BY_OLD_RDV, "by_group": BY_GROUP, "by_link": BY_LINK,
    "by_code": BY_CODE, "by_old_link": BY_OLD_LINK, "machine": MACHINE,
}  # fmt: skip


def load() -> None:
    """Make everybody, and the rows that each may or may not see."""
    load_rows(make_cast(PASSWORD))


@contextmanager
def as_owner() -> Iterator[None]:
    """Past every wall, as a migration is; the role that was held comes back on exit."""
    if not connection.in_atomic_block:
        with transaction.atomic(), as_owner():
            yield
        return
    held = _take_role("amarre_owner")
    if held == "amarre_owner":
        yield
        return
    try:
        with transaction.atomic():
            yield
    finally:
        _take_role(held)


def _take_role(role: str) -> str:
    """Take a role for the rest of the transaction; the one that was held."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), set_config('role', %s, true)", [role])
        return str(cursor.fetchone()[0])


def user(code: str) -> User:
    """The account of somebody of the cast, whatever role is held."""
    with as_owner():
        return User.objects.get(email=f"{code}@demo.amarre.example")


def actor(code: str) -> Actor:
    """The actor of somebody of the cast; `passer_by` has no account, nor has who holds a link (and its code)."""
    if code in NAMELESS:
        return NAMELESS[code]
    with as_owner():
        account = user(code)
        return replace(account.actor("TEST"), person_id=account_person(account.pk))
