"""What happens before anybody is somebody: links that choose a password, codes that let a person in, and the journal.

Read by the entry pages, allauth (`ResetToken`) and this room's jobs. Runs as the application itself, which may read
accounts and write a password or a date of sign-in, nothing more. Must not know HTTP.
A link is a keyed digest of the account as it stands: it dies when the password changes, when it is sent again, when
the account is disabled. Nothing is stored, and opening it changes nothing.
"""

from __future__ import annotations

import base64
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from amarre.accounts.models import Kind, Mail, User
from amarre.core import jobs, ledger
from amarre.core.actor import MACHINE
from amarre.core.ids import new_id
from amarre.core.scope import acting_as
from amarre.core.sealed import Ciphertext, keyring

INVITATION_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)


class ResetToken(PasswordResetTokenGenerator):
    """Two hours (`PASSWORD_RESET_TIMEOUT`), one use; none for an account that was disabled since, nor for a person."""

    key_salt = "amarre.accounts.reset"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.signed_out_at}"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether the link still chooses a password; a person's account has none to choose."""
        return user is not None and user.kind != Kind.PERSON and super().check_token(user, token)


def reset_url(user: User) -> str:
    """The link of « mot de passe oublié »."""
    key = {"uidb36": int_to_base36(user.pk), "key": ResetToken().make_token(user)}
    return settings.AMARRE_BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def invitation_url(user: User) -> str:
    """The link of the last invitation; works seven days, once."""
    key = {"uid": int_to_base36(user.pk), "key": _invitation_key(user)}
    return settings.AMARRE_BASE_URL + reverse("entry_invitation", kwargs=key)


def invited(uid: str, key: str) -> User | None:
    """Whom an invitation link lets in, if it still does. Changes nothing."""
    try:
        waiting = User.objects.filter(is_active=True, last_login=None).exclude(kind=Kind.PERSON)
        user = waiting.filter(pk=base36_to_int(uid)).first()
    except ValueError:
        return None
    if user is None or user.invited_at is None or timezone.now() - user.invited_at > INVITATION_LASTS:
        return None
    return user if constant_time_compare(key, _invitation_key(user)) else None


def accept_invitation(user: User, password: str) -> bool:
    """Give the account its password; False when somebody did so meanwhile."""
    unchanged = User.objects.filter(pk=user.pk, password=user.password, is_active=True)
    if not unchanged.update(password=make_password(password)):
        return False
    record(user, "account.accepted")
    return True


def record_failure(email: str) -> None:
    """A sign-in that was refused, written down alike whether or not there is such an account."""
    record(User.objects.filter(email=email).first(), "account.sign_in", "refused")


def active(user_id: int) -> User | None:
    """The account, unless it was disabled meanwhile."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def person_with(address: str) -> User | None:
    """Who may come in with a code sent to this address: the active account of a person, nobody else's."""
    return User.objects.filter(email=address.strip().lower(), kind=Kind.PERSON, is_active=True).first()


def active_person(user_id: int) -> User | None:
    """The account of a person, unless it was disabled meanwhile."""
    return User.objects.filter(pk=user_id, kind=Kind.PERSON, is_active=True).first()


def send_code(user: User | None, code: str) -> int:
    """Have a code sent, and say its number. Nobody's is sealed, kept and queued alike: the time tells nothing."""
    code_id = new_id()
    record(user, "account.code_asked", "done" if user else "refused")
    cache.set(_code_key(code_id), sealed_code(code, code_id), CODE_LASTS.total_seconds())
    jobs.enqueue("accounts.send_code", user_id=user.pk if user else 0, code_id=code_id)
    return code_id


def sealed_code(code: str, code_id: int) -> str:
    """A code as it may be kept for a few minutes: a copy of the database lets nobody in."""
    return base64.b64encode(keyring().seal(code, _code_key(code_id))).decode("ascii")


def opened_code(sealed: str, code_id: int) -> str:
    """The code again."""
    return keyring().unseal(Ciphertext(base64.b64decode(sealed)), _code_key(code_id))


def kept_code(code_id: int) -> str:
    """The code that waits to be sent; empty once it was, or when its time is over."""
    kept = cache.get(_code_key(code_id))
    return opened_code(str(kept), code_id) if kept else ""


def drop_code(code_id: int) -> None:
    """It left, or nobody is there to get it."""
    cache.delete(_code_key(code_id))


def demo_accounts(kind: str = Kind.STAFF) -> list[User]:
    """Who may sign in to the fictional service, told on its sign-in page; nobody anywhere else."""
    if settings.AMARRE_ENV != "demo":
        return []
    fictional = User.objects.filter(is_active=True, kind=kind, email__endswith="@demo.amarre.example")
    return list(fictional.order_by("id")[:12])


def demo_mails() -> list[Mail]:
    """The newest mails of the demo, which leave for nowhere."""
    return list(Mail.objects.all()[:50])


def record(user: User | None, verb: str, outcome: str = "done") -> None:
    """One line of the journal about signing in; without it, nobody comes in."""
    with acting_as(MACHINE):
        ledger.write(MACHINE, ledger.Line(verb=verb, outcome=outcome, subject=ledger.subject_of(user)))


def _code_key(code_id: int) -> str:
    return f"accounts.code:{code_id}"


def _invitation_key(user: User) -> str:
    state = f"{user.pk}|{user.password}|{user.invited_at}|{user.signed_out_at}"
    return salted_hmac("amarre.accounts.invitation", state, algorithm="sha256").hexdigest()
