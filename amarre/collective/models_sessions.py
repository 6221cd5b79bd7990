"""Sessions, who leads them, who holds a place, who signed in.

Read by staff; the names on a list by social workers, secretaries and coordinators alone. No row points to a person: a
place is held under a first name, and both lists are destroyed (`tasks.py`).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from amarre.collective.policy import AnimatorQuerySet, AttendanceQuerySet, SeatQuerySet, SessionQuerySet
from amarre.collective.states import SeatState, SessionState, Signature
from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField


class Session(Walled):
    """One meeting of an action. `head_count` stays inside; `shown_count` is what the employer may read of it.

    `sequence` counts how often its moment changed, `changed_at` is when it last did, or when it was called off.
    """

    action = models.ForeignKey("collective.Action", models.PROTECT, related_name="+")
    day = models.DateField("jour")
    starts = models.TimeField("début")
    ends = models.TimeField("fin")
    place = models.CharField("lieu", max_length=200, blank=True)
    link = models.URLField("lien de la réunion à distance", max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField("places", null=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, verbose_name="langues")
    state = models.CharField("état", max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    sign_up = models.BooleanField("inscription proposée", default=False)
    code = models.CharField(max_length=16, unique=True)
    appointment = models.OneToOneField(
        "appointments.Appointment", models.PROTECT, null=True, related_name="+", verbose_name="temps de l’équipe"
    )
    head_count = models.PositiveSmallIntegerField("personnes présentes", null=True)
    shown_count = models.PositiveSmallIntegerField("personnes présentes, dites à l’employeur", null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts", "id"]
        indexes = [models.Index(fields=["day"], name="collective_session_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="collective_session_hours"),
            models.CheckConstraint(
                condition=Q(sign_up=False) | Q(capacity__isnull=False), name="collective_session_seats"
            ),
        ]

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come, or to be counted."""
        return self.state == SessionState.PLANNED


class Animator(Walled):
    """A colleague who leads a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = AnimatorQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="collective_animator_once")]


class Seat(Walled):
    """A place, taken by a link: a first name or another name, and how to be reached if one wishes.

    `made_at` is the database's own clock, read while it holds the session: who came first waits first.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    name = SealedTextField("prénom ou pseudonyme")
    email = SealedTextField("adresse électronique", null=True)
    phone = SealedTextField("téléphone", null=True)
    state = models.CharField(max_length=8, choices=SeatState.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["session", "state"], name="collective_seat_session")]


class Attendance(Walled):
    """A line of a training's sign-in sheet, for the certificate."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    name = SealedTextField("prénom et nom")
    signature = models.CharField("signature", max_length=6, choices=Signature.choices)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
