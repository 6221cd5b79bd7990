"""Signing in by e-mail and password; an account that is disabled is nobody at the next request.

Read by Django's authentication. Must not know doors.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from amarre.accounts.models import User


class ActiveBackend(AuthenticationBackend):
    """allauth's backend, without its permission tables, and without inactive accounts."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Nobody is remembered: a disabled account with its right password is answered like a wrong one."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, or nobody once it is disabled."""
        return User.objects.filter(pk=user_id, is_active=True).first()
