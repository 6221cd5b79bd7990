"""Every write about what people answered: the questions opened, one set of answers, the questions closed.

Read by the doors and the clock. Must not know HTTP. An answer is added to counters by a definer function and is no row;
the journal says that somebody answered something, not to which action. Closed once, closed for good: what was shown on
one day and on another can never be subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from amarre.collective import policy
from amarre.collective.commands_sessions import STAYS_OPEN, fresh_code
from amarre.collective.models import Action, Session
from amarre.collective.states import ActionState, EvaluationState, Moment, SessionState
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id

_MOST_QUESTIONS = 10


@command("evaluation.open", allowed=policy.may_arrange)
def open_evaluation(*, actor: Actor, action: Action) -> Action:
    """Make the address of the questions, good until two weeks after the last session."""
    current = Action.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=action.pk)
    if current.discreet:
        raise Refused("Pour ce thème et une équipe de cette taille, on ne demande rien à la sortie.")
    if current.evaluation != EvaluationState.NONE:
        raise Refused("Les questions ont déjà été ouvertes\u00a0: elles ne le sont qu’une fois.")
    if current.state not in (ActionState.AGREED, ActionState.HELD):
        raise Refused("Les questions s’ouvrent pour une action convenue ou tenue.")
    sessions = Session.objects.visible_to(actor).filter(action=current).exclude(state=SessionState.CANCELLED)
    days = [*sessions.values_list("day", flat=True)]
    if not days:
        raise Refused("Fixez d’abord une séance.")
    current.evaluation, current.evaluation_code = EvaluationState.OPEN, fresh_code()
    current.evaluation_until = max(*days, timezone.localdate()) + STAYS_OPEN
    current.save(update_fields=["evaluation", "evaluation_code", "evaluation_until"])
    return current


@command("evaluation.answer", allowed=policy.may_take_a_seat)
def answer_evaluation(*, actor: Actor, code: str, levels: Sequence[int], moment: str = Moment.END) -> None:
    """One set of answers, all at once; nothing of it can be read, by anybody, before the questions close."""
    with connection.cursor() as cursor:
        ids = [new_id() for _ in levels]
        cursor.execute("select give_answer(%s, %s, %s, %s)", [code, moment, ids, [*levels]])
        if not cursor.fetchone()[0]:
            raise Refused("Ces réponses n’ont pas pu être prises\u00a0: l’évaluation est fermée, ou il en manque une.")


@command("evaluation.close", allowed=policy.may_close_evaluation)
def close_evaluation(*, actor: Actor, action: Action) -> Action:
    """Freeze the totals that may be shown, and destroy the counters."""
    rows = Action.objects.visible_to(actor).only("id", "evaluation", "evaluation_until")
    current = rows.filter(pk=action.pk, evaluation=EvaluationState.OPEN).order_by("pk").first()
    if current is None:
        raise Refused("Cette évaluation n’est pas ouverte.")
    over = current.evaluation_until is not None and current.evaluation_until < timezone.localdate()
    if not over and (actor.door == Door.MACHINE or _waiting(actor, current)):
        raise Refused("Une séance est encore à venir, ou à compter. On ferme après.")
    with connection.cursor() as cursor:
        cursor.execute("select close_evaluation(%s, %s)", [action.pk, [new_id() for _ in range(3 * _MOST_QUESTIONS)]])
        said = cursor.fetchone()[0]
    if said is None:
        raise Refused("Cette évaluation n’est pas ouverte.")
    current.evaluation = said
    return current


def _waiting(actor: Actor, action: Action) -> bool:
    return Session.objects.visible_to(actor).filter(action_id=action.pk, state=SessionState.PLANNED).exists()
