"""Signing in by e-mail and password; an account that is disabled is nobody at the next request.

A person has no password: outside production, the invented ones of the demo have one.

Read by Django's authentication. Must not know doors.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from amarre.accounts.models import Kind, User


class ActiveBackend(AuthenticationBackend):
    """allauth's backend, without its permission tables, and without inactive accounts."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Nobody is remembered: a disabled account with its right password is answered like a wrong one."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether a right password opens: never a person's account in production, even if one were set."""
        by_password = user.kind != Kind.PERSON or settings.AMARRE_ENV != "production"
        return by_password and bool(super().user_can_authenticate(user))

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, and whether it has a second factor; nobody once it is disabled."""
        factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return User.objects.filter(pk=user_id, is_active=True).annotate(with_totp=Exists(factor)).first()
