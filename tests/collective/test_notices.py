"""Who of a workplace is told that something awaits: its contacts, employer and elected; never the neighbour's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone

from amarre.collective import commands, commands_sessions
from amarre.collective.models import Action, Session
from amarre.core.commands import Refused
from amarre.organisations.commands_contacts import end_contact
from amarre.organisations.models import Contact
from tests.cast import as_owner
from tests.collective.acting import W, agreed, by, held, kept, opened, planned, set_row
from tests.trios.contacts import mine
from tests.web.employer.two_worlds import jobs, notices

pytestmark = pytest.mark.django_db
HOURS = {"starts": time(9), "ends": time(10)}


def told(act: Callable[[], object]) -> set[str]:
    """Who of the three contacts is told by this, once."""
    whom = {mine(code).pk: code for code in ("paul", "karim", "rita")}
    before = len(jobs())
    act()
    found = [whom.get(args["recipient_id"], "?") for name, args in jobs()[before:] if name == "core.notify"]
    assert len(found) == len(set(found))
    return set(found)


def offer(code: str) -> object:
    from amarre.collective.models import Offer

    with as_owner():
        return Offer.objects.get(code=code)


STEPS = ("agreed", "told", "added", "moved", "cancelled", "account", "look_back")


def test_each_step_is_told_to_the_workplace() -> None:
    here = {"paul", "karim"}
    actions: list[Action] = []
    assert told(lambda: actions.append(agreed())) == here
    (action,) = actions
    sessions: list[Session] = []
    assert told(lambda: sessions.append(planned(action))) == set(), "nothing to say before it is announced"
    assert told(lambda: by("sophie", commands.tell_action, action=action)) == here
    assert told(lambda: planned(kept(action), starts=time(15), ends=time(16), link="https://reunion.example/x")) == here
    with as_owner():
        assert Session.objects.get(starts=time(15), action=action).place == "à distance", "nobody is sent to a room"
    day = timezone.localdate() + timedelta(days=61)
    team = [W.colleague("claire")]
    move = {"session": sessions[0], "day": day, "team": team, **HOURS}
    assert told(lambda: by("sophie", commands_sessions.change_session, **move)) == here
    assert told(lambda: by("sophie", commands_sessions.change_session, **move, capacity=4)) == set(), "same day, place"
    assert told(lambda: by("sophie", commands_sessions.cancel_session, session=sessions[0])) == here
    with as_owner():
        other = Session.objects.get(state="planned", action=action)
    assert told(lambda: by("sophie", commands_sessions.cancel_session, session=other)) == set(), "once a day"
    held(kept(action), 14)
    assert told(lambda: by("claire", commands.account_action, action=action, report="Faite")) == here
    assert told(lambda: by("claire", commands.account_action, action=action, report="Relue")) == set(), "once a day"
    assert told(lambda: by("claire", commands.look_back_action, action=action, look_back="Rien n’a changé")) == here
    said = [(n[0], n[2].split(":")[0]) for n in notices() if str(action.pk) in n[2]]
    assert {kind for kind, _ in said} == {"contact"}
    assert {key for _, key in said} == {f"action_{s}" for s in STEPS}


def test_who_left_or_has_no_account_is_told_nothing() -> None:
    by("claire", end_contact, contact=mine("karim"))
    assert told(agreed) == {"paul"}


def test_for_the_whole_company_every_workplace_of_it_and_no_other() -> None:
    assert told(lambda: agreed(establishment=None)) == {"paul", "karim"}


def test_before_the_agreement_whoever_asked_alone() -> None:
    def asked() -> Action:
        made: Action = by(
            "karim", commands.ask_action, contact=with_place("karim"), offer=offer("carers"), need="Pour tous"
        )
        return made

    first, second = asked(), asked()
    assert told(asked) == set()
    assert told(lambda: by("claire", commands.refuse_action, action=first, why="Voyez la CAF")) == {"karim"}
    assert told(lambda: by("claire", commands.withdraw_action, action=second)) == {"karim"}
    assert told(lambda: by("claire", commands.refuse_action, action=opened(), why="Non")) == set(), "nobody asked"
    action = agreed()
    assert told(lambda: by("claire", commands.withdraw_action, action=action)) == {"paul", "karim"}


def with_place(code: str) -> Contact:
    with as_owner():
        return Contact.objects.select_related("establishment__company").get(pk=mine(code).pk)


@pytest.mark.parametrize(("theme", "sensitive", "discreet"), [("ADDICTION", True, True), ("SLEEP", False, False)])
def test_something_else_gets_its_theme_and_what_it_protects(theme: str, sensitive: bool, discreet: bool) -> None:
    action = opened("other", headcount="12")
    with pytest.raises(Refused, match="thème"):
        by("claire", commands.agree_action, action=action, agreed_with="RH", agreed_on=timezone.localdate(), place="x")
    with pytest.raises(Refused, match="liste"):
        by("claire", commands.discuss_action, action=action, discussion="Dit", theme="NOTHING")
    by("claire", commands.discuss_action, action=action, discussion="L’alcool au travail", theme=theme)
    now = kept(action)
    assert (now.theme, now.sensitive, now.discreet) == (theme, sensitive, discreet)


def test_a_line_of_the_catalogue_keeps_its_theme() -> None:
    action = opened("violence", headcount="12")
    by("claire", commands.discuss_action, action=action, discussion="Dit", theme="SLEEP")
    assert kept(action).theme == "VIOLENCE"
    assert kept(action).discreet


def test_a_refused_step_tells_nobody() -> None:
    action = set_row(agreed(), told_on=None)

    def refused() -> None:
        with pytest.raises(Refused):
            by("sophie", commands.tell_action, action=action)

    assert told(refused) == set()
