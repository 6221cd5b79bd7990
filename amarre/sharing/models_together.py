"""Joint interviews and mediations: what was agreed to be said, with whom, under which agreement.

Read by the case's members and by the person. What was concluded leaves as a transmission to each (`Minutes`).
"""

from __future__ import annotations

from django.db import models

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.sharing.models_agreements import Agreement
from amarre.sharing.policy_meetings import InterviewPartyQuerySet, JointInterviewQuerySet
from amarre.sharing.states_meetings import TogetherKind, TogetherState, TogetherWith


class JointInterview(Walled):
    """The person, their social worker and somebody else sit down together."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField("nature", max_length=10, choices=TogetherKind.choices)
    on = models.DateField("date")
    at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=TogetherState.choices, default=TogetherState.PLANNED)
    agreed = SealedTextField("ce que nous avons convenu de dire")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = JointInterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["case", "-on"], name="sharing_joint_case")]


class InterviewParty(Walled):
    """Somebody who is there, by an agreement of the person to see them together."""

    interview = models.ForeignKey(JointInterview, models.CASCADE, related_name="+")
    kind = models.CharField("qualité", max_length=10, choices=TogetherWith.choices)
    words = SealedTextField("qui")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")

    objects = InterviewPartyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["interview", "agreement"], name="sharing_interviewparty_once")]

    @property
    def person_id(self) -> int:
        """Whom it is about, as the interview."""
        return self.interview.person_id

    @property
    def case_id(self) -> int:
        """Which case it belongs to."""
        return self.interview.case_id
