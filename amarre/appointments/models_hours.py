"""Hours: kinds of meeting, rooms, weekly patterns (*permanences*) with their changes, and time off.

Read by the staff who book; a person sees the free slots that come of them, through a function.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from amarre.appointments.policy import (
    MeetingKindQuerySet,
    PermanenceChangeQuerySet,
    PermanenceQuerySet,
    RoomQuerySet,
    TimeOffQuerySet,
)
from amarre.appointments.states import MODE_CHOICES, Who
from amarre.core.models import Walled

WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class MeetingKind(Walled):
    """A kind of meeting: how long, how, who may book it and how early. Its name tells no reason."""

    label = models.CharField("nom", max_length=80, unique=True)
    minutes = models.PositiveSmallIntegerField("durée (minutes)", default=45)
    travel = models.PositiveSmallIntegerField("trajet avant et après (minutes)", default=0)
    modes = ArrayField(models.CharField(max_length=12, choices=MODE_CHOICES), verbose_name="comment")
    bookable_by = ArrayField(models.CharField(max_length=10, choices=Who.choices), verbose_name="qui réserve")
    notice_hours = models.PositiveSmallIntegerField("au plus tard (heures avant)", default=24)
    horizon_days = models.PositiveSmallIntegerField("au plus tôt (jours avant)", default=60)
    capacity = models.PositiveSmallIntegerField("places", default=1)
    position = models.PositiveSmallIntegerField("ordre", default=100)
    active = models.BooleanField("proposé", default=True)

    objects = MeetingKindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480), name="appointments_meetingkind_minutes"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=40), name="appointments_meetingkind_capacity"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_group(self) -> bool:
        """Whether several people share a slot."""
        return self.capacity > 1


class Room(Walled):
    """A room of a centre; one meeting at a time."""

    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    name = models.CharField("nom", max_length=80)
    access = models.CharField("accès", max_length=240, blank=True)
    seats = models.PositiveSmallIntegerField("places assises", default=3)
    active = models.BooleanField("utilisée", default=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["centre__name", "name"]
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="appointments_room_name")]

    def __str__(self) -> str:
        return self.name


class Permanence(Walled):
    """Hours at which a worker receives, every week or every few weeks; local time, whatever the season."""

    worker = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="qui reçoit")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="salle")
    weekday = models.PositiveSmallIntegerField("jour", choices=list(enumerate(WEEKDAYS)))
    starts = models.TimeField("de")
    ends = models.TimeField("à")
    every = models.PositiveSmallIntegerField("toutes les (semaines)", default=1)
    since = models.DateField("à partir du")
    until = models.DateField("jusqu’au", null=True, blank=True)
    modes = ArrayField(models.CharField(max_length=12, choices=MODE_CHOICES), verbose_name="comment")
    kinds = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name="pour quels rendez-vous")

    objects = PermanenceQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "starts"]
        indexes = [models.Index(fields=["worker"], name="appointments_permanence_who")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="appointments_permanence_hours"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="appointments_permanence_weekday"),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=8), name="appointments_permanence_every"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="appointments_permanence_dates"
            ),
        ]


class PermanenceChange(Walled):
    """One day that is not as usual: other hours, or none."""

    permanence = models.ForeignKey(Permanence, models.CASCADE, related_name="+")
    on = models.DateField("le")
    starts = models.TimeField("de", null=True, blank=True)
    ends = models.TimeField("à", null=True, blank=True)

    objects = PermanenceChangeQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["permanence", "on"], name="appointments_change_once"),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(starts__isnull=False, ends__gt=F("starts")),
                name="appointments_change_hours",
            ),
        ]


class TimeOff(Walled):
    """A worker is not there. Why is nobody's business here: there is no such column."""

    worker = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="qui")
    starts_at = models.DateTimeField("du")
    ends_at = models.DateTimeField("au")

    objects = TimeOffQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["worker", "ends_at"], name="appointments_timeoff_who")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointments_timeoff_dates")
        ]
