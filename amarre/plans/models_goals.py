"""Needs, goals with their indicators, the progress that each side sees, comments and actions.

Read by the case's members and by the person; by a relative whom the person invited to this part.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amarre.core.sealed import SealedTextField
from amarre.plans.models_plan import PartOfPlan
from amarre.plans.policy_rows import (
    ActionQuerySet,
    CommentQuerySet,
    GoalQuerySet,
    NeedQuerySet,
    ProgressQuerySet,
)
from amarre.plans.states import ActionState, GoalState, Owner, Side


class Need(PartOfPlan):
    """What is needed, in the person's words when there are any."""

    title = SealedTextField("besoin")
    problem = models.CharField("problème", max_length=40, blank=True)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]


class Goal(PartOfPlan):
    """What one wants to reach: an indicator that both chose, where one starts, where one goes, until when."""

    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="+")
    title = SealedTextField("objectif")
    indicator = SealedTextField("ce qui montrera que ça avance", null=True, blank=True)
    baseline = SealedTextField("où on en est", null=True, blank=True)
    target = SealedTextField("où on veut arriver", null=True, blank=True)
    due_on = models.DateField("pour le", null=True)
    owner = models.CharField("à qui", max_length=6, choices=Owner.choices, default=Owner.BOTH)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.PROPOSED)
    proposed_by = models.CharField("proposé par", max_length=6, choices=Side.choices)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_on = models.DateField("réglé le", null=True)
    version = models.PositiveIntegerField(default=1)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["plan", "state"], name="plans_goal_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "under_way"], settled_on=None)
                | Q(state__in=["reached", "partly", "abandoned", "declined"], settled_on__isnull=False),
                name="plans_goal_settled",
            )
        ]


class Progress(PartOfPlan):
    """How it goes, from −2 to +2, as one of the two sees it on a day."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    side = models.CharField("vu par", max_length=6, choices=Side.choices)
    value = models.SmallIntegerField("de −2 à +2")
    words = SealedTextField("en quelques mots", null=True, blank=True)
    on = models.DateField("le")
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=-2, value__lte=2), name="plans_progress_value"),
        ]


class Comment(PartOfPlan):
    """What somebody says of a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    words = SealedTextField("commentaire")
    at = models.DateTimeField()
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]


class Action(PartOfPlan):
    """Who does what, by when; done, or why not."""

    goal = models.ForeignKey(Goal, models.CASCADE, null=True, related_name="+")
    what = SealedTextField("quoi")
    owner = models.CharField("qui", max_length=6, choices=Owner.choices)
    third = SealedTextField("qui d’autre", null=True, blank=True)
    due_on = models.DateField("pour le", null=True)
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    settled_on = models.DateField("réglé le", null=True)
    settled_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    why_not = SealedTextField("pourquoi pas", null=True, blank=True)
    proposed_by = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["plan", "due_on"], condition=Q(state="open"), name="plans_action_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None) | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="plans_action_settled",
            )
        ]
