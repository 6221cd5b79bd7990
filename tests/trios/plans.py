"""The commands of `plans` about the plan itself, its goals and what both say. Papers and the space have modules beside.

The person acts as the worker does; Nadia, the busy neighbour, and Yanis, who was invited to the goals, do not.
"""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any

from django.db import DatabaseError

from amarre.cases.models import Case, LookBack
from amarre.plans import models as m
from tests.rows import CLOSED_CASE, INES_CASE, THEO_CASE, TODAY, YANIS_CASE
from tests.trios import World, trio

YESTERDAY = TODAY - timedelta(days=1)
SAID = "canari-commande"


def another_s_person(w: World) -> Case:
    """Théo's case, said to be about Inès."""
    case = copy(w.case(THEO_CASE))
    case.person_id = w.person().pk
    return case


trio(
    "plan.open",
    allowed=("theo", lambda w: {"case": w.case(THEO_CASE)}),
    refused="nadia",
    failed=lambda w: {"case": another_s_person(w)},
    error=DatabaseError,
)
trio(
    "plan.rhythm",
    allowed=("claire", lambda w: {"plan": w.plan(), "weeks": 2, "reason_words": SAID}),
    refused="nadia",
    failed=lambda w: {"plan": w.plan(), "weeks": 2, "until": YESTERDAY},
)
trio(
    "plan.protect",
    allowed=("bruno", lambda w: {"plan": w.plan(), "regime": "assisted", "protector": "clair-commande"}),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), "regime": "assisted", "protector": " "},
)
trio(
    "plan.freeze",
    allowed=("claire", lambda w: {"plan": w.plan(), "content": SAID}),
    refused="nadia",
    failed=lambda w: {"plan": w.plan(), "content": None},
    error=DatabaseError,
)
trio(
    "plan.answer",
    allowed=("ines", lambda w: {"version": w.part(m.Version, state="proposed"), "agreed": True, "words": SAID}),
    refused="nadia",
    failed=("claire", lambda w: {"version": w.part(m.Version, state="proposed"), "agreed": True}),
)
trio(
    "plan.hand",
    allowed=("claire", lambda w: {"version": w.part(m.Version), "on": TODAY, "how": ["hand", "space"]}),
    refused="marc",
    failed=("ines", lambda w: {"version": w.part(m.Version), "on": TODAY, "how": ["hand"]}),
)
trio(
    "plan.review",
    allowed=("zoe", lambda w: {"plan": w.plan(), "on": TODAY, "kind": "periodic", "words": SAID}),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), "on": TODAY, "kind": "periodic", "words": " "},
)

trio(
    "need.add",
    allowed=("claire", lambda w: {"plan": w.plan(), "title": SAID}),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), "title": " "},
)
trio(
    "need.edit",
    allowed=("claire", lambda w: {"plan": w.plan(), "need": w.part(m.Need), "title": SAID}),
    refused="nadia",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE), "need": w.part(m.Need), "title": "x"}),
)


def under_way(w: World) -> m.Goal:
    return w.part(m.Goal, state="under_way")


trio(
    "goal.propose",
    allowed=("ines", lambda w: {"plan": w.plan(), "title": SAID, "indicator": SAID, "target": SAID}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), "title": " "},
)
trio(
    "goal.edit",
    allowed=("claire", lambda w: {"goal": under_way(w), "version": 1, "title": SAID, "baseline": SAID}),
    refused="ines",
    failed=lambda w: {"goal": under_way(w), "version": 7, "title": "autre"},
)
trio(
    "goal.accept",
    allowed=(
        "ines",
        lambda w: {
            "goal": w.part(m.Goal, state="proposed", proposed_by="worker"), "accepted": True, "words": SAID,
        },
    ),
    refused=("ines", lambda w: {"goal": w.part(m.Goal, state="proposed", proposed_by="person"), "accepted": True}),
    failed=lambda w: {"goal": under_way(w), "accepted": True},
)  # fmt: skip
trio(
    "goal.close",
    allowed=("claire", lambda w: {"goal": under_way(w), "state": "reached"}),
    refused="ines",
    failed=lambda w: {"goal": under_way(w), "state": "under_way"},
)
trio(
    "goal.progress",
    allowed=("ines", lambda w: {"plan": w.plan(), "goal": under_way(w), "value": -1, "words": SAID}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), "goal": under_way(w), "value": 3},
)
trio(
    "goal.comment",
    allowed=("ines", lambda w: {"plan": w.plan(), "goal": under_way(w), "words": SAID}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), "goal": under_way(w), "words": " "},
)
trio(
    "action.add",
    allowed=("ines", lambda w: {"plan": w.plan(), "what": SAID, "owner": "person", "goal": under_way(w)}),
    refused="nadia",
    failed=lambda w: {"plan": w.plan(), "what": "Appelez la banque.", "owner": "worker"},
)
trio(
    "action.edit",
    allowed=(
        "claire",
        lambda w: {
            "plan": w.plan(), "action": w.part(m.Action, state="open"), "what": SAID, "owner": "third", "third": SAID,
        },
    ),
    refused="ines",
    failed=lambda w: {"plan": w.plan(), "action": w.part(m.Action), "what": "x", "owner": "third"},
)  # fmt: skip
trio(
    "action.settle",
    allowed=("ines", lambda w: {"action": w.part(m.Action, state="open"), "state": "not_done", "why_not": SAID}),
    refused="yanis",
    failed=lambda w: {"action": w.part(m.Action, state="open"), "state": "perhaps"},
)

trio(
    "message.send",
    allowed=("ines", lambda w: {"plan": w.plan(), "body": SAID}),
    refused="marc",
    failed=lambda w: {"plan": w.plan(), "body": " "},
)
trio(
    "message.mark_read",
    allowed=("ines", lambda w: {"plan": w.plan()}),
    refused="nadia",
    failed=("yanis", lambda w: {"plan": w.plan(YANIS_CASE)}),
)
trio(
    "opinion.give",
    allowed=("ines", lambda w: {"plan": w.plan(), "answers": {"words": SAID}}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), "answers": {"words": " "}},
)


def looked_back(w: World, look_back: LookBack) -> dict[str, Any]:
    return {"plan": w.plan(CLOSED_CASE), "look_back_id": look_back.pk, "employment": "PERMANENT", "words": SAID}


trio(
    "look_back.answer",
    allowed=(
        "bruno",
        lambda w: looked_back(w, w.made(LookBack(case=w.case(CLOSED_CASE), months=12, due_on=TODAY))),
    ),
    refused=("claire", lambda w: looked_back(w, w.look_back())),
    failed=("bruno", lambda w: looked_back(w, w.look_back())),
)
trio(
    "change.ask",
    allowed=("yanis", lambda w: {"plan": w.plan(YANIS_CASE), "words": SAID}),
    refused="nadia",
    failed=("ines", lambda w: {"plan": w.plan(INES_CASE)}),
)


def another_centre(w: World) -> m.WorkerChange:
    """A wish that no row keeps, said to be of the coordinator's centre."""
    return m.WorkerChange(pk=1, plan=w.plan(YANIS_CASE), centre=w.centre())


trio(
    "change.settle",
    allowed=("marc", lambda w: {"change": w.part(m.WorkerChange)}),
    refused="claire",
    failed=lambda w: {"change": another_centre(w)},
    error=m.WorkerChange.DoesNotExist,
)
