"""What the health team and the social service share about nobody: questions without identity, fact sheets.

A question is read by whoever asked and whoever was asked; a sheet by its audience. Neither knows a person or a case.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.sharing.policy_health import FactSheetQuerySet, QuestionQuerySet
from amarre.sharing.states_health import Audience


class Question(Walled):
    """A question between colleagues that names nobody: to one of them, or to the social service of a centre."""

    asked_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    to = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, null=True, related_name="+")
    text = SealedTextField("question")
    asked_at = models.DateTimeField()
    answer = SealedTextField("réponse", null=True)
    answered_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["to"], name="sharing_question_to"),
            models.Index(fields=["centre"], name="sharing_question_centre"),
            models.Index(fields=["asked_by"], name="sharing_question_asked_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to=None, centre__isnull=False) | Q(to__isnull=False, centre=None),
                name="sharing_question_to_one",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="sharing_question_answered",
            ),
        ]


class FactSheet(Walled):
    """A page that the service shares, about nobody: a right, a step, whom to turn to."""

    title = models.CharField("titre", max_length=120)
    body = models.TextField("texte")
    audience = models.CharField("qui la lit", max_length=12, choices=Audience.choices)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    published_on = models.DateField("publiée", null=True)
    reviewed_on = models.DateField("relue")

    objects = FactSheetQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
