"""How signing in behaves: no self sign-up, one answer for every failure, mail through the queue.

Read by allauth. Must not know rooms other than `accounts`.
"""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from amarre.accounts import entrance
from amarre.accounts.models import Kind, User
from amarre.core import jobs
from amarre.core.sealed import Ciphertext, keyring

_SECRET_PLACE = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse ou le mot de passe ne convient pas.",
        "too_many_login_attempts": "Il y a eu trop d’essais. Attendez cinq minutes, puis recommencez.",
        "rate_limited": "Il y a eu trop d’essais. Attendez cinq minutes, puis recommencez.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "invalid_password_reset": "Ce lien ne fonctionne plus.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """The password alone: signing in may write no other column."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Like any failure: that an account was disabled is told to nobody."""
        return HttpResponseRedirect(reverse("space_sign_in" if _is_person(user) else "account_login"))

    def get_login_stages(self) -> list[str]:
        """The library's, but for the code, which has its page in the space and holds nobody there."""
        ours = {"allauth.account.stages.LoginByCodeStage": "amarre.web.ui.entry.codes.CodeStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to what the account opens, where the change was asked."""
        return reverse("entry_access")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in counts as confirming, for a few minutes: with the second factor, for who has one."""
        user, limit = self.request.user, time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        strong = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        records = get_authentication_records(self.request, user)
        fresh = (r for r in records if r["at"] > limit and (r["method"] == "mfa" or not strong))
        return next(fresh, None) is None and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it; the password alone would let a stolen one undo it."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Written down, whether or not there is such an account: neither the page nor its time tells."""
        entrance.record_failure(str(credentials.get("email", "")))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session, and write it down."""
        super().login(request, user)
        entrance.record(_account(user), "account.sign_in")

    def logout(self, request: HttpRequest) -> None:
        """Close the session, and write it down."""
        user = _account(request.user)
        super().logout(request)
        if user:
            entrance.record(user, "account.sign_out")

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Queued: the page answers as fast for an account as for an address that we do not know. Not for a person."""
        if not _is_person(user):
            jobs.enqueue("accounts.send_reset", user_id=int(user.pk))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:  # fmt: skip
        """One neutral mail for every change of password or second factor."""
        if account := _account(user):
            entrance.record(account, "account." + template_prefix.rpartition("/")[2])
            jobs.enqueue("accounts.tell_change", user_id=account.pk)


def _account(user: object) -> User | None:
    return user if isinstance(user, User) else None


def _is_person(user: object) -> bool:
    return isinstance(user, User) and user.kind == Kind.PERSON


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie sealed in the database; a copy of it opens no door.

    What a telephone shows of a person's passkey says « Mon espace », and names neither the service nor anybody.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code ne convient pas. Attendez que l’application en montre un nouveau.",
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Passkeys are a person's comfort, never a second factor: whoever lost the telephone comes in by a code."""
        return not _is_person(user) and bool(super().is_mfa_enabled(user, types))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for the key."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Mon espace"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """Whose key it is: the address tells two accounts on one telephone apart."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": "Mon espace"}

    def encrypt(self, text: str) -> str:
        """Seal one secret."""
        return base64.b64encode(keyring().seal(text, _SECRET_PLACE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open one secret."""
        return keyring().unseal(Ciphertext(base64.b64decode(encrypted_text)), _SECRET_PLACE)
