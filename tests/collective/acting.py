"""Actions made by the commands: what the tests of the room share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from amarre.collective import commands, commands_evaluation, commands_sessions
from amarre.collective import models as m
from amarre.core import commands as core
from amarre.core.scope import acting_as
from amarre.organisations.models import Establishment
from tests.cast import actor, as_owner
from tests.trios import World

M = TypeVar("M", bound=Model)
W = World()


def by(somebody: str, act: Any, **said: Any) -> Any:
    """One command, done by somebody of the cast."""
    who = actor(somebody)
    with acting_as(who):
        return act(actor=who, **said)


def kept(row: M) -> Any:
    with as_owner():
        return type(row)._default_manager.get(pk=row.pk)


def set_row(row: M, **values: Any) -> Any:
    """The world as a test needs it, past every command."""
    with as_owner(), core.loading():
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return kept(row)


def workplace(headcount: str = "", city: str = "Montreuil") -> Establishment:
    """The workplace of that commune, with so many employees."""
    with as_owner(), core.loading():
        place = Establishment.objects.select_related("company").filter(city=city).order_by("pk")[0]
        place.headcount = headcount
        place.save()
    return place


def opened(code: str = "carers", headcount: str = "200", by_whom: str = "claire", **said: Any) -> m.Action:
    place = workplace(headcount)
    with as_owner():
        offer, company = m.Offer.objects.get(code=code), place.company
    said = {
        "offer": offer,
        "company": company,
        "establishment": place,
        "asker": "service",
        "need": "Une demande",
    } | said
    return by(by_whom, commands.open_action, **said)


def agreed(code: str = "carers", **said: Any) -> m.Action:
    action = opened(code, **said)
    today = timezone.localdate()
    return by("claire", commands.agree_action, action=action, agreed_with="la direction", agreed_on=today,
              place="Salle commune")  # fmt: skip


def planned(action: m.Action, day: date | None = None, **said: Any) -> m.Session:
    said = {"starts": time(9), "ends": time(10), "team": [W.colleague("claire")]} | said
    day = day or timezone.localdate() + timedelta(days=60)
    return by("claire", commands_sessions.plan_session, action=action, day=day, **said)


def held(action: m.Action, heads: int | None, day: date | None = None, hour: int = 9) -> m.Session:
    day = day or timezone.localdate() - timedelta(days=40)
    session = planned(action, day, starts=time(hour), ends=time(hour + 1))
    return by("claire", commands_sessions.hold_session, session=session, head_count=heads)


def asked(action: m.Action) -> str:
    """The code of the questions, once open."""
    return by("claire", commands_evaluation.open_evaluation, action=action).evaluation_code


def answer(code: str, answers: Iterable[list[int]], moment: str = "end") -> None:
    for levels in answers:
        by("passer_by", commands_evaluation.answer_evaluation, code=code, levels=levels, moment=moment)


def closed(action: m.Action) -> m.Action:
    by("claire", commands_evaluation.close_evaluation, action=action)
    return kept(action)


def evaluated(n: int, heads: int = 40, code: str = "carers", level: int = 4, hour: int = 9) -> m.Action:
    """An action that was held, and answered `n` times."""
    action = agreed(code)
    held(action, heads, hour=hour)
    answer(asked(action), [[level, level, level]] * n)
    return closed(action)
