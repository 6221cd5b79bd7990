"""The plan and what frames it: frozen versions, reviews, those whom the person invited.

Read by the case's members and by the person. The other tables of the room are in the `models_…` beside.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.plans.policy_rows import CompanionQuerySet, PlanQuerySet, ReviewQuerySet, VersionQuerySet
from amarre.plans.states import (
    AnsweredBy,
    AnswerMode,
    CompanionKind,
    HandedHow,
    Regime,
    ReviewKind,
    Side,
    VersionState,
)


class Plan(Walled):
    """What the person and their social worker build together, one per case; it dies with the case."""

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    rhythm_weeks = models.PositiveSmallIntegerField("un contact toutes les … semaines", null=True)
    rhythm_until = models.DateField("rythme resserré jusqu’au", null=True)
    rhythm_reason = SealedTextField("pourquoi ce rythme", null=True, blank=True)
    review_on = models.DateField("prochain point le", null=True)
    regime = models.CharField("mesure de protection", max_length=16, choices=Regime.choices, blank=True)
    protector = models.CharField("qui assiste ou représente", max_length=160, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="plans_plan_person")]


class PartOfPlan(Walled):
    """A row of a plan: whom and which case it is about, for the ledger."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def person_id(self) -> int | None:
        """Whom it is about."""
        return self.plan.person_id

    @property
    def case_id(self) -> int | None:
        """Which case it belongs to."""
        return self.plan.case_id


class Version(PartOfPlan):
    """The plan as it was proposed on a day, frozen and sealed; and what the person said of it."""

    number = models.PositiveSmallIntegerField("version")
    content = SealedTextField("ce qui est écrit")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.PROPOSED)
    answered_on = models.DateField("réponse le", null=True)
    answered_how = models.CharField("comment", max_length=6, choices=AnswerMode.choices, blank=True)
    answered_by = models.CharField("par qui", max_length=10, choices=AnsweredBy.choices, blank=True)
    heard_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    proof = models.ForeignKey("plans.Document", models.PROTECT, null=True, related_name="+")
    words = SealedTextField("ce que la personne en dit", null=True, blank=True)
    handed_on = models.DateField("remis le", null=True)
    handed_how = ArrayField(models.CharField(max_length=8, choices=HandedHow.choices), default=list)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "replaced"]) | Q(answered_on__isnull=False, answered_how__gt=""),
                name="plans_version_answered",
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="proposed"), name="plans_version_one_proposed"),
        ]


class Review(PartOfPlan):
    """A look at the plan together; the last one is its balance."""

    on = models.DateField("le")
    kind = models.CharField("pourquoi", max_length=10, choices=ReviewKind.choices)
    words = SealedTextField("ce qu’on en dit")
    stays_open = SealedTextField("ce qui reste ouvert", null=True, blank=True)
    next_on = models.DateField("prochain point le", null=True)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(next_on=None) | Q(next_on__gt=F("on")), name="plans_review_next"),
        ]


class Companion(PartOfPlan):
    """Somebody close whom the person named: a trusted person, or a relative invited to a part."""

    name = models.CharField("nom", max_length=120)
    relation = SealedTextField("lien", blank=True)
    kind = models.CharField("à quel titre", max_length=8, choices=CompanionKind.choices)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    parts = ArrayField(models.CharField(max_length=10), default=list, verbose_name="ce qu’elle ou il peut voir")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    email = models.EmailField("adresse confirmée", blank=True)
    since = models.DateField("depuis")
    until = models.DateField("jusqu’au", null=True)
    named_by = models.CharField("nommé par", max_length=6, choices=Side.choices)

    objects = CompanionQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="plans_companion_dates"),
        ]
        indexes = [models.Index(fields=["user"], name="plans_companion_user")]
