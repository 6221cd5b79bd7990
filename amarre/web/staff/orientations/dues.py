"""Partners who were reminded lately and have not answered, for « Ma journée »: never more than three weeks in all.

Read by the day's page.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.sharing.models_orientations import MOST_REMINDERS
from amarre.sharing.queries_orientations import reminded
from amarre.web.staff.plans.dues import PlanDue


def orientation_dues(actor: Actor, today: date) -> list[PlanDue]:
    """One line for each, for a week after each reminder."""
    found = []
    for row in reminded(actor, today):
        case = row.transmission.case
        days = (today - timezone.localdate(row.sent_at)).days
        last = row.reminded >= MOST_REMINDERS
        found.append(
            PlanDue(
                on=row.reminded_on or today,
                who=case.person.full_name if case.person else case.number,
                what=f"orientation sans réponse depuis {days}\u00a0jours",
                why="Trois rappels sont partis. Appelez le partenaire." if last else "Un rappel est parti.",
                act="Voir",
                url=reverse("staff:orientation_list", args=[case.pk]),
            )
        )
    return found
