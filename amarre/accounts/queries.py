"""What the screens of this room ask: accounts with their centres, and whether there is a second factor.

Read by the staff door. Must not know any employee, any case.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from amarre.accounts import roles
from amarre.accounts.models import Posting, User
from amarre.core.actor import Actor
from amarre.core.text import fold

STATES = {"active": "actif", "invited": "invitation envoyée", "disabled": "désactivé"}


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the service admin sees it."""

    user: User
    centres: tuple[str, ...]

    @property
    def role_words(self) -> str:
        """The roles, in words."""
        return roles.labels(self.user.roles)

    @property
    def state(self) -> str:
        """One of `STATES`."""
        return state_of(self.user)


def state_of(user: User) -> str:
    """Whether somebody may sign in, has yet to accept, or may no more."""
    if not user.is_active:
        return "disabled"
    return "invited" if user.invited_at and not user.last_login else "active"


def accounts(actor: Actor, *, words: str = "", state: str = "") -> list[Account]:
    """Accounts by name; `words` are looked for in names and addresses."""
    rows = User.objects.visible_to(actor).filter(kind="staff")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if state == "disabled":
        rows = rows.filter(is_active=False)
    elif state:
        waiting = Q(invited_at__isnull=False, last_login__isnull=True)
        rows = rows.filter(waiting if state == "invited" else ~waiting, is_active=True)
    found = sorted(rows, key=lambda user: fold(user.name))
    centres = _centres(actor, [user.pk for user in found])
    return [Account(user, tuple(centres.get(user.pk, ()))) for user in found]


def has_second_factor(user_id: int) -> bool:
    """Whether an account has a second factor: one's own, or anybody's for the service admin; else « no »."""
    with connection.cursor() as cursor:
        cursor.execute("select second_factor_of(%s)", [user_id])
        return bool(cursor.fetchone()[0])


def _centres(actor: Actor, user_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Posting.objects.visible_to(actor).filter(user_id__in=user_ids).order_by("centre__name")
    for user_id, name in rows.values_list("user_id", "centre__name"):
        found.setdefault(user_id, []).append(name)
    return found
