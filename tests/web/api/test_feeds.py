"""The calendar feed: what it holds, what it never holds, and when it stops answering."""

from __future__ import annotations

import logging
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import User
from amarre.appointments import commands, commands_feeds, commands_hours, links
from amarre.appointments import models as m
from amarre.core.commands import loading
from amarre.core.logs import NoContentFilter
from amarre.core.scope import acting_as
from amarre.organisations.models import Centre
from amarre.people.models import Person
from amarre.web.api import feeds
from tests.cast import actor, as_owner, user
from tests.rows import CANARIES
from tests.rows_appointments import FEED_SECRET, ROOM, at, monday
from tests.trios import World
from tests.trios.appointments import booking, group_meeting, kind

pytestmark = pytest.mark.django_db
ADDRESS = f"/agenda/{FEED_SECRET}.ics"


def read(client: Client, address: str = ADDRESS) -> dict[str, icalendar.Event]:
    answer = client.get(address)
    assert answer.status_code == 200
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["URL"]).rstrip("/").rsplit("/", 1)[-1]: event for event in found}


def of(row: m.Booking) -> str:
    return str(row.appointment_id)


def test_the_owner_s_meetings_and_nobody_else_s(client: Client) -> None:
    with as_owner():
        mine = {str(s.appointment_id) for s in m.Seat.objects.filter(user_id=user("claire").pk)}
    assert set(read(client)) == mine
    assert of(booking("nadia")) not in mine


def test_titles_are_neutral_and_the_rest_needs_signing_in(client: Client) -> None:
    events = read(client)
    assert {str(e["SUMMARY"]) for e in events.values()} == {feeds.MEETS, feeds.HELD}
    with as_owner():
        held = m.Appointment.objects.get(kind=None)
    assert str(events[str(held.pk)]["SUMMARY"]) == feeds.HELD
    for pk, event in events.items():
        assert str(event["URL"]).endswith(reverse("staff:agenda_meeting", args=[pk]))
        assert not {"LOCATION", "DESCRIPTION", "ATTENDEE", "COMMENT"} & set(event)


def test_no_name_no_place_no_reason(client: Client) -> None:
    text = icalendar.Calendar.from_ical(client.get(ADDRESS).content).to_ical().decode().replace("\r\n ", "")
    with as_owner():
        people = list(Person.objects.all())
        names = {n for p in people for n in (p.last_name, p.first_name, p.phone, p.address, p.city) if len(n) > 2}
        names |= {u.name for u in User.objects.all()} | {k.label for k in m.MeetingKind.objects.all()} - {feeds.MEETS}
        names |= {c.name for c in Centre.objects.all()}
    assert len(names) > 20
    said = {*names, *CANARIES, ROOM, "Réunion", "domicile", "Personne"}
    assert [word for word in said if word.casefold() in text.casefold()] == []


def test_a_new_meeting_is_there_a_move_changes_it_a_cancellation_is_said(client: Client) -> None:
    row, claire = booking(), actor("claire")
    before = read(client)[of(row)]
    day = monday(2)
    with acting_as(claire):
        made = commands.book(
            actor=claire, centre=row.centre, kind=kind(), worker=row.worker, mode="office", starts_at=at(day, 11),
            name="Quelqu’un",
        )  # fmt: skip
        commands.move(actor=claire, booking=row, starts_at=at(day, 9))
    after = read(client)
    assert after[of(made)]["DTSTART"].dt == at(day, 11)
    moved = after[of(row)]
    assert moved["UID"] == before["UID"]
    assert moved["DTSTART"].dt == at(day, 9)
    assert moved["SEQUENCE"] > before["SEQUENCE"]
    assert moved["STATUS"] == "CONFIRMED"
    with acting_as(claire):
        commands.cancel(actor=claire, booking=row)
    gone = read(client)[of(row)]
    assert gone["UID"] == before["UID"]
    assert (gone["STATUS"], gone["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_thirty_days_back_and_no_more(client: Client) -> None:
    with as_owner(), loading():
        row = m.Appointment.objects.filter(seats__user_id=user("claire").pk, starts_at__lt=timezone.now())[0]
        for days, there in ((29, True), (31, False)):
            starts = timezone.now() - timedelta(days=days)
            m.Appointment.objects.filter(pk=row.pk).update(starts_at=starts, ends_at=starts + timedelta(minutes=30))
            assert (str(row.pk) in read(client)) is there


def test_headers_and_nothing_new(client: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        _nothing_new(client)


def _nothing_new(client: Client) -> None:
    first = client.get(ADDRESS)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in first["Cache-Control"]
    assert not first.cookies
    for held in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}):
        again = client.get(ADDRESS, **held)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert not again.cookies
    assert client.head(ADDRESS).status_code == 200
    row, claire = booking(), actor("claire")
    with acting_as(claire):
        commands.cancel(actor=claire, booking=row)
    for held in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}):
        assert client.get(ADDRESS, **held).status_code == 200
    assert not client.get(ADDRESS).has_header("Last-Modified")  # it may change again within the same second


def test_who_comes_to_sit_in_an_old_meeting_sees_it_at_once(client: Client) -> None:
    """The meeting did not change: their seat is new."""
    hugo, sophie = actor("hugo"), actor("sophie")
    with acting_as(hugo):
        commands_feeds.open_feed(actor=hugo, secret="flux-de-hugo")
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True) as clock:
        since = client.get("/agenda/flux-de-hugo.ics")["Last-Modified"]
        again = {"HTTP_IF_MODIFIED_SINCE": since}
        assert client.get("/agenda/flux-de-hugo.ics", **again).status_code == 304
        group = group_meeting()
        with acting_as(sophie):
            commands_hours.add_colleague(actor=sophie, appointment=group, colleague=World().colleague("hugo"))
        clock.shift(timedelta(minutes=2))
        answer = client.get("/agenda/flux-de-hugo.ics", **again)
    assert answer.status_code == 200
    assert f"/{group.pk}/".encode() in answer.content


def test_closed_replaced_disabled_unknown(client: Client) -> None:
    claire = actor("claire")
    with acting_as(claire):
        commands_feeds.open_feed(actor=claire, secret="flux-nouveau")
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/agenda/flux-nouveau.ics").status_code == 200
    with as_owner():
        User.objects.filter(pk=claire.user_id).update(is_active=False)
    assert client.get("/agenda/flux-nouveau.ics").status_code == 404
    with as_owner():
        User.objects.filter(pk=claire.user_id).update(is_active=True)
    with acting_as(claire):
        commands_feeds.revoke_feed(actor=claire)
    answer = client.get("/agenda/flux-nouveau.ics")
    assert answer.status_code == 404
    assert b"VCALENDAR" not in answer.content


def test_the_link_of_a_person_opens_no_feed(client: Client) -> None:
    assert client.get(f"/agenda/{links.secret_of(booking().pk)}.ics").status_code == 404


def test_the_secret_is_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(NoContentFilter())
    try:
        with caplog.at_level(logging.DEBUG):
            assert client.get("/agenda/secret-jamais-vu.ics").status_code == 404
    finally:
        caplog.handler.filters.clear()
    assert "agenda" in caplog.text
    assert "secret-jamais-vu" not in caplog.text


def test_too_often(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LIMIT", feeds.Limit("feed-test", per_address=2, per_passage=2, seconds=600))
    assert [client.get(ADDRESS).status_code for _ in range(3)] == [200, 200, 429]


def test_opened_once_and_shown_once(client: Client) -> None:
    client.force_login(user("bruno"))
    page = reverse("staff:agenda-feed")
    shown = client.post(page).content.decode()
    secret = shown.split("webcal://")[1].split("/agenda/")[1].split(".ics")[0]
    assert "webcal://localhost" in shown
    assert secret not in client.get(page).content.decode()
    assert Client().get(f"/agenda/{secret}.ics").status_code == 200
    with as_owner():
        assert not m.Feed.objects.filter(digest__contains=secret)
    client.post(reverse("staff:agenda-feed-revoke"))
    assert Client().get(f"/agenda/{secret}.ics").status_code == 404
