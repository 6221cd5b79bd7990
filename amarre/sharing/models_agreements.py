"""Agreements of the person, per recipient and per purpose; exceptions of the law; the PDP unit.

Read by the case's members and, but for exceptions, by the person. Coordinators of the centre read that an exception was
made, never why.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.sharing.policy_rows import (
    AgreementQuerySet,
    GroundQuerySet,
    LawExceptionQuerySet,
    UnitMemberQuerySet,
    UnitQuerySet,
)
from amarre.sharing.states import AgreementState, By, GivenHow, LawBasis, PartyKind, Purpose, ReviewOutcome


class Unit(Walled):
    """A *cellule PDP*: those who sit in it read what was put on its agenda."""

    name = models.CharField("nom", max_length=120)
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, null=True, related_name="+")
    active = models.BooleanField("en activité", default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitMember(Walled):
    """Somebody who sits in a unit, since when and until when."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    since = models.DateField("depuis")
    until = models.DateField("jusqu’au", null=True)

    objects = UnitMemberQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="sharing_unitmember_dates"),
            models.UniqueConstraint(fields=["unit", "user"], condition=Q(until=None), name="sharing_unitmember_once"),
        ]


class Addressed(Walled):
    """A row that names one recipient: somebody of the house, a unit, a contact, or somebody else."""

    party_kind = models.CharField("destinataire", max_length=10, choices=PartyKind.choices)
    colleague = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey("organisations.Contact", models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey("directory.PartnerContact", models.PROTECT, null=True, related_name="+")
    party = SealedTextField("à qui")

    class Meta:
        abstract = True

    @property
    def party_key(self) -> tuple[str, int | str]:
        """Who it is, to compare; somebody without a row of their own is known by their words."""
        known = self.colleague_id or self.unit_id or self.contact_id or self.partner_id
        return self.party_kind, known or " ".join(self.party.casefold().split())


class Agreement(Addressed):
    """What the person agreed to let be said, to whom, what for and until when; taken back at any time."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    purpose = models.CharField("pour quoi", max_length=10, choices=Purpose.choices)
    purpose_words = SealedTextField("précision", null=True, blank=True)
    what = SealedTextField("ce qui pourra être dit")
    wording = models.PositiveSmallIntegerField("version du texte")
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.PROPOSED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    until = models.DateField("jusqu’au")
    answered_at = models.DateTimeField("réponse", null=True)
    given_how = models.CharField("comment", max_length=6, choices=GivenHow.choices, blank=True)
    heard_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    proof = models.ForeignKey("plans.Document", models.PROTECT, null=True, related_name="+")
    signature = SealedTextField("signature", null=True, blank=True)
    withdrawn_at = models.DateTimeField("repris", null=True)
    withdrawn_by = models.CharField(max_length=6, choices=By.choices, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "state"], name="sharing_agreement_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["given", "withdrawn"]) | Q(answered_at__isnull=False, given_how__gt=""),
                name="sharing_agreement_given",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__gt="")
                | (~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawn_by="")),
                name="sharing_agreement_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(given_how__in=["oral", "screen", "paper"]) | Q(heard_by__isnull=False),
                name="sharing_agreement_heard",
            ),
            models.CheckConstraint(
                condition=~Q(given_how="paper") | Q(proof__isnull=False), name="sharing_agreement_paper"
            ),
        ]

    @property
    def over(self) -> bool:
        """Whether its last day is past."""
        return self.until < timezone.localdate()


class LawException(Walled):
    """Something was said without an agreement, because the law allows it; re-read by somebody else."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    basis = models.CharField("fondement", max_length=10, choices=LawBasis.choices)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=ReviewOutcome.choices, blank=True)

    objects = LawExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, outcome="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, outcome__gt=""),
                name="sharing_lawexception_reviewed",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("declared_by")), name="sharing_lawexception_by_another"),
        ]


class Ground(Walled):
    """Why an exception was made: the members' alone."""

    exception = models.OneToOneField(LawException, models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    reason = SealedTextField("ce qui rend cela nécessaire")

    objects = GroundQuerySet.as_manager()
