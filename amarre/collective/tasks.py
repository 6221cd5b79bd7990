"""The jobs of this room: names are destroyed when their time is over, questions close by themselves.

Read by the worker. Runs as the machine: it sees days and keys, never a name nor an answer.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.collective.commands_evaluation import close_evaluation
from amarre.collective.commands_sessions import forget_names
from amarre.collective.models import Action
from amarre.core.actor import MACHINE
from amarre.core.jobs import every


@every("40 3 * * *", name="collective.forget_names")
def forget() -> int:
    """Destroy lists whose time is over."""
    return forget_names(actor=MACHINE, today=timezone.localdate())


@every("50 3 * * *", name="collective.close_evaluations")
def close_evaluations() -> int:
    """Close the questions whose last day is past."""
    rows = Action.objects.visible_to(MACHINE).only("id", "evaluation", "evaluation_until").order_by("pk")
    late = [*rows.filter(evaluation_until__lt=timezone.localdate())]
    for action in late:
        close_evaluation(actor=MACHINE, action=action)
    return len(late)
