"""Whoever holds a place is told, once, of what changes; reached by what they gave for that; nothing says of what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amarre.appointments.slots import instant
from amarre.collective import commands_sessions as acts
from amarre.collective import links, tasks
from amarre.collective.commands import withdraw_action
from amarre.collective.models import Seat, Session
from amarre.core.actor import MACHINE
from amarre.core.commands import Refused
from amarre.core.models import Notice
from amarre.core.scope import acting_as
from amarre.core.tasks import notify
from tests.cast import actor, as_owner
from tests.collective.acting import W, agreed, by, kept, planned, set_row
from tests.core.test_notices import Outbox, queued

pytestmark = pytest.mark.django_db
NIGHT = timedelta(days=1, hours=1)


def place(session: Session, email: str = "", phone: str = "") -> acts.Taken:
    return by("passer_by", acts.take_seat, code=session.code, name="Lou l’Essai", email=email, phone=phone)


def changed(session: Session, **said: Any) -> Session:
    now = kept(session)
    same = {"day": now.day, "starts": now.starts, "ends": now.ends, "place": now.place, "capacity": now.capacity,
            "sign_up": now.sign_up}  # fmt: skip
    return by("sophie", acts.change_session, session=now, team=[W.colleague("claire")], **(same | said))


def asked() -> list[str]:
    with as_owner():
        return [*Notice.objects.filter(kind="group_seat").order_by("at", "id").values_list("says", flat=True)]


def leave() -> None:
    """Do what waits, as the worker does."""
    for ids in queued("core.notify"):
        with acting_as(MACHINE):
            notify(**ids)


def received(mailoutbox: Outbox) -> Outbox:
    """What the holders of places got; the workplace's contacts have messages of their own (`test_notices`)."""
    return [mail for mail in mailoutbox if mail.to[0].endswith("@essai.example")]


def full(capacity: int = 1, code: str = "carers") -> tuple[Session, acts.Taken, acts.Taken]:
    """A session, who holds its only place, who waits."""
    session = planned(agreed(code), capacity=capacity, sign_up=True)
    return session, place(session, "un@essai.example"), place(session, "deux@essai.example")


def test_confirmed_with_the_link_and_the_moment_never_the_theme(mailoutbox: Outbox) -> None:
    _, mine, theirs = full()
    leave()
    first, second = received(mailoutbox)
    assert (first.to, first.subject) == (["un@essai.example"], "Votre place est notée")
    assert links.seat_path(mine.secret) in first.body
    assert " à 9 h" in first.body
    assert second.subject == "Vous êtes sur la liste d’attente"
    assert links.seat_path(theirs.secret) in second.body
    whole = str(first.message()) + str(second.message())
    for word in ("aidant", "Aidant", "Conserverie", "Lou", "Salle commune"):
        assert word not in whole
    assert [part.mimetype for part in first.alternatives] == ["text/calendar; method=REQUEST"]
    assert second.alternatives == []


def test_the_link_of_a_message_opens_that_place(mailoutbox: Outbox) -> None:
    _, mine, _ = full()
    leave()
    (path,) = {word for word in received(mailoutbox)[0].body.split() if "/actions/place/" in word}
    assert path.endswith(links.seat_path(mine.secret))


def test_a_freed_place_is_told_to_the_first_who_waits(mailoutbox: Outbox) -> None:
    session, mine, _ = full()
    place(session, "trois@essai.example")
    by("passer_by", acts.give_up_seat, secret=mine.secret)
    leave()
    told = [(mail.to[0], mail.subject) for mail in received(mailoutbox) if "est à vous" in mail.subject]
    assert told == [("deux@essai.example", "Une place est à vous")]
    assert not any(mail.to == ["un@essai.example"] for mail in received(mailoutbox)), "who left is written to no more"


def test_more_places_are_told_too() -> None:
    session, *_ = full()
    changed(session, capacity=2)
    assert asked() == ["seat_taken", "seat_waiting", "seat_freed"]
    changed(session, capacity=2, sign_up=True)
    assert len(asked()) == 3, "nothing changed for anybody"


@pytest.mark.parametrize("what", ["day", "place", "link", "hour"])
def test_moved_is_told_to_all_each_time(what: str, mailoutbox: Outbox) -> None:
    session, *_ = full()
    leave()
    said = {
        "day": {"day": session.day + timedelta(days=1)}, "place": {"place": "Ailleurs"},
        "link": {"link": "https://reunion.example/y"}, "hour": {"ends": session.ends.replace(minute=30)},
    }[what]  # fmt: skip
    changed(session, **said)
    assert asked()[2:] == ["seat_moved"] * 2
    changed(session, **{**said, "place": "Encore ailleurs"})
    assert asked()[2:] == ["seat_moved"] * 4
    leave()
    moved = [mail for mail in received(mailoutbox) if mail.subject == "La réunion est déplacée"]
    assert len(moved) == 4
    (calendar,) = {str(part.content) for mail in moved[-2:] for part in mail.alternatives}
    assert "SEQUENCE:2" in calendar


def test_what_is_not_their_business_is_not_told() -> None:
    session, *_ = full()
    by("sophie", acts.change_session, session=session, day=session.day, starts=session.starts, ends=session.ends,
       team=[W.colleague("bruno")], capacity=1, sign_up=True, languages=["fr", "en"])  # fmt: skip
    assert asked() == ["seat_taken", "seat_waiting"]


@pytest.mark.parametrize("how", ["cancelled", "withdrawn"])
def test_called_off_is_told_then_the_list_is_hidden_then_destroyed(how: str, mailoutbox: Outbox) -> None:
    session, *_ = full()
    leave()
    mailoutbox.clear()
    if how == "cancelled":
        by("sophie", acts.cancel_session, session=session)
    else:
        by("claire", withdraw_action, action=session.action)
    with acting_as(actor("sophie")):
        assert not Seat.objects.visible_to(actor("sophie")).filter(session=session).exists(), "hidden at once"
    leave()
    assert [(mail.to[0], mail.subject) for mail in received(mailoutbox)] == [
        ("un@essai.example", "La réunion est annulée"), ("deux@essai.example", "La réunion est annulée"),
    ]  # fmt: skip
    assert "METHOD:CANCEL" in str(received(mailoutbox)[0].alternatives[0].content)
    forget()
    assert left(session) == 2, "a message that did not leave is still tried"
    set_row(session, changed_at=timezone.now() - NIGHT)
    forget()
    assert left(session) == 0


def forget() -> None:
    with acting_as(MACHINE):
        tasks.forget()


def left(session: Session) -> int:
    with as_owner():
        return Seat.objects.filter(session=session).count()


def test_what_is_refused_tells_nobody() -> None:
    session, *_ = full()
    with pytest.raises(Refused):
        changed(session, place="Ailleurs", ends=session.starts)
    with pytest.raises(Refused):
        by("passer_by", acts.take_seat, code="nowhere", name="Lou", email="x@essai.example")
    assert asked() == ["seat_taken", "seat_waiting"]


def reminded(at: Any) -> int:
    with time_machine.travel(at, tick=False), acting_as(MACHINE):
        return tasks.remind()


def test_a_reminder_48_hours_before_once_to_who_holds_a_place() -> None:
    session, *_ = full()
    starts = instant(session.day, session.starts)
    assert reminded(starts - timedelta(hours=49)) == 0
    assert [reminded(starts - timedelta(hours=h)) for h in (47, 46, 25, 24)] == [1, 0, 0, 0]
    assert asked()[2:] == ["seat_reminder"]
    changed(session, day=session.day + timedelta(days=7))
    assert reminded(starts + timedelta(days=7, hours=-47)) == 1, "of the new day"


def test_who_just_signed_up_or_was_just_told_is_not_reminded() -> None:
    session, *_ = full()
    starts = instant(session.day, session.starts)
    with as_owner():
        before = dict(Seat.objects.filter(session=session).values_list("pk", "made_at"))
    for pk in before:
        with as_owner():
            set_row(Seat.objects.get(pk=pk), made_at=starts - timedelta(hours=30))
    assert reminded(starts - timedelta(hours=29)) == 0
    by("sophie", acts.cancel_session, session=session)
    assert reminded(starts - timedelta(hours=29)) == 0


def test_by_sms_who_left_a_number_alone() -> None:
    session = planned(agreed(), capacity=3, sign_up=True)
    taken = place(session, phone="0639980000")
    with as_owner():
        seat = Seat.objects.get(digest=links.digest(taken.secret))
    with acting_as(MACHINE):
        found = tasks.reach_seat(seat.pk)
    assert found is not None
    assert (found.email, found.phone, found.prefers_sms) == ("", "0639980000", True)


def test_the_machine_reads_how_to_reach_and_no_name() -> None:
    session, *_ = full()
    with acting_as(MACHINE), connection.cursor() as cursor:
        cursor.execute("select count(email) from collective_seat where session_id = %s", [session.pk])
        assert cursor.fetchone()[0] == 2
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(MACHINE), transaction.atomic():
        [*Seat.objects.values_list("name", flat=True)]
    set_row(session, state="held", day=timezone.localdate() - timedelta(days=2))
    with acting_as(MACHINE), connection.cursor() as cursor:
        cursor.execute("select count(*) from collective_seat where session_id = %s", [session.pk])
        assert cursor.fetchone()[0] == 0, "nothing to say any more, not to be destroyed yet"
