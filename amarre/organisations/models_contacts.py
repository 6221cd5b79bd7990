"""Contacts of employers, and the advice that they ask for about nobody.

A contact is invited for one establishment, and sees nothing before somebody of the service has confirmed who they are.
Read by the staff who keeps companies, and by the contact themselves. Must not know any employee.
"""

from __future__ import annotations

from django.db import models

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.organisations.policy_contacts import AdviceQuerySet, ContactQuerySet
from amarre.organisations.states import AdviceState, CheckedHow, ContactKind


class Contact(Walled):
    """Somebody who speaks for an establishment. `user` is empty when the address could open no employer's account."""

    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, related_name="+", verbose_name="établissement"
    )
    kind = models.CharField("qualité", max_length=20, choices=ContactKind.choices)
    name = models.CharField("nom", max_length=120)
    function = models.CharField("fonction", max_length=120, blank=True)
    email = models.EmailField("adresse électronique")
    phone = models.CharField("téléphone", max_length=30, blank=True)
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+", verbose_name="compte")
    invited_at = models.DateTimeField("invité(e) le")
    invited_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="invité(e) par")
    confirmed_at = models.DateTimeField("confirmé(e) le", null=True)
    confirmed_by = models.ForeignKey(
        "accounts.Colleague", models.PROTECT, null=True, related_name="+", verbose_name="confirmé(e) par"
    )
    checked_how = models.CharField("vérifié comment", max_length=20, choices=CheckedHow.choices, blank=True)
    ended_on = models.DateField("accès fini le", null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "email"],
                condition=models.Q(ended_on=None),
                name="organisations_contact_once",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, checked_how="")
                | models.Q(confirmed_at__isnull=False) & ~models.Q(checked_how=""),
                name="organisations_contact_checked",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether this access still stands, confirmed or not."""
        return self.ended_on is None

    @property
    def is_council(self) -> bool:
        """An elected member sees what is collective, and asks for nobody."""
        return self.kind == ContactKind.WORKS_COUNCIL


class Advice(Walled):
    """A question of an employer that names nobody, the answer, and the time that it took."""

    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, related_name="+", verbose_name="établissement"
    )
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    asked_by = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name="posée par")
    theme = models.CharField("thème", max_length=40)
    question = SealedTextField("question")
    asked_at = models.DateTimeField("posée le")
    state = models.CharField("état", max_length=10, choices=AdviceState.choices, default=AdviceState.ASKED)
    taken_by = models.ForeignKey(
        "accounts.Colleague", models.PROTECT, null=True, related_name="+", verbose_name="prise par"
    )
    answer = SealedTextField("réponse", null=True)
    minutes = models.PositiveSmallIntegerField("temps passé, en minutes", null=True)
    answered_on = models.DateField("répondue le", null=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["centre", "state"], name="organisations_advice_queue")]
