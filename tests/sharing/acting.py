"""Agreements and transmissions made by the commands: what the tests of the single way out share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Model

from amarre.core import commands as core
from amarre.sharing import commands, commands_agreements
from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from amarre.sharing.parties import Party, colleague_party
from tests.cast import actor, as_owner
from tests.plans.acting import W, by
from tests.rows import TODAY
from tests.trios.sharing import draft, given, left, one

M = TypeVar("M", bound=Model)
LATER, YESTERDAY = TODAY + timedelta(days=30), TODAY - timedelta(days=1)
__all__ = ["LATER", "YESTERDAY", "asked", "draft", "given", "hugo", "kept", "left", "one", "sent", "set_row", "written"]


def kept(row: M) -> Any:
    """The row as it is kept now, with what it rests on."""
    with as_owner():
        found = type(row)._default_manager.get(pk=row.pk)
        for name in ("case", "agreement", "exception", "colleague", "contact", "partner", "unit", "to_user"):
            if hasattr(type(row), name) and getattr(found, name) is not None and name == "case":
                assert found.case.assignment.pk
        if isinstance(found, (m.AccessLink, m.Answer)):
            assert found.transmission.case.assignment.pk
        return found


def set_row(row: M, **values: Any) -> Any:
    """The world as a test needs it, past every command."""
    with as_owner(), core.loading():
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return kept(row)


def hugo() -> Party:
    return colleague_party(W.colleague("hugo"), "Dr Hugo Exemple")


def asked(code: str = "claire", to: Party | None = None, until: date = LATER, **said: Any) -> m.Agreement:
    """An agreement just asked."""
    said = {"case": W.case(), "to": to or hugo(), "purpose": "post", "what": "Les horaires", "until": until} | said
    return kept(by(code, commands_agreements.ask_agreement, **said))


def agreed(code: str = "claire", **said: Any) -> m.Agreement:
    """One that was given, aloud."""
    row = asked(code, **said)
    return kept(by(code, commands_agreements.give_agreement, agreement=row, how="oral"))


def written(agreement: m.Agreement, code: str = "claire", **said: Any) -> m.Transmission:
    """A draft under an agreement."""
    said = {"case": W.case(), "agreement": agreement, "subject": "Inès Benali", "content": "Le matin"} | said
    return kept(by(code, commands.prepare_transmission, **said))


def sent(agreement: m.Agreement, **said: Any) -> m.Transmission:
    """One that left."""
    row = written(agreement, **said)
    return kept(by("claire", commands.send_transmission, transmission=row, checked=seen_as(row)))


def seen_by(code: str, model: type[Model], **wanted: Any) -> list[Any]:
    """What somebody reads of a table, by our rules and by the wall together."""
    who: Any = actor(code)
    from amarre.core.scope import acting_as

    with acting_as(who):
        return list(model._default_manager.visible_to(who).filter(**wanted))
