"""The forms of signing in, in the words of the house.

Read by allauth (`ACCOUNT_FORMS`, `MFA_FORMS`) and by `entry.views`. Must not know rooms other than `accounts`.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError

from amarre.accounts.models import User

_REPLAY_SECONDS = 120
_ADVICE = "12 caractères au moins. Une phrase entière est plus sûre qu’un mot compliqué, et se retient mieux."
_WORDS: dict[str, tuple[str, str]] = {
    "login": ("Adresse électronique", ""),
    "email": ("Adresse électronique", ""),
    "password": ("Mot de passe", ""),
    "oldpassword": ("Mot de passe actuel", ""),
    "password1": ("Nouveau mot de passe", _ADVICE),
    "password2": ("Le même, une seconde fois", ""),
    "code": ("Code", ""),
}


def _plain(form: forms.Form) -> None:
    """Labels and hints of ours, no placeholder, and what telephones and password managers need."""
    for name, field in form.fields.items():
        field.label, field.help_text = _WORDS[name]
        field.widget.attrs.pop("placeholder", None)
        if name in {"login", "email"}:
            field.widget.attrs["autocomplete"] = "username"
        if name == "code":
            field.widget.attrs.update({"inputmode": "numeric", "class": "short"})


class LoginForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password, and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordForm(account.ResetPasswordForm):
    """The address that will get a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    """Twice the new password, after the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class AuthenticateForm(mfa.AuthenticateForm):
    """The second factor; a code serves once, as long as any clock would accept it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)

    def clean_code(self) -> str:
        """Refuse a code that was accepted before (the library forgets it one step too early)."""
        code = str(super().clean_code())
        digits = "".join(c for c in code if c.isalnum())
        if not cache.add(f"amarre.second_factor:{self.user.pk}:{digits}", "used", timeout=_REPLAY_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorAgainForm(mfa.ReauthenticateForm):
    """The second factor again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ActivateTotpForm(totp.ActivateTOTPForm):
    """The first code that the application shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class InvitationForm(forms.Form):
    """The password that somebody who was invited chooses."""

    password1 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password2 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        _plain(self)

    def clean_password1(self) -> str:
        """As strong as any password of the house."""
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        given = super().clean() or {}
        if given.get("password1") and given.get("password1") != given.get("password2"):
            self.add_error("password2", ValidationError("Vous devez saisir deux fois le même mot de passe."))
        return given
