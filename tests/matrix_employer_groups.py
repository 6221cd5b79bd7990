"""Rows of the matrix for the employer's door on collective actions: one's workplace, never the neighbour's.

Read by `tests.matrix_employer`. Paul and Karim (elected) speak for one place, Rita for another; what is asked and not
agreed is read by whoever asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.collective import models as m
from tests.matrix_collective import key
from tests.trios import World

EMPLOYERS = frozenset({"paul", "rita", "karim"})
HERE, THERE, KARIM = frozenset({"paul", "karim"}), frozenset({"rita"}), frozenset({"karim"})


def rows(door: Callable[..., None]) -> None:
    """Every address of the family."""
    for name in ("action_list", "action_new", "improvement_list"):
        door(name, {200: EMPLOYERS})
    door("action_ask", {200: EMPLOYERS}, {422: EMPLOYERS}, about=key(m.Offer, code="carers"))
    asked, agreed = key(m.Action, state="requested"), key(m.Action, state="agreed")
    accounted, discreet = key(m.Action, state="accounted"), key(m.Action, discreet=True, state="held")
    others = key(m.Action, state="discussed")  # the service's own, not agreed: read by nobody here
    door("action", {200: KARIM}, about=asked)
    for about in (agreed, accounted):
        door("action", {200: HERE}, about=about)
    door("action", {200: THERE}, about=discreet)
    door("action", {404: EMPLOYERS}, about=others)
    door("action_withdraw", {200: KARIM}, {302: KARIM}, about=asked)
    door("action_withdraw", {404: EMPLOYERS}, about=agreed)
    door("action_tell", {200: HERE}, about=agreed)
    door("action_tell", {404: EMPLOYERS}, about=accounted)
    for name, more in (("action_paper", ["affiche-a4"]), ("action_calendar", [])):
        door(name, {200: HERE}, about=about_and(agreed, more))
        door(name, {404: EMPLOYERS}, about=about_and(accounted, more))
    door("action_paper", {404: EMPLOYERS}, about=about_and(agreed, ["affiche-a0"]))
    door("action_account", {200: HERE}, about=accounted)
    door("action_account_file", {200: HERE}, about=accounted)
    door("action_account_file", {404: EMPLOYERS}, about=agreed)
    door("action_account", {404: EMPLOYERS}, about=agreed)
    for state in ("idea", "trial"):
        door("improvement", {200: HERE}, about=key(m.Improvement, state=state))


def about_and(about: Callable[[World], list[Any]], more: list[Any]) -> Callable[[World], list[Any]]:
    """A key, and what the address wants besides."""
    return lambda world: [*about(world), *more]
