"""Messages, opinions, look-backs, the wish for another worker; and what stops when the case is closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from amarre.cases.models import Assignment, Case, LookBack
from amarre.core import commands as core
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.plans import (
    commands,
    commands_goals,
    commands_grids,
    commands_papers,
    commands_space,
    commands_talk,
    queries,
)
from amarre.plans import models as m
from tests.cast import actor, as_owner
from tests.core.hostile_files import picture
from tests.plans.acting import W, again, by, refusal
from tests.rows import CLOSED_CASE, INES_CASE, TODAY, YANIS_CASE

pytestmark = pytest.mark.django_db

OVER = "Votre suivi est terminé. Vous pouvez demander de l’aide à nouveau."


def close(number: str = INES_CASE) -> None:
    """The case is over."""
    with as_owner(), core.loading():
        Assignment.objects.filter(number=number).update(state="closed", closed_on=TODAY)


def test_messages_are_read_by_the_other_side() -> None:
    assert refusal("ines", commands_talk.send_message, plan=W.plan(), body=" \n ") == (
        "Le message est vide. Écrivez au moins une phrase."
    )
    by("claire", commands_talk.send_message, plan=W.plan(), body=" Bonjour ")
    ines = actor("ines")
    with acting_as(ines):
        assert queries.unread(ines, W.plan()) == 2
        assert [row.body for row in queries.messages(ines, W.plan())][-1] == "Bonjour"
    by("ines", commands_talk.mark_read, plan=W.plan())
    assert refusal("ines", commands_talk.mark_read, plan=W.plan()) == "Tout est déjà lu."
    with acting_as(ines):
        assert queries.unread(ines, W.plan()) == 0
    hers = W.part(m.Message, side="person")
    assert hers.read_at is None, "one does not read one's own"
    by("claire", commands_talk.mark_read, plan=W.plan())
    assert again(hers).read_at


@pytest.mark.parametrize(("code", "side"), [("ines", "person"), ("claire", "worker")])
def test_an_opinion_may_leave_everything_out_but_one_word(code: str, side: str) -> None:
    give = commands_talk.give_opinion
    assert refusal(code, give, plan=W.plan(), answers={}) == "Aucune réponse n’est donnée. Une seule suffit."
    kept = by(code, give, plan=W.plan(), answers={"useful": " oui ", "words": "  "})
    assert (json.loads(kept.answers), kept.side) == ({"useful": "oui"}, side)


def due(number: str, days: int) -> LookBack:
    """A look-back of somebody's case."""
    with as_owner(), core.loading():
        row = LookBack(case=Case.objects.get(number=number), months=6, due_on=TODAY + timedelta(days=days))
        row.save()
        return row


@pytest.mark.parametrize(("days", "asked"), [(-3, True), (14, True), (15, False)])
def test_a_person_answers_a_look_back_whose_day_comes_once(days: int, asked: bool) -> None:
    row = due(INES_CASE, days)
    said = {"plan": W.plan(), "look_back_id": row.pk, "words": " Ça va ", "goals": {"1": "reached"}}
    ines = actor("ines")
    with acting_as(ines):
        assert [back.id for back in queries.my_look_backs()] == ([row.pk] if asked else [])
    no = "Cette réponse est déjà donnée. Merci."
    assert refusal("ines", commands_talk.answer_look_back, **said) == ("" if asked else no)
    if asked:
        kept = W.part(m.LookBackAnswer)
        assert (kept.side, json.loads(kept.content)) == ("person", {"goals": {"1": "reached"}, "words": "Ça va"})
        assert refusal("ines", commands_talk.answer_look_back, **said) == no
        assert refusal("claire", commands_talk.answer_look_back, **said) == no
        with acting_as(ines):
            assert queries.my_look_backs() == []


def test_a_look_back_of_another_case_is_not_answered_here() -> None:
    other = due(YANIS_CASE, 0)
    for code in ("ines", "claire"):
        assert refusal(code, commands_talk.answer_look_back, plan=W.plan(), look_back_id=other.pk)


def test_the_wish_for_another_worker_is_not_read_by_the_members() -> None:
    asking = {"plan": W.plan(YANIS_CASE), "words": " Je préfère. "}
    change = by("yanis", commands_talk.ask_for_another_worker, **asking)
    assert (change.words, change.number) == ("Je préfère.", YANIS_CASE)
    assert refusal("yanis", commands_talk.ask_for_another_worker, **asking) == (
        "Vous l’avez déjà demandé. Le service vous répond."
    )
    for code, seen in (("marc", 2), ("ines", 1), ("yanis", 1), ("claire", 0), ("nadia", 0), ("alex", 0), ("lea", 0)):
        who = actor(code)
        with acting_as(who):
            assert m.WorkerChange.objects.visible_to(who).count() == seen, code
    marc = actor("marc")
    with acting_as(marc):
        row = m.WorkerChange.objects.visible_to(marc).get(number=YANIS_CASE)
        settled = commands_talk.settle_change(actor=marc, change=row)
        assert settled.settled_by_id == marc.user_id
    assert refusal("marc", commands_talk.settle_change, change=row) == "Cette demande est déjà réglée."
    by("yanis", commands_talk.ask_for_another_worker, **asking)
    elsewhere = m.WorkerChange(pk=1, plan=W.plan(), centre=W.centre("Nanterre"))
    with pytest.raises(NotAllowed):
        by("marc", commands_talk.settle_change, change=elsewhere)


# Once the case is closed ---------------------------------------------------------------------------

PERSON: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (commands_goals.propose_goal, {"title": "x"}),
    (commands_goals.add_action, {"what": "x", "owner": "person"}),
    (commands_talk.send_message, {"body": "x"}),
    (commands_talk.ask_for_another_worker, {}),
    (commands_papers.add_document, {"name": "x.png", "content": picture("PNG")}),
    (commands_grids.start_filling, {"code": "pdp", "side": "person", "mode": "alone"}),
]
WORKER: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    *[row for row in PERSON if row[0] is not commands_talk.ask_for_another_worker],
    (commands.agree_rhythm, {"weeks": 2}),
    (commands.freeze_plan, {"content": "{}"}),
    (commands_goals.add_need, {"title": "x"}),
    (commands_papers.open_application, {"procedure": "rqth"}),
    (commands_papers.write_budget, {"on": TODAY, "adults": 1, "children": 0, "lines": [("charge", "x", 1)]}),
    (commands_space.check_channel, {"email": "x@exemple.example"}),
]


@pytest.mark.parametrize(("act", "said"), PERSON, ids=lambda v: getattr(v, "__name__", ""))
def test_a_person_whose_case_is_over_is_told_so(act: Callable[..., Any], said: dict[str, Any]) -> None:
    close()
    assert refusal("ines", act, plan=W.plan(), **said) == OVER
    ines = actor("ines")
    with acting_as(ines):
        assert queries.whole(ines, W.plan()).goals, "it stays readable"


@pytest.mark.parametrize(("act", "said"), WORKER, ids=lambda v: getattr(v, "__name__", ""))
def test_nothing_is_begun_in_a_closed_case(act: Callable[..., Any], said: dict[str, Any]) -> None:
    assert refusal("bruno", act, plan=W.plan(CLOSED_CASE), **said)
    assert not refusal("bruno", act, plan=W.plan(), **said), "it goes on elsewhere"


@pytest.mark.parametrize("code", ["claire", "bruno", "zoe", "ines"])
def test_everybody_of_the_circle_takes_part(code: str) -> None:
    """The trainee too: whoever may not hand the case over still writes in it."""
    assert not refusal(code, commands_talk.send_message, plan=W.plan(), body="x")
    assert not refusal(code, commands_goals.propose_goal, plan=W.plan(), title="x")
