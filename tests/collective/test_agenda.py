"""A session takes its leaders' time in the agenda, and gives it back; nobody is in two places."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from amarre.appointments import models as a
from amarre.appointments.commands_hours import hold_time
from amarre.appointments.placing import Where
from amarre.appointments.slots import instant
from amarre.collective import commands_sessions as commands
from amarre.collective import models as m
from amarre.core.commands import Refused
from amarre.organisations.models import Centre
from tests.cast import as_owner
from tests.collective.acting import W, agreed, by, kept, planned

pytestmark = pytest.mark.django_db


def soon() -> date:
    return timezone.localdate() + timedelta(days=60)


def taken(name: str, at: datetime) -> bool:
    """Whether that colleague is held somewhere at that instant."""
    with as_owner():
        return a.Seat.objects.filter(user_id=W.colleague(name).pk, held=True, span__contains=at).exists()


def changed(by_whom: str, session: m.Session, **said: object) -> m.Session:
    known = {"day": session.day, "starts": session.starts, "ends": session.ends, "team": [W.colleague("claire")]}
    return by(by_whom, commands.change_session, session=session, **(known | said))


def test_the_time_is_taken_with_the_travel_and_says_no_theme() -> None:
    session = planned(agreed("violence"), travel=30, team=[W.colleague("claire"), W.colleague("nora")])
    with as_owner():
        time_held = a.Appointment.objects.get(pk=kept(session).appointment_id)
    assert (time_held.title, time_held.travel) == ("Action collective", 30)
    before = instant(session.day, time(8, 45))
    assert taken("claire", before)
    assert taken("nora", before)
    assert not taken("bruno", before)


def test_who_is_busy_leads_no_session_and_nothing_is_written() -> None:
    here = instant(soon(), time(9, 30))
    with as_owner():
        centre = Centre.objects.get(pk=agreed().centre_id)
    where = Where(here, here + timedelta(minutes=30), centre.pk, "office")
    by("bruno", hold_time, centre=centre, where=where, colleagues=[W.colleague("bruno")], label="Réunion")
    action = agreed()
    with pytest.raises(Refused, match="déjà pris dans son agenda"):
        planned(action, team=[W.colleague("claire"), W.colleague("bruno")])
    with as_owner():
        assert not m.Session.objects.filter(action=action).exists()
    assert not taken("claire", here)
    assert planned(action, team=[W.colleague("claire")]), "who is free may"


def test_moved_it_frees_the_hour_that_it_had() -> None:
    session = planned(agreed())
    old = instant(session.day, time(9, 30))
    assert taken("claire", old)
    changed("claire", kept(session), starts=time(9, 30), ends=time(11))
    assert not taken("claire", instant(session.day, time(9, 10)))
    assert taken("claire", instant(session.day, time(10, 30)))
    changed("claire", kept(session), day=soon() + timedelta(days=1))
    assert not taken("claire", old)


@pytest.mark.parametrize("who", ["claire", "sophie", "marc", "theo"])
def test_whoever_arranges_sessions_cancels_and_gives_the_time_back(who: str) -> None:
    session = planned(agreed())
    by(who, commands.cancel_session, session=session)
    assert not taken("claire", instant(session.day, time(9, 30)))


def test_a_refused_change_leaves_the_time_where_it_was() -> None:
    session, other = planned(agreed()), planned(agreed(), starts=time(14), ends=time(15))
    with pytest.raises(Refused):
        changed("claire", kept(session), starts=other.starts, ends=other.ends)
    assert taken("claire", instant(session.day, time(9, 30)))
    assert kept(session).appointment_id


def test_what_is_past_takes_nobody_s_time() -> None:
    session = planned(agreed(), timezone.localdate() - timedelta(days=40))
    assert kept(session).appointment_id is None
