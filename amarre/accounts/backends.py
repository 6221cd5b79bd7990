"""Signing in by e-mail and password; an account that is disabled is nobody at the next request.

Read by Django's authentication. Must not know doors.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from amarre.accounts.models import User


class ActiveBackend(AuthenticationBackend):
    """allauth's backend, without its permission tables, and without inactive accounts."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Nobody is remembered: a disabled account with its right password is answered like a wrong one."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, and whether it has a second factor; nobody once it is disabled."""
        factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return User.objects.filter(pk=user_id, is_active=True).annotate(with_totp=Exists(factor)).first()
