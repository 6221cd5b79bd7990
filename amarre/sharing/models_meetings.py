"""Meetings of the PDP unit: date, participants, agenda, decisions; and the minutes that leave, one per recipient.

Read by those who sit in the unit; of a meeting, social workers read the day and who comes. An item is a transmission to
the unit, or anonymous: then nothing in its row leads to anybody.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.sharing.models_agreements import Unit
from amarre.sharing.models_together import JointInterview
from amarre.sharing.models_transmissions import OfTransmission, Transmission
from amarre.sharing.policy_meetings import (
    AgendaItemQuerySet,
    DecisionQuerySet,
    MeetingQuerySet,
    MinutesQuerySet,
    ParticipantQuerySet,
)
from amarre.sharing.states_meetings import MeetingState, Presence


class Meeting(Walled):
    """The unit meets: when, where. `note` is about the meeting itself, never about somebody."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField("date")
    at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    note = SealedTextField("mot sur l’ordre du jour", null=True, blank=True)
    convened_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-at", "-id"]
        indexes = [models.Index(fields=["unit", "on"], name="sharing_meeting_unit")]


class Participant(Walled):
    """Who came to a meeting, or was excused: a colleague, or somebody from outside, by name and office."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    name = models.CharField("nom et fonction", max_length=120, blank=True)
    presence = models.CharField("présence", max_length=8, choices=Presence.choices, default=Presence.PRESENT)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["presence", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | Q(user=None, name__gt=""), name="sharing_participant_one"
            ),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="sharing_participant_once"
            ),
        ]


class AgendaItem(Walled):
    """One point: a transmission to the unit, or words that name nobody. Exactly one of the two."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    transmission = models.ForeignKey(Transmission, models.PROTECT, null=True, related_name="+")
    anonymous = SealedTextField("la question, sans nommer personne", null=True)
    put_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(transmission__isnull=False, anonymous__isnull=True)
                | Q(transmission=None, anonymous__isnull=False),
                name="sharing_agendaitem_one",
            ),
            models.UniqueConstraint(
                fields=["meeting", "transmission"],
                condition=Q(transmission__isnull=False),
                name="sharing_agendaitem_once",
            ),
        ]

    @property
    def person_id(self) -> int | None:
        """Whom it is about, for the ledger; nobody when it is anonymous."""
        return self.transmission.person_id if self.transmission else None

    @property
    def case_id(self) -> int | None:
        """Which case it belongs to; none when it is anonymous."""
        return self.transmission.case_id if self.transmission else None


class Decision(Walled):
    """What was decided on an item: who does what, by when."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    what = SealedTextField("ce qui est décidé")
    who = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    who_words = SealedTextField("qui, hors de la cellule", null=True)
    due_on = models.DateField("pour le")
    done_on = models.DateField("fait le", null=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who__isnull=False, who_words__isnull=True) | Q(who=None, who_words__isnull=False),
                name="sharing_decision_who",
            )
        ]

    @property
    def person_id(self) -> int | None:
        """Whom it is about, as its item."""
        return self.item.person_id

    @property
    def case_id(self) -> int | None:
        """Which case it belongs to, as its item."""
        return self.item.case_id

    @property
    def by_whom(self) -> str:
        """Who does it, in words."""
        return self.who.name if self.who else (self.who_words or "")


class Minutes(OfTransmission):
    """Where minutes come from: the item, or the interview, that a transmission gives account of."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    interview = models.ForeignKey(JointInterview, models.PROTECT, null=True, related_name="+")
    transmission = models.OneToOneField(Transmission, models.CASCADE, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, interview=None) | Q(item=None, interview__isnull=False),
                name="sharing_minutes_of_one",
            )
        ]
