"""What people answered: counters while it goes on, frozen totals afterwards. No answer of anybody is ever a row.

Read: the counters by nobody; the totals by staff, and of them the band alone by an employer's contacts. No free words:
in a group of twelve, a turn of phrase is a name.
"""

from __future__ import annotations

from django.db import models

from amarre.collective.policy import FindingQuerySet
from amarre.collective.states import Moment, Share
from amarre.core.models import Keyed, Walled


class Tally(Keyed):
    """How many chose one level of one question; written by the database alone, destroyed when the questions close."""

    action = models.ForeignKey("collective.Action", models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    question = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "moment", "question", "level"], name="collective_tally_once"),
        ]


class Finding(Walled):
    """The totals of one question, frozen when the questions close: never below five answers; `told` from eleven."""

    action = models.ForeignKey("collective.Action", models.PROTECT, related_name="+")
    moment = models.CharField("quand", max_length=6, choices=Moment.choices)
    question = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField("réponses")
    favourable = models.PositiveIntegerField("plutôt oui")
    band = models.CharField("part", max_length=10, choices=Share.choices)
    told = models.BooleanField(default=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["action", "moment", "question"]
        constraints = [
            models.UniqueConstraint(fields=["action", "moment", "question"], name="collective_finding_once"),
            models.CheckConstraint(
                condition=models.Q(answers__gte=5, favourable__lte=models.F("answers")), name="collective_finding_gate"
            ),
            models.CheckConstraint(
                condition=models.Q(told=False) | models.Q(answers__gte=11), name="collective_finding_told"
            ),
        ]
