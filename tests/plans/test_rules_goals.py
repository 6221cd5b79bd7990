"""What the trade refuses of needs, goals and actions, each in a sentence; and what it lets through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.plans import commands_goals, queries
from amarre.plans import models as m
from tests.cast import actor
from tests.plans.acting import W, again, by, refusal, told
from tests.rows import CLOSED_CASE, TODAY, YANIS_CASE

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


def goal(**wanted: Any) -> m.Goal:
    return W.part(m.Goal, **(wanted or {"state": "under_way"}))


def test_needs() -> None:
    plan, need = W.plan(), W.part(m.Need)
    assert refusal("claire", commands_goals.add_need, plan=plan, title=" ") == (
        "Il manque le besoin. Quelques mots suffisent."
    )
    assert refusal("claire", commands_goals.edit_need, plan=plan, need=need, title=" ")
    assert by("claire", commands_goals.edit_need, plan=plan, need=need, title=" Dormir ").title == "Dormir"
    assert again(need).version == 2
    other = W.plan(CLOSED_CASE)
    assert refusal("bruno", commands_goals.edit_need, plan=other, need=need, title="x")
    by("claire", commands_goals.edit_need, plan=plan, need=need, title="", remove=True)
    assert again(goal()).need_id is None, "the goals of a need stay"


def test_a_goal_changed_meanwhile_is_not_written_over() -> None:
    read = goal()
    by("bruno", commands_goals.edit_goal, goal=read, version=1, title="De Bruno")
    claire = actor("claire")
    with acting_as(claire), pytest.raises(commands_goals.GoalChanged) as raised:
        commands_goals.edit_goal(actor=claire, goal=read, version=1, title="De Claire")
    assert str(raised.value).startswith("Cet objectif a été modifié pendant que vous l’aviez ouvert. Vos mots sont")
    assert raised.value.goal.title == again(read).title == "De Bruno"
    assert by("claire", commands_goals.edit_goal, goal=read, version=2, title="De Claire").version == 3


def test_the_person_rewords_their_own_proposal_until_it_is_taken_up() -> None:
    mine = goal(proposed_by="person")
    assert by("ines", commands_goals.edit_goal, goal=mine, version=1, title="Mieux").title == "Mieux"
    by("claire", commands_goals.answer_goal, goal=mine, accepted=True)
    with pytest.raises(NotAllowed):
        by("ines", commands_goals.edit_goal, goal=again(mine), version=3, title="Encore")
    stale = mine
    with pytest.raises((NotAllowed, Refused)):
        by("ines", commands_goals.edit_goal, goal=stale, version=2, title="Encore")
    with pytest.raises((NotAllowed, Refused)):
        by("ines", commands_goals.close_goal, goal=stale, state="abandoned")
    assert (again(mine).state, again(mine).title) == ("under_way", "Mieux")


def test_nobody_takes_up_what_they_proposed_themselves() -> None:
    mine, theirs = goal(proposed_by="person"), goal(state="proposed", proposed_by="worker")
    with pytest.raises(NotAllowed):
        by("ines", commands_goals.answer_goal, goal=mine, accepted=True)
    waits = "Cet objectif attend encore une réponse\u00a0: il peut être abandonné, pas encore commencé ni atteint."
    for state in ("under_way", "reached", "partly"):
        assert refusal("ines", commands_goals.close_goal, goal=mine, state=state) == waits
        assert refusal("claire", commands_goals.close_goal, goal=theirs, state=state) == waits
    assert by("ines", commands_goals.close_goal, goal=mine, state="abandoned").settled_on == timezone.localdate()


def test_a_proposal_is_answered_once_with_a_word() -> None:
    theirs = goal(state="proposed", proposed_by="worker")
    declined = by("ines", commands_goals.answer_goal, goal=theirs, accepted=False, words=" Pas maintenant. ")
    assert (declined.state, declined.settled_on, declined.version) == ("declined", timezone.localdate(), 2)
    assert W.part(m.Comment, goal=theirs).words == "Pas maintenant."
    assert refusal("ines", commands_goals.answer_goal, goal=theirs, accepted=True) == (
        "Cet objectif n’attend plus de réponse."
    )
    assert refusal("claire", commands_goals.edit_goal, goal=theirs, version=2, title="x") == (
        "Cet objectif est terminé\u00a0: il ne change plus."
    )


def test_a_goal_is_settled_and_taken_up_again() -> None:
    read = goal()
    no = {"proposed": "Choisissez ce que l’objectif est devenu.", "under_way": "C’est déjà ce qui est écrit."}
    for state, sentence in no.items():
        assert refusal("claire", commands_goals.close_goal, goal=read, state=state) == sentence
    assert by("claire", commands_goals.close_goal, goal=read, state="partly").settled_on == timezone.localdate()
    assert by("claire", commands_goals.close_goal, goal=read, state="under_way").settled_on is None


@pytest.mark.parametrize(
    ("code", "said", "state"),
    [
        ("claire", {}, "proposed"), ("claire", {"together": True}, "under_way"), ("ines", {}, "proposed"),
        ("ines", {"together": True}, "proposed"),
    ],
)  # fmt: skip
def test_a_goal_is_under_way_at_once_when_both_chose_it(code: str, said: dict[str, Any], state: str) -> None:
    made = by(code, commands_goals.propose_goal, plan=W.plan(), title=" Dormir ", **said)
    assert (made.state, made.title, made.indicator) == (state, "Dormir", None)
    assert made.author_id == (actor("claire").user_id if code == "claire" else None)
    assert len(told()) == (1 if (code, state) == ("claire", "proposed") else 0)


def test_a_plan_does_not_hold_more_goals_than_one_can_keep_in_mind() -> None:
    for _ in range(9):
        by("claire", commands_goals.propose_goal, plan=W.plan(), title="x", together=True)
    assert refusal("ines", commands_goals.propose_goal, plan=W.plan(), title="x") == (
        "Il y a déjà beaucoup d’objectifs en cours. Terminez-en un avant d’en ajouter."
    )
    by("claire", commands_goals.close_goal, goal=goal(), state="reached")
    by("ines", commands_goals.propose_goal, plan=W.plan(), title="x")


def test_nothing_points_into_another_plan() -> None:
    """Nadia's plan, and rows of Inès's."""
    there, need, theirs = W.plan(YANIS_CASE), W.part(m.Need), goal()
    own = W.part(m.Goal, YANIS_CASE)
    no = "n’est pas de ce projet."
    for act, said in (
        (commands_goals.propose_goal, {"plan": there, "title": "x", "need": need}),
        (commands_goals.edit_goal, {"goal": own, "version": 1, "title": "x", "need": need}),
        (commands_goals.say_progress, {"plan": there, "goal": theirs, "value": 1}),
        (commands_goals.comment_goal, {"plan": there, "goal": theirs, "words": "x"}),
        (commands_goals.add_action, {"plan": there, "goal": theirs, "what": "x", "owner": "both"}),
        (commands_goals.edit_action, {"plan": there, "action": W.part(m.Action), "what": "x", "owner": "both"}),
    ):
        assert refusal("nadia", act, **said).endswith(no), act.__name__


@pytest.mark.parametrize(
    ("code", "said", "sentence"),
    [
        ("ines", {"value": 3}, "Choisissez de −2 à +2."),
        ("ines", {"value": -3}, "Choisissez de −2 à +2."),
        ("ines", {"value": 1, "side": "worker"}, "Vous parlez pour vous seulement."),
        ("ines", {"value": 1, "on": TOMORROW}, "La date est dans l’avenir. Indiquez aujourd’hui ou un jour passé."),
        ("ines", {"value": -2}, ""),
        ("claire", {"value": 2, "side": "person", "words": " Elle le dit. "}, ""),
    ],
)
def test_how_it_goes(code: str, said: dict[str, Any], sentence: str) -> None:
    assert refusal(code, commands_goals.say_progress, plan=W.plan(), goal=goal(), **said) == sentence
    if not sentence:
        step = W.part(m.Progress, on=TODAY)
        assert (step.side, step.value) == ("person", said["value"])
        assert step.author_id == (actor("claire").user_id if code == "claire" else None)


def test_actions() -> None:
    add, edit, settle = commands_goals.add_action, commands_goals.edit_action, commands_goals.settle_action
    plan = W.plan()
    who = "Dites qui le fera."
    assert refusal("claire", add, plan=plan, what="x", owner="third") == who
    assert refusal("ines", add, plan=plan, what="x", owner="worker").startswith("Vous pouvez noter ce que vous ferez.")
    assert refusal("ines", add, plan=plan, what=" ", owner="person") == (
        "Il manque ce qui est à faire. Quelques mots suffisent."
    )
    action = by("claire", add, plan=plan, what=" Appeler ", owner="third", third=" La banque ")
    assert (action.what, action.third, action.proposed_by) == ("Appeler", "La banque", "worker")
    assert refusal("claire", edit, plan=plan, action=action, what="x", owner="third") == who
    assert by("claire", edit, plan=plan, action=action, what="x", owner="both").third is None
    assert refusal("ines", settle, action=action, state="x") == "Dites si c’est fait, pas fait, ou encore à faire."
    done = by("ines", settle, action=action, state="done", why_not="ignoré")
    assert (done.state, done.settled_by, done.settled_on, done.why_not) == ("done", "person", TODAY, None)
    undone = by("claire", settle, action=action, state="not_done", why_not=" Fermé ")
    assert (undone.settled_by, undone.why_not) == ("worker", "Fermé")
    opened = by("ines", settle, action=action, state="open")
    assert (opened.settled_by, opened.settled_on, opened.why_not) == ("", None, None)


def test_the_plan_is_read_back_whole() -> None:
    for code in ("claire", "ines"):
        who = actor(code)
        with acting_as(who):
            whole = queries.whole(who, m.Plan.objects.visible_to(who).get(case_id=W.plan().case_id))
            assert len(whole.goals) == 3
            assert whole.waiting
            assert whole.agreed
