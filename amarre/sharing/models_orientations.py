"""An orientation: a transmission to a partner, and where it stands.

Read by the case's members and the partner it was sent to. It holds codes and dates, no word: the words are the
transmission's and its answers'.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from amarre.sharing.models_transmissions import OfTransmission, Transmission
from amarre.sharing.policy_orientations import OrientationQuerySet
from amarre.sharing.states import TransmissionState
from amarre.sharing.states_orientations import WAITING, OrientationState, RefusalReason

MOST_REMINDERS = 3


class Orientation(OfTransmission):
    """Where a transmission of the kind « orientation » stands.

    It follows the transmission in the same transaction (`following`). That the transmission was recalled, or may be
    read no more, is asked of the transmission: it is written once. `reminded` counts the reminders that fell due or
    were asked for, `told` those whose mail was taken to be sent.
    """

    transmission = models.OneToOneField(Transmission, models.PROTECT, related_name="+")
    structure = models.ForeignKey("directory.Structure", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=OrientationState.choices, default=OrientationState.SENT)
    refusal = models.CharField("raison du refus", max_length=10, choices=RefusalReason.choices, blank=True)
    sent_at = models.DateTimeField("envoyée")
    seen_at = models.DateTimeField("ouverte", null=True)
    answered_at = models.DateTimeField("première réponse", null=True)
    started_at = models.DateTimeField("commencée", null=True)
    ended_at = models.DateTimeField("terminée", null=True)
    reminded = models.PositiveSmallIntegerField("rappels", default=0)
    told = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField("dernier rappel", null=True)
    next_reminder_on = models.DateField("prochain rappel", null=True)

    objects = OrientationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["structure"], name="sharing_orientation_structure"),
            models.Index(fields=["next_reminder_on"], name="sharing_orientation_next"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reminded__lte=MOST_REMINDERS, told__lte=F("reminded")), name="sharing_orientation_reminders"
            ),
            models.CheckConstraint(
                condition=Q(state="refused", refusal__gt="") | (~Q(state="refused") & Q(refusal="")),
                name="sharing_orientation_refusal",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether the partner may still read it and has not answered."""
        sent = self.transmission
        readable = sent.state == TransmissionState.SENT and sent.visible_until >= timezone.localdate()
        return readable and self.state in WAITING
