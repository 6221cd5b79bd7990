"""The journal's two tables: entries, and the seals that chain them.

Read by the privacy officer. Must not know what the entries are about.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amarre.audit.policy import EntryQuerySet
from amarre.core.models import Keyed


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
