"""Who sees and writes accounts.

Read by `accounts.models`, its commands and the doors. Signing in itself happens before anybody is somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.accounts.models import Colleague, Posting, User


def may_administer(actor: Actor) -> bool:
    """Accounts are kept by the service admin, who reads no case."""
    return actor.door == Door.STAFF and actor.has("service_admin")


def may_change_account(actor: Actor, user: User) -> bool:
    """Nobody changes their own roles or state."""
    return may_administer(actor) and user.pk != actor.user_id


class UserManager(BaseUserManager["User"]):
    """Accounts, for signing in (before any scope) and for the service admin, who never reads a password."""

    def visible_to(self, actor: Actor) -> models.QuerySet[User]:
        """Every account for the service admin, none for anybody else: a colleague is a `Colleague`."""
        return self.defer("password") if may_administer(actor) else self.none()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class ColleagueQuerySet(models.QuerySet["Colleague"]):
    """Colleagues, by name; the service admin, who keeps accounts, sees those of other doors too."""

    def visible_to(self, actor: Actor) -> Self:
        if may_administer(actor):
            return self.all()
        return self.filter(kind="staff") if actor.door == Door.STAFF else self.none()

    def working_in(self, centre_ids: frozenset[int] | set[int]) -> Self:
        """Active colleagues posted in one of these centres."""
        return self.filter(is_active=True, pk__in=models.Subquery(_posted(centre_ids)))


def _posted(centre_ids: frozenset[int] | set[int]) -> models.QuerySet[Posting, int]:
    from amarre.accounts.models import Posting

    return Posting.objects.filter(centre_id__in=centre_ids).values_list("user_id", flat=True)


class PostingQuerySet(WalledQuerySet["Posting"]):
    """Who works where is no secret inside the service."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()
