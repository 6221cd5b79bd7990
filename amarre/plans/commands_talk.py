"""Every write between the person and the service: messages, the opinion, look-backs, the wish for another worker.

Read by the doors. Mails only ever say that something waits. Must not know HTTP.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils import timezone

from amarre.cases.models import LookBack
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.plans import policy
from amarre.plans.commands import require_going_on, tell_the_person
from amarre.plans.models import LookBackAnswer, Message, Opinion, Plan, WorkerChange
from amarre.plans.policy import side_of
from amarre.plans.queries import my_look_backs, my_worker
from amarre.plans.states import Side


@command("message.send", allowed=policy.may_take_part)
def send_message(*, actor: Actor, plan: Plan, body: str) -> Message:
    """Write to the other side."""
    require_going_on(actor, plan)
    if not body.strip():
        raise Refused("Le message est vide. Écrivez au moins une phrase.")
    message = Message(
        plan=plan, side=side_of(actor), author_id=actor.account_id if actor.door == Door.STAFF else None,
        body=body.strip(), at=timezone.now(),
    )  # fmt: skip
    message.save()
    if message.side == Side.WORKER:
        tell_the_person(plan)
    return message


@command("message.mark_read", allowed=policy.may_take_part)
def mark_read(*, actor: Actor, plan: Plan) -> Plan:
    """What the other side wrote was read."""
    theirs = Side.WORKER if side_of(actor) == Side.PERSON else Side.PERSON
    rows = Message.objects.visible_to(actor).of(plan).filter(side=theirs, read_at=None)
    if not rows.update(read_at=timezone.now()):
        raise Refused("Tout est déjà lu.")
    return plan


@command("opinion.give", allowed=policy.may_take_part)
def give_opinion(*, actor: Actor, plan: Plan, answers: Mapping[str, str]) -> Opinion:
    """What the person thinks of the help they had, from their space or on the worker's paper; all is optional."""
    kept = {name: value.strip() for name, value in answers.items() if value.strip()}
    if not kept:
        raise Refused("Aucune réponse n’est donnée. Une seule suffit.")
    opinion = Opinion(plan=plan, answers=json.dumps(kept, ensure_ascii=False), side=side_of(actor), at=timezone.now())
    opinion.save()
    return opinion


@command("look_back.answer", allowed=policy.may_take_part)
def answer_look_back(
    *, actor: Actor, plan: Plan, look_back_id: int, employment: str = "", goals: Mapping[str, str] | None = None,
    words: str = "",
) -> LookBackAnswer:  # fmt: skip
    """Employment, and what became of the goals, six or twelve months later."""
    if actor.door == Door.STAFF:
        known = LookBack.objects.visible_to(actor).filter(pk=look_back_id, case_id=plan.case_id).exists()
    else:
        known = any(row.id == look_back_id and row.plan_id == plan.pk for row in my_look_backs())
    if not known or LookBackAnswer.objects.visible_to(actor).filter(look_back_id=look_back_id).exists():
        raise Refused("Cette réponse est déjà donnée. Merci.")
    kept = {"goals": dict(goals or {}), "words": words.strip()}
    row = LookBackAnswer(
        plan=plan, look_back_id=look_back_id, employment=employment, content=json.dumps(kept, ensure_ascii=False),
        side=side_of(actor), at=timezone.now(),
    )  # fmt: skip
    row.save()
    return row


@command("change.ask", allowed=policy.is_own)
def ask_for_another_worker(*, actor: Actor, plan: Plan, words: str = "") -> WorkerChange:
    """The person asks for another worker: the coordinators of the centre read it, the members of the case do not."""
    worker = my_worker(plan.pk)
    if worker is None or not worker.open:
        raise Refused("Votre suivi est terminé. Vous pouvez demander de l’aide à nouveau.")
    if WorkerChange.objects.visible_to(actor).of(plan).filter(settled_at=None).exists():
        raise Refused("Vous l’avez déjà demandé. Le service vous répond.")
    change = WorkerChange(
        plan=plan, centre_id=worker.centre_id, number=worker.number, words=words.strip() or None,
        asked_at=timezone.now(),
    )  # fmt: skip
    change.save()
    return change


@command("change.settle", allowed=policy.may_settle_change)
def settle_change(*, actor: Actor, change: WorkerChange) -> WorkerChange:
    """The coordinator has answered: another worker was named, or one has talked about it."""
    current = WorkerChange.objects.visible_to(actor).select_for_update().get(pk=change.pk)
    if current.settled_at is not None:
        raise Refused("Cette demande est déjà réglée.")
    current.settled_at, current.settled_by_id = timezone.now(), actor.account_id
    current.save(update_fields=["settled_at", "settled_by"])
    return current
