"""The file: case, its public side (assignment), members, situation, notes, closing and look-backs.

Read by the case's members; `Assignment` by coordinators of its centre too. Must not know solicitations or plans.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from amarre.cases.policy import (
    AssignmentQuerySet,
    CaseQuerySet,
    ClosingQuerySet,
    LookBackQuerySet,
    MembershipQuerySet,
    NoteQuerySet,
    SituationQuerySet,
)
from amarre.cases.states import MemberRole, Mode, NoteKind, State, Urgency
from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField


class Case(Walled):
    """One episode of accompaniment. Without a person when the contact stayed anonymous."""

    number = models.CharField("numéro", max_length=20, unique=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", verbose_name="personne")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="next_episodes")
    source = models.CharField("origine", max_length=24)
    safety = SealedTextField("consigne de sécurité", blank=True, null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.number

    @property
    def case_id(self) -> int:
        """What it is about, for the ledger."""
        return int(self.pk)


class Assignment(Walled):
    """What the one who shares out the load may know of a case: nothing about anybody's story."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="assignment")
    number = models.CharField(max_length=20)
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=State.choices, default=State.TAKEN)
    urgency = models.CharField(max_length=2, choices=Urgency.choices, blank=True)
    lead = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | (~Q(state="closed") & Q(closed_on=None)),
                name="cases_assignment_closed_on",
            )
        ]
        indexes = [
            models.Index(fields=["lead", "last_contact_on"], condition=Q(closed_on=None), name="cases_assignment_lead"),
            models.Index(fields=["centre", "state"], name="cases_assignment_centre"),
        ]


class Membership(Walled):
    """Somebody in a case: since when, until when, why, and who named them."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    role = models.CharField("rôle", max_length=10, choices=MemberRole.choices)
    tutor = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    since = models.DateField("depuis")
    until = models.DateField("jusqu'au", null=True, blank=True)
    reason = models.CharField("raison", max_length=40)
    named_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="cases_membership_dates"),
            models.CheckConstraint(
                condition=~Q(role="stand_in") | Q(until__isnull=False), name="cases_membership_stand_in_dated"
            ),
            models.CheckConstraint(
                condition=~Q(role="trainee") | Q(tutor__isnull=False), name="cases_membership_trainee_tutored"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(role="lead", until=None), name="cases_membership_one_lead"
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], name="cases_membership_user")]


class Situation(Walled):
    """The situation at opening, and as it was last known: codes of the service's vocabularies."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="situation")
    main_problem = models.CharField("problème principal", max_length=40)
    problems = ArrayField(models.CharField(max_length=40), default=list, verbose_name="problèmes")
    moment = models.CharField("moment de la vie au travail", max_length=40, blank=True)
    employment = models.CharField("situation d'emploi", max_length=40, blank=True)
    summary = SealedTextField("en quelques mots", blank=True, null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    objects = SituationQuerySet.as_manager()


class Note(Walled):
    """A line of the story: an interview, a call, a step, a thought. May be sealed to its author."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    kind = models.CharField("nature", max_length=12, choices=NoteKind.choices)
    mode = models.CharField("où et comment", max_length=12, choices=Mode.choices, blank=True)
    place = models.CharField("lieu", max_length=40, blank=True)
    on = models.DateField("le")
    duration = models.PositiveSmallIntegerField("durée (minutes)", null=True, blank=True)
    indirect = models.PositiveSmallIntegerField("temps à côté (minutes)", null=True, blank=True)
    present = models.CharField("qui était là", max_length=160, blank=True)
    body = SealedTextField("ce qui s’est dit")
    private = models.BooleanField("gardée par son auteur", default=False)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["case", "-on", "-id"], name="cases_note_case")]

    @property
    def headline(self) -> str:
        """« Entretien · Au bureau »."""
        return " · ".join(filter(None, (self.get_kind_display(), self.get_mode_display() if self.mode else "")))


class Closing(Walled):
    """How an episode ended."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="closing")
    outcome = models.CharField("issue", max_length=40)
    reason = models.CharField("raison", max_length=40)
    employment = models.CharField("situation d'emploi", max_length=40, blank=True)
    balance = SealedTextField("bilan", blank=True, null=True)
    look_back_agreed = models.BooleanField("d’accord pour être rappelé(e)", default=False)
    closed_on = models.DateField()
    closed_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = ClosingQuerySet.as_manager()


class LookBack(Walled):
    """A date at which to ask how things went, 6 or 12 months after closing, if the person agreed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="look_backs")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    employment = models.CharField("situation d'emploi", max_length=40, blank=True)
    reached = models.BooleanField("jointe", null=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["case", "months"], name="cases_lookback_once")]
