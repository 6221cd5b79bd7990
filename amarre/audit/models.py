"""The journal: entries, the seals that chain them; requests about one's data; the watch over mass reading.

Read by the privacy officer. Must not know what the entries are about.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amarre.audit.policy import AlarmQuerySet, DataRequestQuerySet, EntryQuerySet
from amarre.core.models import Keyed, Walled
from amarre.core.sealed import SealedTextField


class Entry(Keyed):
    """One line: who, at which door, did or read what, about whom. Never a value.

    `person_id` and `case_id` are plain numbers, not foreign keys: a line outlives what it is about.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)
    door = models.CharField(max_length=12)
    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=12)
    subject = models.CharField(max_length=80, blank=True)
    person_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    reason = models.CharField(max_length=40, blank=True)
    count = models.IntegerField(null=True)
    request_id = models.CharField(max_length=32, blank=True)
    seal = models.ForeignKey("audit.Seal", null=True, on_delete=models.PROTECT, related_name="entries")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["done", "read", "refused", "missing"]), name="audit_entry_outcome"
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "-id"], name="audit_entry_person"),
            models.Index(fields=["case_id", "-id"], name="audit_entry_case"),
            models.Index(fields=["user_id", "-id"], name="audit_entry_user"),
            models.Index(fields=["id"], condition=Q(seal__isnull=True), name="audit_entry_unsealed"),
        ]


class Seal(models.Model):
    """One link of the chain: a keyed digest over a batch of entries and over the link before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    entry_count = models.IntegerField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["number"]


class DataRequestKind(models.TextChoices):
    """What somebody asks about their data (GDPR, articles 15 and 16)."""

    ACCESS = "access", "Voir mes données"
    CORRECTION = "correction", "Corriger quelque chose"


class DataRequest(Walled):
    """A request about one's data: due within a month; answered by the privacy officer.

    `person_id` is a plain number, as in the journal: this room knows no employee.
    """

    person_id = models.BigIntegerField()
    name = models.CharField("nom", max_length=160)
    kind = models.CharField("demande", max_length=12, choices=DataRequestKind.choices)
    words = SealedTextField("ce qui est demandé", blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField("réponse au plus tard le")
    answer = SealedTextField("réponse", null=True, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="audit_datarequest_answered",
            )
        ]


class Glance(Keyed):
    """Something that an account read outside its own work, at its last first time: kept a little over an hour.

    Written by the database alone (`walls_watch.sql`), in the statement that writes the line; read by nobody.
    """

    user_id = models.BigIntegerField()
    subject = models.CharField(max_length=90)
    listed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "subject"], name="audit_glance_once")]
        indexes = [models.Index(fields=["user_id", "at"], name="audit_glance_hour")]


class Habit(Keyed):
    """An account's busiest hour of a day, as a number: what is usual for it. Written by the database alone."""

    user_id = models.BigIntegerField()
    day = models.DateField()
    busiest = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "day"], name="audit_habit_once")]


class AlarmKind(models.TextChoices):
    """What an alarm does."""

    ALERT = "alert", "alerte"
    STOP = "stop", "consultations suspendues"


class AlarmState(models.TextChoices):
    """Where an alarm stands; a stop stays until somebody lifts it."""

    OPEN = "open", "à examiner"
    SEEN = "seen", "examinée"
    LIFTED = "lifted", "arrêt levé"


class Alarm(Walled):
    """An account read much outside its own work: who, when, how many; never what.

    Raised by the database, in the transaction of the reading; looked into, and a stop lifted, by commands.
    """

    user_id = models.BigIntegerField()
    door = models.CharField(max_length=12)
    centres = ArrayField(models.BigIntegerField(), default=list)
    kind = models.CharField(max_length=8, choices=AlarmKind.choices)
    listed = models.BooleanField(default=False)
    count = models.IntegerField()
    bound = models.IntegerField()
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=AlarmState.choices, default=AlarmState.OPEN)
    seen_by = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)
    reason = SealedTextField("motif", null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user_id"], condition=Q(kind="stop", lifted_at=None), name="audit_alarm_one_stop"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, reason__isnull=False, kind="stop"),
                name="audit_alarm_lifted",
            ),
        ]
        indexes = [models.Index(fields=["user_id", "kind", "lifted_at"], name="audit_alarm_user")]

    @property
    def is_stop(self) -> bool:
        """Whether the account is, or was, stopped."""
        return self.kind == AlarmKind.STOP

    @property
    def holds(self) -> bool:
        """Whether it stops the account now."""
        return self.is_stop and self.lifted_at is None
