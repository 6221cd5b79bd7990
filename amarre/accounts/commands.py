"""Every write about accounts, by the service admin; never about oneself, so that one person always remains.

Read by the staff door. Choosing one's own password is not here: it is part of signing in (`entrance`).
Must not know HTTP, nor any case.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.utils import timezone

from amarre.accounts import policy, roles
from amarre.accounts.models import Kind, Posting, User
from amarre.core import jobs
from amarre.core.actor import Actor
from amarre.core.commands import NotAllowed, Refused, command
from amarre.organisations.models import Centre

_LOCK = 7_203_116
AT_A_CENTRE = frozenset({"social_worker", "secretary", "coordinator"})
"""Roles that see what a centre receives: without a centre they would see nothing."""


@command("account.invite", allowed=policy.may_administer)
def invite_user(
    *,
    actor: Actor,
    email: str,
    name: str,
    user_roles: Collection[str],
    centres: Collection[Centre] = (),
    kind: str = Kind.STAFF,
) -> User:
    """Make an account and send its link; the person chooses the password, nobody else ever knows it.

    Accounts of other doors (a regular partner's) hold no role and work in no centre.
    """
    address = email.strip().lower()
    if User.objects.visible_to(actor).filter(email=address).exists():
        raise Refused("Un compte porte déjà cette adresse. S’il est désactivé, réactivez-le.")
    if kind == Kind.STAFF:
        _check(user_roles, centres)
    elif user_roles or centres or kind == Kind.PERSON:
        raise Refused("Seuls les comptes du service ont un rôle et un centre.")
    user = User(email=address, name=_said(name), kind=kind, roles=sorted(set(user_roles)), invited_at=timezone.now())
    user.set_unusable_password()
    user.save()
    _post(user, centres)
    jobs.enqueue("accounts.send_invitation", user_id=user.pk)
    return user


@command("account.resend", allowed=policy.may_change_account)
def resend_invitation(*, actor: Actor, user: User) -> User:
    """A new link for seven days; the one before no longer works."""
    if user.last_login is not None:
        raise Refused("Cette personne s’est déjà connectée. «\u202fMot de passe oublié\u202f» lui donnera un lien.")
    if not user.is_active:
        raise Refused("Ce compte est désactivé. Réactivez-le d’abord.")
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    jobs.enqueue("accounts.send_invitation", user_id=user.pk)
    return user


@command("account.rename", allowed=policy.may_change_account)
def rename_user(*, actor: Actor, user: User, name: str) -> User:
    """Correct the name that colleagues read."""
    user.name = _said(name)
    user.save(update_fields=["name"])
    return user


@command("account.change_roles", allowed=policy.may_change_account)
def change_roles(*, actor: Actor, user: User, user_roles: Collection[str]) -> User:
    """What somebody may do, from their next page on."""
    _still_admin(actor)
    if user.kind != Kind.STAFF:
        raise Refused("Seuls les comptes du service ont un rôle.")
    _check(user_roles, Posting.objects.visible_to(actor).filter(user=user))
    user.roles = sorted(set(user_roles))
    user.save(update_fields=["roles"])
    return user


@command("account.change_postings", allowed=policy.may_change_account)
def change_postings(*, actor: Actor, user: User, centres: Collection[Centre]) -> User:
    """Where somebody works, from their next page on."""
    _check(user.roles, centres)
    Posting.objects.visible_to(actor).filter(user=user).delete()
    _post(user, centres)
    return user


@command("account.disable", allowed=policy.may_change_account)
def disable_user(*, actor: Actor, user: User) -> User:
    """Nobody signs in with this account any more, and its open sessions end at their next page."""
    _still_admin(actor)
    if not user.is_active:
        raise Refused("Ce compte est déjà désactivé.")
    user.is_active, user.disabled_at, user.signed_out_at = False, timezone.now(), timezone.now()
    user.save(update_fields=["is_active", "disabled_at", "signed_out_at"])
    return user


@command("account.enable", allowed=policy.may_change_account)
def enable_user(*, actor: Actor, user: User) -> User:
    """The account signs in again, with its password; sessions from before stay ended."""
    if user.is_active:
        raise Refused("Ce compte est déjà actif.")
    user.is_active, user.disabled_at = True, None
    user.save(update_fields=["is_active", "disabled_at"])
    return user


@command("account.remove_second_factor", allowed=policy.may_change_account)
def remove_second_factor(*, actor: Actor, user: User) -> User:
    """A telephone and its spare codes are lost: sessions end, and the next sign-in sets a second factor up again."""
    _still_admin(actor)
    user.signed_out_at = timezone.now()
    user.save(update_fields=["signed_out_at"])
    with connection.cursor() as cursor:
        cursor.execute("select remove_second_factor(%s)", [user.pk])
    jobs.enqueue("accounts.tell_change", user_id=user.pk)
    return user


def _still_admin(actor: Actor) -> None:
    """Two service admins who take each other's place at the same moment would leave nobody: one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    admins = User.objects.visible_to(actor).filter(is_active=True, roles__contains=["service_admin"])
    if actor.user_id not in admins.values_list("pk", flat=True):
        raise NotAllowed("account: no longer a service admin")


def _check(user_roles: Collection[str], centres: Collection[object]) -> None:
    if not user_roles or not roles.STAFF_ROLES.issuperset(user_roles):
        raise Refused("Choisissez au moins un rôle.")
    if AT_A_CENTRE.intersection(user_roles) and not centres:
        raise Refused("Avec ce rôle, il faut au moins un centre\u202f: sans lui, cette personne ne verrait rien.")


def _said(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise Refused("Donnez le nom de cette personne.")
    return said


def _post(user: User, centres: Collection[Centre]) -> None:
    Posting.objects.bulk_create([Posting(user=user, centre=centre) for centre in centres])
