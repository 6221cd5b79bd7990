"""Grids: which are in use, those that the service wrote itself, and the answers of one filling.

Definitions are read by everybody signed in; fillings by the case's members and the person.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.plans.models_plan import PartOfPlan
from amarre.plans.policy_rows import FillingQuerySet, GridSwitchQuerySet, OwnGridQuerySet
from amarre.plans.states import FillingMode, Side


class GridSwitch(Walled):
    """Whether the social workers of this service may use a grid, when it is not as shipped."""

    code = models.CharField("grille", max_length=40, unique=True)
    enabled = models.BooleanField("proposée")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = GridSwitchQuerySet.as_manager()


class OwnGridState(models.TextChoices):
    """A version is written, then published for good, then perhaps withdrawn."""

    DRAFT = "draft", "En préparation"
    PUBLISHED = "published", "Publiée"
    WITHDRAWN = "withdrawn", "Retirée"


class OwnGrid(Walled):
    """One version of a grid that the service wrote itself; once published, its words never change."""

    code = models.CharField("code", max_length=40)
    version = models.PositiveSmallIntegerField("version")
    definition = models.JSONField("contenu")
    state = models.CharField(max_length=10, choices=OwnGridState.choices, default=OwnGridState.DRAFT)
    published_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = OwnGridQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plans_owngrid_version"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | ~Q(state="draft") & Q(published_at__isnull=False),
                name="plans_owngrid_published",
            ),
        ]


class Filling(PartOfPlan):
    """A grid that somebody fills or filled: raw answers, sealed; the score is computed each time it is read."""

    grid = models.CharField("grille", max_length=40)
    grid_version = models.CharField("version", max_length=20)
    side = models.CharField("point de vue", max_length=6, choices=Side.choices)
    mode = models.CharField("comment", max_length=8, choices=FillingMode.choices)
    answers = SealedTextField("réponses")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_on = models.DateField("terminée le", null=True)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")

    objects = FillingQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "id"]
        indexes = [models.Index(fields=["plan", "grid"], name="plans_filling_grid")]
