"""Messages, the opinion at the end, answers to look-backs, the wish for another worker, the check of a channel.

Read by the case's members and the person; the wish for another worker by the person and the coordinators alone.
"""

from __future__ import annotations

from django.db import models

from amarre.core.sealed import SealedTextField
from amarre.plans.models_plan import PartOfPlan
from amarre.plans.policy_rows import (
    ChannelCheckQuerySet,
    LookBackAnswerQuerySet,
    MessageQuerySet,
    OpinionQuerySet,
    WorkerChangeQuerySet,
)
from amarre.plans.states import Side


class Message(PartOfPlan):
    """A message between the person and their worker; a mail only ever says that one waits."""

    side = models.CharField("de", max_length=6, choices=Side.choices)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    body = SealedTextField("message")
    at = models.DateTimeField()
    read_at = models.DateTimeField("lu", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]


class Opinion(PartOfPlan):
    """What the person thinks of the help they had; all of it may be left out."""

    answers = SealedTextField("avis")
    side = models.CharField("écrit par", max_length=6, choices=Side.choices)
    at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]


class LookBackAnswer(PartOfPlan):
    """Six or twelve months later: employment, and what became of the goals."""

    look_back = models.OneToOneField("cases.LookBack", models.CASCADE, related_name="+")
    employment = models.CharField("situation d’emploi", max_length=40, blank=True)
    content = SealedTextField("ce que les objectifs sont devenus")
    side = models.CharField("écrit par", max_length=6, choices=Side.choices)
    at = models.DateTimeField()

    objects = LookBackAnswerQuerySet.as_manager()


class WorkerChange(PartOfPlan):
    """The person asks for another worker: read by them and by the coordinators of the centre, not by the members."""

    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    number = models.CharField("dossier", max_length=20)
    words = SealedTextField("pourquoi, si la personne veut le dire", null=True, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")

    objects = WorkerChangeQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(settled_at=None), name="plans_workerchange_one_waiting"
            )
        ]

    @property
    def person_id(self) -> None:
        """Nobody, for the ledger: whoever settles it does not see the plan, and names the row alone."""

    @property
    def case_id(self) -> None:
        """Likewise."""


class ChannelCheck(PartOfPlan):
    """An address, or a mobile number, being confirmed: a code goes to it, the person reads it back to their worker.

    `companion` is set when it is the address of somebody close. The code is a keyed digest of the row: nothing secret
    is stored.
    """

    companion = models.ForeignKey("plans.Companion", models.CASCADE, null=True, related_name="+")
    email = models.EmailField("adresse", blank=True)
    phone = models.CharField("numéro", max_length=20, blank=True)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = ChannelCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone="") & ~models.Q(email="")
                | models.Q(email="", companion=None) & ~models.Q(phone=""),
                name="plans_channelcheck_one_channel",
            )
        ]
