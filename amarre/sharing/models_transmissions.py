"""Transmissions, the links that carry them outside, and the answers that come back.

Read by the case's members, the person, and the one named recipient. A link's secrets are kept as digests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.sharing.models_agreements import Addressed, Agreement, LawException
from amarre.sharing.policy_rows import AccessLinkQuerySet, AnswerQuerySet, TransmissionQuerySet
from amarre.sharing.states import AnswerKind, Carrier, Kind, Purpose, Topic, TransmissionState


class Transmission(Addressed):
    """One recipient, one purpose, words written for them; frozen once sent."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    about = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")
    exception = models.ForeignKey(LawException, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("attente", max_length=12, choices=Kind.choices, default=Kind.WORD)
    topic = models.CharField("ce qui est demandé", max_length=10, choices=Topic.choices, blank=True)
    purpose = models.CharField("pour quoi", max_length=10, choices=Purpose.choices, blank=True)
    purpose_words = SealedTextField("précision", null=True, blank=True)
    subject = SealedTextField("de qui")
    content = SealedTextField("ce que le destinataire lira")
    action = models.ForeignKey("plans.Action", models.PROTECT, null=True, related_name="+")
    carrier = models.CharField("comment", max_length=8, choices=Carrier.choices)
    to_user = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=TransmissionState.choices, default=TransmissionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    visible_until = models.DateField("visible jusqu’au")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    checked = models.CharField("ce qui a été vérifié", max_length=64, blank=True)
    read_at = models.DateTimeField("lue", null=True)
    recalled_at = models.DateTimeField("rappelée", null=True)

    objects = TransmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["case", "-id"], name="sharing_transmission_case"),
            models.Index(fields=["to_user", "state"], name="sharing_transmission_to"),
            models.Index(fields=["about"], name="sharing_transmission_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, exception=None) | Q(agreement=None, exception__isnull=False),
                name="sharing_transmission_rests_on_one",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None) | Q(~Q(state="draft"), sent_at__isnull=False, checked__gt=""),
                name="sharing_transmission_checked",
            ),
            models.CheckConstraint(condition=Q(topic="") | Q(kind="request"), name="sharing_transmission_topic"),
            models.CheckConstraint(
                condition=Q(state="recalled", recalled_at__isnull=False, read_at=None)
                | Q(~Q(state="recalled"), recalled_at=None),
                name="sharing_transmission_recalled_unread",
            ),
        ]

    @property
    def person_id(self) -> int | None:
        """Whom it is about, for the ledger; nobody under an exception of the law, of which the person is not told."""
        return self.about_id if self.exception_id is None else None


class OfTransmission(Walled):
    """A row of one transmission: whom and which case it is about, for the ledger."""

    if TYPE_CHECKING:
        transmission: Any

    class Meta:
        abstract = True

    @property
    def person_id(self) -> int | None:
        """Whom it is about, as its transmission."""
        found: int | None = self.transmission.person_id
        return found

    @property
    def case_id(self) -> int:
        """Which case it belongs to."""
        return int(self.transmission.case_id)


class AccessLink(Walled):
    """A way to one transmission for somebody without an account: a link, and a code said apart.

    `digest` is the SHA-256 of the link's secret; `pass_digest` that of the secret and the code together. The database
    knows neither, but for a secret that waits, sealed, until the mail that carries it has left.
    """

    transmission = models.ForeignKey(Transmission, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    pass_digest = models.CharField(max_length=64)
    email = SealedTextField("adresse")
    secret = SealedTextField("secret", null=True, blank=True)
    mailed_at = models.DateTimeField("envoyé", null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="sharing_accesslink_tries")]


class Answer(OfTransmission):
    """What the recipient says back; read by the members, the person, and the one who wrote it."""

    transmission = models.ForeignKey(Transmission, models.PROTECT, related_name="+")
    kind = models.CharField("réponse", max_length=8, choices=AnswerKind.choices)
    words = SealedTextField("en quelques mots", null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField("vue", null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
