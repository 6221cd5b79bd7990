"""Grids: answered little by little and from two tabs, refused or not, frozen once finished; switched on, published."""

from __future__ import annotations

import json
from typing import Any

import pytest

from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.plans import commands_grids, instruments, queries_grids
from amarre.plans import models as m
from amarre.plans.instruments import REFUSED
from tests.cast import actor, as_owner
from tests.plans.acting import W, again, by, refusal, told
from tests.rows_plans import OWN_GRID

pytestmark = pytest.mark.django_db

FINISHED = "Cette grille est terminée\u00a0: elle ne change plus. Commencez-en une autre."
OFF = "Cette grille n’est pas proposée ici\u00a0: elle demande quelqu’un de formé à ses résultats."
ALONE = {"side": "person", "mode": "alone"}


def asked() -> m.Filling:
    """EPICES, that Inès was asked to fill."""
    return W.part(m.Filling, side="person")


def answers(filling: m.Filling) -> dict[str, Any]:
    return dict(json.loads(again(filling).answers))


def start(who: str = "claire", **said: Any) -> str:
    return refusal(who, commands_grids.start_filling, **{"plan": W.plan(), "code": "pdp", **ALONE, **said})


# Filling -------------------------------------------------------------------------------------------


def test_two_tabs_do_not_lose_each_other_s_answers() -> None:
    tab, other = asked(), asked()
    by("ines", commands_grids.answer, filling=tab, answers={1: "yes", 2: "no"})
    by("ines", commands_grids.answer, filling=other, answers={3: "yes", 2: "yes"})
    by("claire", commands_grids.answer, filling=tab, answers={4: "no"})
    assert answers(tab) == {"1": True, "2": True, "3": True, "4": False}
    by("ines", commands_grids.answer, filling=tab, answers={2: None})
    assert answers(tab) == {"1": True, "3": True, "4": False}, "an answer is taken back"
    assert again(tab).changed_at > tab.changed_at


def test_any_question_may_be_refused() -> None:
    by("ines", commands_grids.answer, filling=asked(), answers={1: REFUSED})
    assert answers(asked()) == {"1": REFUSED}
    ines = actor("ines")
    with acting_as(ines):
        read = queries_grids.opened(ines, asked())
        assert read.done == 1
        assert read.result.score is None
        assert [words for _, words in read.said] == ["préfère ne pas répondre"]
    assert not refusal("ines", commands_grids.finish, filling=asked())


def test_what_is_no_answer_is_said_and_nothing_is_kept() -> None:
    said = refusal("ines", commands_grids.answer, filling=asked(), answers={1: "yes", 2: "perhaps"})
    assert said
    assert refusal("ines", commands_grids.answer, filling=asked(), answers={99: "yes"}) == "Question inconnue."
    assert answers(asked()) == {}


@pytest.mark.parametrize("code", ["ines", "claire"])
def test_finished_it_is_frozen(code: str) -> None:
    stale = asked()
    assert refusal("ines", commands_grids.finish, filling=stale) == (
        "Aucune réponse n’est donnée. Répondez à une question au moins, ou laissez la grille ouverte."
    )
    by("ines", commands_grids.answer, filling=stale, answers={1: "yes"})
    by("ines", commands_grids.finish, filling=stale)
    assert refusal(code, commands_grids.answer, filling=stale, answers={2: "yes"}) == FINISHED
    assert refusal(code, commands_grids.finish, filling=stale) == "Cette grille est déjà terminée."
    assert answers(stale) == {"1": True}


def test_each_speaks_from_their_own_side() -> None:
    written = W.part(m.Filling, side="worker")
    for act, more in ((commands_grids.answer, {"answers": {1: "x"}}), (commands_grids.finish, {})):
        with pytest.raises(NotAllowed):
            by("ines", act, filling=written, **more)
        with pytest.raises(NotAllowed):
            by("yanis", act, filling=asked(), **more)
    with pytest.raises(NotAllowed):
        by("ines", commands_grids.start_filling, plan=W.plan(), code="pdp", side="worker", mode="worker")


# Beginning -----------------------------------------------------------------------------------------


def test_beginning_a_grid() -> None:
    assert start(code="inconnue") == "Cette grille n’existe pas."
    assert start(code="brouillon") == "Cette grille n’existe pas.", "a draft is no grid yet"
    assert start(code="epices") == "Cette grille est déjà commencée\u00a0: continuez celle qui est ouverte."
    both = "Ce point de vue et cette façon de remplir ne vont pas ensemble."
    assert start(side="worker") == start(mode="worker") == both
    assert start("ines") == ""
    assert W.part(m.Filling, grid="pdp").author_id is None
    assert not told(), "who begins alone is not told"
    assert start(side="worker", mode="worker") == "", "the two sides apart"
    assert not told()
    assert start(code="essai") == ""
    assert len(told()) == 1, "asked of the person"


@pytest.mark.parametrize("code", ["phq2", "phq4", "phq9", "gad7", "who5"])
def test_screeners_wait_until_the_service_switches_them_on(code: str) -> None:
    assert instruments.newest(code).off_by_default
    assert start(code=code) == OFF
    by("marc", commands_grids.switch_grid, code=code, enabled=True)
    assert start(code=code) == ""
    by("alex", commands_grids.switch_grid, code=code, enabled=False)
    assert start(code=code, side="worker", mode="worker") == OFF
    assert offered("claire")[code] is False


def offered(code: str) -> dict[str, bool]:
    who = actor(code)
    with acting_as(who):
        return {offer.grid.code: offer.enabled for offer in queries_grids.offered(who)}


def test_a_person_does_not_open_a_screener_by_themselves() -> None:
    """The results of a screener ask for somebody trained: the worker offers it, once it is on."""
    assert start("ines", code="phq9")
    assert start("ines", code="gad7")


@pytest.mark.parametrize("code", ["claire", "sophie", "lea", "hugo", "ines"])
def test_only_the_service_keeps_grids(code: str) -> None:
    for act, said in (
        (commands_grids.switch_grid, {"code": "phq9", "enabled": True}),
        (commands_grids.draft_grid, {"code": "maison", "definition": OWN_GRID}),
        (commands_grids.publish_grid, {"grid": W.own_grid("brouillon")}),
        (commands_grids.withdraw_grid, {"grid": W.own_grid()}),
    ):
        with pytest.raises(NotAllowed):
            by(code, act, **said)


# The service's own ---------------------------------------------------------------------------------


def test_a_grid_of_one_s_own_is_written_published_and_never_changes() -> None:
    assert refusal("alex", commands_grids.draft_grid, code="epices", definition=OWN_GRID) == (
        "Ce code est celui d’une grille fournie. Choisissez-en un autre."
    )
    draft = by("alex", commands_grids.draft_grid, code="maison", definition={"title": "À finir"})
    assert (draft.version, draft.state) == (1, "draft")
    assert refusal("alex", commands_grids.publish_grid, grid=draft), "what is malformed is said"
    with pytest.raises(Refused):
        by("alex", commands_grids.publish_grid, grid=draft)
    same = by("marc", commands_grids.draft_grid, code="maison", definition=OWN_GRID)
    assert same.pk == draft.pk
    assert refusal("alex", commands_grids.withdraw_grid, grid=draft) == "Seule une grille publiée se retire."
    by("alex", commands_grids.publish_grid, grid=draft)
    assert refusal("alex", commands_grids.publish_grid, grid=draft) == "Cette version est déjà publiée."
    second = by("alex", commands_grids.draft_grid, code="maison", definition={**OWN_GRID, "title": "Autrement"})
    assert (second.version, second.definition["version"]) == (2, "2")
    assert again_own(draft).definition["title"] == "Grille d’essai"
    by("alex", commands_grids.publish_grid, grid=second)
    assert (again_own(draft).state, again_own(second).state) == ("withdrawn", "published")
    by("marc", commands_grids.withdraw_grid, grid=second)
    for code in (draft, second):
        assert refusal("alex", commands_grids.publish_grid, grid=code) == "Cette version est déjà publiée."
        assert refusal("alex", commands_grids.withdraw_grid, grid=code) == "Seule une grille publiée se retire."
    assert "maison" not in offered("claire")


def again_own(grid: m.OwnGrid) -> m.OwnGrid:
    with as_owner():
        return m.OwnGrid.objects.get(pk=grid.pk)


def test_what_was_filled_stays_readable_with_the_words_of_its_day() -> None:
    by("claire", commands_grids.start_filling, plan=W.plan(), code="essai", **ALONE)
    filling = W.part(m.Filling, grid="essai", side="person")
    by("ines", commands_grids.answer, filling=filling, answers={1: "Bien."})
    newer = {**OWN_GRID, "title": "Autrement", "items": [{**OWN_GRID["items"][0], "label": "Et alors ?"}]}
    draft = by("alex", commands_grids.draft_grid, code="essai", definition=newer)
    by("alex", commands_grids.publish_grid, grid=draft)
    for code in ("ines", "claire"):
        who = actor(code)
        with acting_as(who):
            read = queries_grids.opened(who, again(filling))
            assert (read.grid.title, read.said[0][0].label, read.said[0][1]) == (
                "Grille d’essai", "Comment ça va ?", "Bien.",
            )  # fmt: skip
            compared = queries_grids.compare(who, W.plan(), "essai")
            assert compared
            assert [cells for _, cells in compared.rows] == [["Bien.", "canari-grille-ines"]]
            assert compared.scored == []
            assert queries_grids.compare(who, W.plan(), "who5") is None
