"""Solicitations: the logistics, the sealed statement beside it, and the attempts to obtain an agreement.

Read as `intake.policy` says. Two tables, because a secretary calls back without knowing why.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amarre.cases.states import Urgency
from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.intake.policy import AttemptQuerySet, ReferralQuerySet, SolicitationQuerySet, StatementQuerySet
from amarre.intake.states import OPEN_STATES, About, AttemptResult, Source, State


class Solicitation(Walled):
    """Somebody asks, for themselves or for somebody else. What a third party says stays here until agreement."""

    reference = models.CharField("référence", max_length=12, unique=True)
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    source = models.CharField("qui demande", max_length=24, choices=Source.choices)
    about = models.CharField(max_length=8, choices=About.choices, default=About.PERSON)
    state = models.CharField(max_length=24, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    contact_note = models.CharField("quand et comment joindre", max_length=160, blank=True)
    do_not_call = models.BooleanField("ne pas appeler", default=False)
    company = models.CharField("entreprise", max_length=160, blank=True)
    city = models.CharField("commune de travail", max_length=80, blank=True)
    requester_name = models.CharField("qui demande : nom", max_length=120, blank=True)
    requester_role = models.CharField("qui demande : fonction", max_length=120, blank=True)
    requester_phone = models.CharField("qui demande : téléphone", max_length=20, blank=True)
    requester_email = models.EmailField("qui demande : courriel", blank=True)
    said_agreed = models.BooleanField("accord dit par qui l’adresse", default=False)
    search = models.CharField(max_length=240, blank=True)
    phone_digits = models.CharField(max_length=15, blank=True)
    urgency = models.CharField("urgence", max_length=2, choices=Urgency.choices, blank=True)
    due_on = models.DateField(null=True)
    assigned_to = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, blank=True, related_name="+")
    handled_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    closing_reason = models.CharField("raison", max_length=40, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    objects = SolicitationQuerySet.as_manager()

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_STATES], handled_at=None) | ~Q(state__in=[*OPEN_STATES]),
                name="intake_solicitation_open_unhandled",
            )
        ]
        indexes = [
            models.Index(
                fields=["centre", "received_at"],
                condition=Q(state__in=[*OPEN_STATES]),
                name="intake_solicitation_open",
            ),
            models.Index(fields=["phone_digits"], condition=~Q(phone_digits=""), name="intake_solicitation_phone"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="intake_solicitation_case"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES

    @property
    def needs_agreement(self) -> bool:
        """Whether the requester is somebody else than the person, who has not agreed yet."""
        return self.source != Source.EMPLOYEE and self.about == About.PERSON and self.state != State.ACCEPTED

    @property
    def person_name(self) -> str:
        """The name as it was given; empty when the contact is anonymous."""
        return f"{self.first_name} {self.last_name}".strip()


class Statement(Walled):
    """Why: codes, and words under seal: the person's own, or those of the health team once the person has agreed."""

    solicitation = models.OneToOneField(Solicitation, models.CASCADE, related_name="statement")
    reasons = ArrayField(models.CharField(max_length=40), default=list, verbose_name="motifs")
    words = SealedTextField("en quelques mots", blank=True, null=True)

    objects = StatementQuerySet.as_manager()


class Attempt(Walled):
    """One try at reaching the person for their agreement."""

    solicitation = models.ForeignKey(Solicitation, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    result = models.CharField("résultat", max_length=12, choices=AttemptResult.choices)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["at"]


class Referral(Walled):
    """That somebody of the health team sent somebody, whom and when; nothing of what came of it is ever here.

    It points at no solicitation on purpose: what is not in the row cannot be read through it.
    """

    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    source = models.CharField("en tant que", max_length=24, choices=Source.choices)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["by", "-at"], name="intake_referral_by")]
