"""Calendar files: read back, the same instants and the same words, whatever was typed; nothing typed is a property."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from amarre.core import calendars
from amarre.core.calendars import PARIS, Event, feed, message

AT = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
MEETING = Event(
    uid="k7d4q2p@amarre.example", starts=AT, ends=AT + timedelta(minutes=45), title="Rendez-vous", sequence=2,
    stamp=datetime(2026, 11, 26, 9, tzinfo=UTC), url="https://amarre.example/rdv/aB-_9/", place="Par téléphone",
    description="Un lien pour changer d’heure.",
)  # fmt: skip
WHO = {"organiser": "rdv@amarre.example", "organiser_name": "Mon espace", "attendee": "ines@perso.example"}
ANY = st.text(max_size=300)
NAMED = re.compile(rb"[A-Z-]+[;:]")
PROPERTIES = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "CLASS",
    "ORGANIZER",
}  # fmt: skip


def read(made: bytes) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    return found


def seen(typed: str) -> str:
    """A text without what nobody sees: control signs, line breaks."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", typed).strip()


def unfolded(made: bytes) -> list[bytes]:
    return made.replace(b"\r\n ", b"").split(b"\r\n")


@given(at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), minutes=st.integers(1, 60 * 24 * 3))
@settings(max_examples=300, deadline=None)
def test_the_same_instants(at: datetime, minutes: int) -> None:
    _same(at.replace(tzinfo=UTC, microsecond=0), minutes)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25", "2027-03-28", "2031-10-26"])
def test_the_same_instants_on_the_nights_when_clocks_change(night: str) -> None:
    start = datetime.fromisoformat(f"{night}T00:00:00+00:00") - timedelta(hours=3)
    for quarter in range(4 * 12):
        for minutes in (15, 45, 60, 120, 240):
            _same(start + timedelta(minutes=15 * quarter), minutes)


def _same(at: datetime, minutes: int) -> None:
    ends = at + timedelta(minutes=minutes)
    for zone in (UTC, PARIS):
        asked = dataclasses.replace(MEETING, starts=at.astimezone(zone), ends=ends.astimezone(zone))
        found = read(feed([asked], "Agenda"))
        assert (found["DTSTART"].dt.astimezone(UTC), found["DTEND"].dt.astimezone(UTC)) == (at, ends)


def offsets_by_the_file(zone: icalendar.Timezone) -> list[tuple[datetime, timedelta]]:
    """When each offset begins, for a client that believes the file alone (RFC 5545 § 3.6.5)."""
    return sorted(
        (onset, part["TZOFFSETTO"].td)
        for part in zone.subcomponents
        for onset in rrulestr(
            part["RRULE"].to_ical().decode(), dtstart=part["DTSTART"].dt.replace(tzinfo=None)
        ).between(datetime(1996, 1, 1), datetime(2038, 1, 1))
    )


def test_the_zone_in_the_file_is_that_of_paris() -> None:
    """Hour by hour over the years, but for the hour that does not exist and the one that exists twice."""
    (zone,) = icalendar.Calendar.from_ical(feed([MEETING], "Agenda")).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Paris"
    onsets = offsets_by_the_file(zone)
    for year in (1997, 2007, *range(2025, 2038)):
        for month, first in ((1, 1), (3, 24), (7, 1), (10, 24)):
            for hour in range(24 * 8):
                local = datetime(year, month, first) + timedelta(hours=hour)
                there = local.replace(tzinfo=PARIS)
                if there.utcoffset() == there.replace(fold=1).utcoffset():
                    assert [offset for onset, offset in onsets if onset <= local][-1] == there.utcoffset(), local


def test_the_library_s_own_zone_is_an_hour_late() -> None:
    """Why ours is written by hand; the day this fails, it need not be."""
    theirs = icalendar.Timezone.from_tzid("Europe/Paris").to_ical().replace(b"\r\n ", b"")
    (spring,) = re.findall(rb"BEGIN:DAYLIGHT.*?END:DAYLIGHT", theirs, re.S)
    assert b"20260329T030000" in spring
    assert b"20260329T020000" not in spring


def test_the_second_of_two_same_hours_is_written_in_utc() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    for at, written in ((first, b"DTSTART;TZID=Europe/Paris:20261025T023000"), (second, b"DTSTART:20261025T013000Z")):
        made = feed([dataclasses.replace(MEETING, starts=at, ends=at + timedelta(minutes=15))], "Agenda")
        assert written in unfolded(made)


@given(title=ANY, place=ANY, description=ANY, name=ANY)
@settings(max_examples=300, deadline=None)
def test_any_words_come_back_and_are_no_property(title: str, place: str, description: str, name: str) -> None:
    asked = dataclasses.replace(MEETING, title=title, place=place, description=description)
    for made in (
        feed([asked], name), message(asked, "rdv@amarre.example", name, "ines@perso.example", calendars.REQUEST),
    ):  # fmt: skip
        assert made.replace(b"\r\n", b"").find(b"\n") == made.replace(b"\r\n", b"").find(b"\r") == -1
        assert all(len(line) <= 75 for line in made.split(b"\r\n")), "octets, not letters"
        found = read(made)
        assert str(found["SUMMARY"]) == seen(title)
        assert str(found.get("LOCATION", "")) == seen(place)
        said = "\n".join(seen(line) for line in description.splitlines()).strip("\n")
        assert str(found.get("DESCRIPTION", "")) == said
        for kind in ("VCALENDAR", "VEVENT", "VTIMEZONE", "VALARM"):
            assert len(icalendar.Calendar.from_ical(made).walk(kind)) == (kind != "VALARM")
        more = {"LOCATION", "DESCRIPTION", "URL", "ATTENDEE"}
        assert set(found) - more == PROPERTIES
    escaped = seen(name).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert {f"{called}:{escaped}".encode() for called in ("NAME", "X-WR-CALNAME")} <= set(unfolded(feed([asked], name)))


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\\n", "\x00"])
def test_no_line_is_slipped_in(sign: str) -> None:
    evil = f"x{sign}ATTENDEE:mailto:eve@loin.example{sign}BEGIN:VALARM{sign}END:VALARM"
    asked = dataclasses.replace(MEETING, title=evil, place=evil, description=evil)
    made = message(asked, "rdv@amarre.example", f'Mon "{evil}', "ines@perso.example", calendars.REQUEST)
    lines = unfolded(made)
    assert [line for line in lines if line.startswith((b"ATTENDEE", b"BEGIN:VALARM"))] == [
        b"ATTENDEE;CN=ines@perso.example;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:"
        b"mailto:ines@perso.example"
    ]
    assert all(NAMED.match(line) for line in lines if line)


@pytest.mark.parametrize("wrong", [
    {"uid": "a\r\nb"}, {"uid": ""}, {"uid": "a b"}, {"sequence": -1}, {"url": "javascript:alert(1)"},
    {"url": "https://x.example/\r\nATTENDEE:x"}, {"url": "https://x.example/ y"}, {"ends": AT},
    {"ends": AT.replace(day=2, month=11)}, {"starts": AT.replace(tzinfo=None)}, {"stamp": AT.replace(tzinfo=None)},
])  # fmt: skip
def test_what_is_no_event_is_refused(wrong: dict[str, Any]) -> None:
    feed([MEETING], "Agenda")
    with pytest.raises(ValueError, match="an event"):
        feed([dataclasses.replace(MEETING, **wrong)], "Agenda")


@pytest.mark.parametrize(
    "address", ["", "ines", "ines@x.example\r\nATTENDEE:y", "ines@x.example, eve@y.example", "<ines@x.example>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    for role in ("organiser", "attendee"):
        if (role, address[:1]) != ("organiser", "<"):
            with pytest.raises(ValueError, match="not an address"):
                message(MEETING, **{**WHO, role: address}, method=calendars.REQUEST)


def test_the_organiser_may_be_written_as_in_a_mail() -> None:
    named = {**WHO, "organiser": "Mon espace <rdv@amarre.example>"}
    assert message(MEETING, **named, method=calendars.CANCEL) == message(MEETING, **WHO, method=calendars.CANCEL)
    with pytest.raises(ValueError, match="not an address"):
        message(MEETING, **{**WHO, "organiser": "x\r\nATTENDEE:y <rdv@amarre.example>"}, method=calendars.CANCEL)


def test_a_message_asks_or_cancels() -> None:
    off = dataclasses.replace(MEETING, cancelled=True)
    for event, method in ((MEETING, "PUBLISH"), (MEETING, "REPLY"), (MEETING, ""), (off, calendars.REQUEST)):
        with pytest.raises(ValueError, match="asks for an event, or cancels it"):
            message(event, **WHO, method=method)
    assert message(MEETING, **WHO, method=calendars.CANCEL) == message(off, **WHO, method=calendars.CANCEL)


# RFC 5546 §§ 3.2.1, 3.2.2 and 3.2.5: what must be there, and what must not.
MUST = {
    "PUBLISH": ({"DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID", "SEQUENCE"}, {"ATTENDEE", "REQUEST-STATUS"}),
    "REQUEST": ({"ATTENDEE", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "UID"}, set()),
    "CANCEL": ({"ATTENDEE", "DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"}, {"REQUEST-STATUS"}),
}


@pytest.mark.parametrize("method", MUST)
def test_what_each_method_must_hold(method: str) -> None:
    made = feed([MEETING], "Agenda") if method == "PUBLISH" else message(MEETING, **WHO, method=method)
    calendar = icalendar.Calendar.from_ical(made)
    assert (calendar["METHOD"], calendar["VERSION"]) == (method, "2.0")
    assert calendar["PRODID"]
    (found,) = calendar.walk("VEVENT")
    must, must_not = MUST[method]
    assert must <= set(found)
    assert not must_not & set(found)
    assert found["STATUS"] == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    assert found["ORGANIZER"].startswith("mailto:")
    assert len(calendar.walk("VTIMEZONE")) == 1, "a date refers to it"


def test_a_change_and_a_cancellation_follow_the_event() -> None:
    """What a client goes by: the same uid and organiser, a sequence that grows, a later stamp."""
    moved = dataclasses.replace(MEETING, starts=AT + timedelta(days=1), ends=AT + timedelta(days=1, hours=1),
        sequence=3, stamp=MEETING.stamp + timedelta(minutes=1))  # fmt: skip
    off = dataclasses.replace(moved, sequence=4, stamp=MEETING.stamp + timedelta(minutes=2), cancelled=True)
    story = [
        read(message(event, **WHO, method=method))
        for event, method in (
            (MEETING, calendars.REQUEST), (moved, calendars.REQUEST), (off, calendars.CANCEL),
        )
    ]  # fmt: skip
    assert len({(found["UID"], found["ORGANIZER"], found["ATTENDEE"]) for found in story}) == 1
    assert [found["SEQUENCE"] for found in story] == [2, 3, 4]
    assert [found["DTSTAMP"].dt for found in story] == sorted({found["DTSTAMP"].dt for found in story})
    assert story[0]["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_feed_says_its_name_when_to_come_back_and_what_is_off() -> None:
    off = dataclasses.replace(MEETING, uid="off@amarre.example", cancelled=True, sequence=3)
    made = feed([MEETING, off], "Mes rendez-vous, ici ; là")
    calendar = icalendar.Calendar.from_ical(made)
    lines = unfolded(made)
    assert "X-WR-CALNAME:Mes rendez-vous\\, ici \\; là".encode() in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert b"X-PUBLISHED-TTL:PT1H" in lines
    said = [(e["UID"], e["STATUS"], e["TRANSP"], e["CLASS"], e["SEQUENCE"]) for e in calendar.walk("VEVENT")]
    assert said == [
        ("k7d4q2p@amarre.example", "CONFIRMED", "OPAQUE", "PRIVATE", 2),
        ("off@amarre.example", "CANCELLED", "TRANSPARENT", "PRIVATE", 3),
    ]
    assert made == feed([MEETING, off], "Mes rendez-vous, ici ; là"), "the same bytes: a client is told nothing is new"
    assert not icalendar.Calendar.from_ical(feed([], "Vide")).walk("VEVENT")


def test_the_file_does_not_name_the_program_nor_the_service() -> None:
    made = message(MEETING, **WHO, method=calendars.REQUEST).replace(b"amarre.example", b"")
    assert not re.search(rb"amarre|social|sant", made, re.I)
