"""Meetings: what is planned, who is seated, whose place it is, and why (`Matter`, the members' alone).

Read as `appointments.policy` says. No double booking, whoever books: PostgreSQL refuses two ranges that overlap, for a
worker, for a room and for a person.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from amarre.appointments.models_hours import MeetingKind as MeetingKind
from amarre.appointments.models_hours import Permanence as Permanence
from amarre.appointments.models_hours import PermanenceChange as PermanenceChange
from amarre.appointments.models_hours import Room as Room
from amarre.appointments.models_hours import TimeOff as TimeOff
from amarre.appointments.policy import (
    AppointmentQuerySet,
    BookingQuerySet,
    FeedQuerySet,
    GuestQuerySet,
    MatterQuerySet,
    OfferQuerySet,
    SeatQuerySet,
    VisitQuerySet,
)
from amarre.appointments.states import MODE_CHOICES, AppointmentState, BookingState, By, OfferState, Outcome, Reply
from amarre.cases.states import Mode
from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField


def _same(column: str) -> Func:
    """A key as a range of itself: ranges exclude each other without an extension of PostgreSQL."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Appointment(Walled):
    """A meeting: when, where, how. With nobody's place in it, it is time that a worker gives to something else."""

    kind = models.ForeignKey(MeetingKind, models.PROTECT, null=True, related_name="+", verbose_name="rendez-vous")
    label = models.CharField("en clair", max_length=80, blank=True)
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    mode = models.CharField("comment", max_length=12, choices=MODE_CHOICES)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="salle")
    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="établissement",
    )  # fmt: skip
    video_url = models.URLField("adresse de la visio", max_length=300, blank=True)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    span = DateTimeRangeField()
    travel = models.PositiveSmallIntegerField("trajet avant et après (minutes)", default=0)
    capacity = models.PositiveSmallIntegerField("places", default=1)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    made_through = models.ForeignKey("appointments.Booking", models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    seated: list[Seat]  # as `queries.agenda` reads them
    places: list[Booking]

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["centre", "starts_at"], name="appointments_centre"),
            models.Index(
                fields=["starts_at"], condition=Q(state=AppointmentState.PLANNED), name="appointments_planned"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointments_appointment_hours"),
            ExclusionConstraint(
                name="appointments_room_once",
                expressions=[(_same("room_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(state=AppointmentState.PLANNED, room__isnull=False),
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether it is to take place."""
        return self.state == AppointmentState.PLANNED

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def title(self) -> str:
        """What it is called in an agenda, without saying why."""
        return self.label or (str(self.kind) if self.kind else "Rendez-vous")


class Seat(Walled):
    """A colleague who is there; their time is taken, travel included."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="seats")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    host = models.BooleanField("reçoit", default=True)
    span = DateTimeRangeField()
    held = models.BooleanField(default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["-host", "id"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "user"], name="appointments_seat_named_once"),
            ExclusionConstraint(
                name="appointments_seat_once",
                expressions=[(_same("user_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(held=True),
            ),
        ]


class Booking(Walled):
    """Somebody's place: first an invitation to choose, then an appointment that one moves, answers or cancels.

    `digest` is the SHA-256 of the secret in their link; the secret itself is derived from a key and is nowhere.
    """

    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="+", verbose_name="rendez-vous")
    worker = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="avec")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    mode = models.CharField("comment", max_length=12, choices=MODE_CHOICES, default=Mode.OFFICE)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", verbose_name="personne")
    solicitation = models.ForeignKey("intake.Solicitation", models.PROTECT, null=True, related_name="+")
    name = models.CharField("nom", max_length=160, blank=True)
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="bookings")
    span = DateTimeRangeField(null=True)
    place = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.INVITED)
    ended_by = models.CharField(max_length=8, choices=By.choices, blank=True)
    quiet = models.BooleanField("ne pas notifier", default=False)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    choose_until = models.DateField("choisir avant le", null=True, blank=True)
    reply = models.CharField("réponse", max_length=10, choices=Reply.choices, blank=True)
    replied_at = models.DateTimeField(null=True)
    earlier_since = models.DateTimeField("attend une place plus tôt", null=True)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["person"], name="appointments_booking_person"),
            models.Index(fields=["worker", "state"], name="appointments_booking_worker"),
            models.Index(fields=["solicitation"], name="appointments_booking_asked"),
            models.Index(
                fields=["worker", "earlier_since"], condition=Q(earlier_since__isnull=False),
                name="appointments_booking_waits",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BookingState.BOOKED, appointment__isnull=False, span__isnull=False)
                | ~Q(state=BookingState.BOOKED),
                name="appointments_booking_booked",
            ),
            models.UniqueConstraint(
                fields=["appointment", "place"], condition=Q(state=BookingState.BOOKED), name="appointments_place_once"
            ),
            ExclusionConstraint(
                name="appointments_person_once",
                expressions=[(_same("person_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(state=BookingState.BOOKED, person__isnull=False),
            ),
        ]

    @property
    def called(self) -> str:
        """Whom we meet: as the file of people says, else as they gave their name."""
        return (str(self.person) if self.person else self.name) or "Sans nom"

    @property
    def is_booked(self) -> bool:
        """Whether a date is set."""
        return self.state == BookingState.BOOKED


class Matter(Walled):
    """Why somebody is met, and what became of it: of the case, its members' alone."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="matter")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    reason = SealedTextField("à préparer", null=True, blank=True)
    outcome = models.CharField("ce qu’il en a été", max_length=10, choices=Outcome.choices, blank=True)
    minutes = models.PositiveSmallIntegerField("temps passé (minutes)", null=True)
    note = models.ForeignKey("cases.Note", models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case"], name="appointments_matter_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | Q(~Q(outcome=""), settled_at__isnull=False),
                name="appointments_matter_settled",
            )
        ]

    @property
    def person_id(self) -> int | None:
        """Whom it is about, for the ledger."""
        return self.booking.person_id


class Guest(Walled):
    """Somebody from outside who is asked to come, by an agreement of the person to see them together."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    agreement = models.ForeignKey("sharing.Agreement", models.PROTECT, related_name="+")
    words = SealedTextField("qui")
    email = SealedTextField("adresse", null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["matter", "agreement"], name="appointments_guest_once")]


class Offer(Walled):
    """A place that was freed, kept a few hours for one person of the waiting list."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="+")
    worker = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.OPEN)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "starts_at"], condition=Q(state=OfferState.OPEN), name="appointments_offer_one_open"
            )
        ]
        indexes = [models.Index(fields=["until"], condition=Q(state=OfferState.OPEN), name="appointments_offer_open")]


class Visit(Walled):
    """The sheet of a visit: where, how one gets in, what to beware of, who knows; and that one came back."""

    appointment = models.OneToOneField(Appointment, models.CASCADE, related_name="+")
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    address = SealedTextField("adresse")
    access = SealedTextField("accès", null=True, blank=True)
    warning = SealedTextField("consigne de sécurité", null=True, blank=True)
    phone = models.CharField("téléphone de qui y va", max_length=20, blank=True)
    told = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="qui est prévenu")
    back_at = models.DateTimeField("retour prévu")
    in_at = models.DateTimeField("arrivée", null=True)
    out_at = models.DateTimeField("sortie", null=True)
    alarmed_at = models.DateTimeField("alerte", null=True)
    raised_at = models.DateTimeField("alerte à la coordination", null=True)
    taken_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["back_at"]
        indexes = [models.Index(fields=["back_at"], condition=Q(out_at=None), name="appointments_visit_out")]


class Feed(Walled):
    """A calendar feed: a secret address, of which the database keeps the digest."""

    user = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="appointments_feed_one_live")
        ]
