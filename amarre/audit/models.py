"""The journal's two tables: entries, and the seals that chain them.

Read by the privacy officer. Must not know what the entries are about.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amarre.audit.policy import DataRequestQuerySet, EntryQuerySet
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
