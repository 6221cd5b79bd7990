"""Who acts: one immutable value that every read and write names.

Read by every room and door. Must not know how somebody signed in, nor what an account table looks like.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Door(enum.StrEnum):
    """The door somebody came through; its value names the database role `amarre_<door>`."""

    PUBLIC = "public"
    STAFF = "staff"
    PERSON = "person"
    EMPLOYER = "employer"
    PARTNER = "partner"
    MACHINE = "machine"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, at a door, with roles; `centres` are the ids of the centres where they work.

    A passer-by has no `user_id` but a `token` (random, from a cookie) under which their own drafts are kept.
    `person_id` is the employee whose own space this is; a relative who was invited to a part has none.
    """

    door: Door
    user_id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    centres: frozenset[int] = frozenset()
    centre_names: tuple[str, ...] = ()
    token: str = ""
    person_id: int | None = None
    request_id: str = ""

    @property
    def key(self) -> str:
        """The value of the setting `amarre.actor` in PostgreSQL."""
        if self.user_id is not None:
            return f"user:{self.user_id}"
        return f"{self.door}:{self.token}" if self.token else str(self.door)

    @property
    def db_role(self) -> str:
        """The PostgreSQL role that bounds this actor's statements."""
        return f"amarre_{self.door}"

    @property
    def account_id(self) -> int:
        """The account's key. Raises `LookupError` for somebody who has none."""
        if self.user_id is None:
            raise LookupError("no account")
        return self.user_id

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


MACHINE = Actor(door=Door.MACHINE, name="Amarre")
