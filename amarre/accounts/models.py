"""Accounts: who signs in, with which roles, in which centres.

Read by the service admin; a colleague reads name and role (`Colleague`, which has no password to leak).
An account knows no employee: what links it to one belongs to other rooms.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from amarre.accounts import roles
from amarre.accounts.policy import ColleagueQuerySet, PostingQuerySet, UserManager
from amarre.core.actor import Actor, Door
from amarre.core.ids import new_id
from amarre.core.models import Walled


class Kind(models.TextChoices):
    """Which door an account opens."""

    STAFF = "staff", "service"
    PERSON = "person", "salarié(e)"
    EMPLOYER = "employer", "employeur"
    PARTNER = "partner", "partenaire"


class User(AbstractBaseUser):
    """An account. Signing in writes it outside commands (password, last sign-in): it is entry, not a case."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom affiché", max_length=120)
    kind = models.CharField("porte", max_length=10, choices=Kind.choices, default=Kind.STAFF)
    roles = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name="rôles")
    is_active = models.BooleanField("actif", default=True)
    invited_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    signed_out_at = models.DateTimeField(null=True, help_text="sessions and links made before are void")
    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=sorted(roles.STAFF_ROLES)), name="accounts_user_roles"
            ),
            models.CheckConstraint(condition=Q(kind="staff") | Q(roles=[]), name="accounts_user_roles_are_staff"),
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at=None) | Q(is_active=False),
                name="accounts_user_disabled",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_second_factor(self) -> bool:
        """Said by `accounts.backends` of the account of a session, in the statement that reads it."""
        return bool(self.__dict__.get("with_totp", False))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bound to the password, as Django does, and to the last time every session was ended."""
        value = f"{self.password}|{self.signed_out_at}"
        return salted_hmac("amarre.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def actor(self, request_id: str = "") -> Actor:
        """Who this account is at its door, read afresh at each request; disabled, it holds no role."""
        rows = Posting.objects.filter(user_id=self.pk).order_by("centre__name")
        centres = dict(rows.values_list("centre_id", "centre__name"))
        return Actor(
            door=Door(self.kind),
            user_id=self.pk,
            name=self.name,
            roles=frozenset(self.roles) if self.is_active else frozenset(),
            centres=frozenset(centres),
            centre_names=tuple(centres.values()),
            request_id=request_id,
        )


class Colleague(models.Model):
    """An account as its colleagues see it: the same row, without password or dates."""

    id = models.BigIntegerField(primary_key=True)
    email = models.EmailField("adresse électronique")
    name = models.CharField("nom", max_length=120)
    kind = models.CharField(max_length=10)
    roles = ArrayField(models.CharField(max_length=20))
    is_active = models.BooleanField()

    objects = ColleagueQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "accounts_user"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Posting(Walled):
    """Where somebody works; a person may work in several centres."""

    user = models.ForeignKey(User, models.CASCADE, related_name="postings")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="postings")

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "centre"], name="accounts_posting_once")]


class Mail(models.Model):
    """A mail or an SMS of the demo, shown on the mailbox page instead of being sent."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sms_key = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sms_key"], condition=~models.Q(sms_key=""), name="accounts_mail_once_by_key"
            )
        ]
