"""Calendars: a feed that a client subscribes to, and the message that puts one event in a calendar or takes it out.

Read by rooms where people meet. Pure code: must not know models, requests, nor what an event is about; whoever makes an
`Event` chooses words that may be read over a shoulder. RFC 5545 (the format), 5546 (what PUBLISH, REQUEST and CANCEL
hold), 7986 (name and refreshing of a feed). The same facts give the same bytes.
Times are local, with their zone; where a local time happens twice (the last hour of summer time), RFC 5545 § 3.3.5
reads the first, so the second is written in UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings

REFRESH = timedelta(hours=1)
MAKER = "-//Mon espace//Agenda//FR"
REQUEST, CANCEL = "REQUEST", "CANCEL"
PARIS = ZoneInfo("Europe/Paris")
_SINCE = 1997
"""The year from which the zone below holds; before it, times are written in UTC."""
# Written by hand: icalendar 7.3 begins summer time an hour late (an onset is told in the offset that it ends).
_ZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
_UID = re.compile(r"[A-Za-z0-9@._\-]{1,255}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9.\-]{1,255}")
_NAMED = re.compile(r"[^<>\r\n]*<([^<>\s]+)>")
_URL = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(/[A-Za-z0-9._~!$&'()*+,;=:@%/?#\-]*)?")
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar shows of one meeting. A change keeps `uid`, and has a higher `sequence` and a later `stamp`."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    sequence: int
    stamp: datetime
    cancelled: bool = False
    url: str = ""
    place: str = ""
    description: str = ""


def identifier(name: str) -> str:
    """What an event is known by, wherever it was read: a name of ours, at our house (RFC 5545, § 3.8.4.7)."""
    return f"{name}@{settings.AMARRE_BASE_URL.split('://')[-1].split('/')[0].split(':')[0]}"


def feed(events: Iterable[Event], name: str) -> bytes:
    """A calendar to subscribe to: all the events, those called off too, for clients that keep what they once saw.

    PUBLISH wants an organiser and no attendee (RFC 5546 § 3.2.1): it is the neutral address that mail to people has.
    """
    calendar = _calendar("PUBLISH")
    for called in ("NAME", "X-WR-CALNAME"):
        calendar.add(called, icalendar.vText(_line(name)))
    calendar.add("X-WR-TIMEZONE", PARIS.key)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))
    said, address = parseaddr(settings.AMARRE_FROM_PERSON)
    for event in events:
        calendar.add_component(_written(event, _who(address, said)))
    return bytes(calendar.to_ical())


def message(event: Event, organiser: str, organiser_name: str, attendee: str, method: str) -> bytes:
    """The file that goes with a mail: REQUEST puts the event in a calendar or changes it there, CANCEL takes it out.

    The organiser may be written as mail writes it, « Mon espace <…> ». Nobody is asked to answer: what they answer by
    mail would be read by nobody. Raises `ValueError` for another method, for a cancelled event in a REQUEST, and for
    addresses, times or a uid that are none.
    """
    if method not in (REQUEST, CANCEL) or (event.cancelled and method == REQUEST):
        raise ValueError("a message asks for an event, or cancels it")
    calendar = _calendar(method)
    named = _NAMED.fullmatch(organiser)
    written = _written(
        event, _who(named[1] if named else organiser, organiser_name), cancelled=method == CANCEL
    )  # fmt: skip
    invited = _who(attendee, attendee)
    for name, value in (("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION")):
        invited.params[name] = value
    invited.params["RSVP"] = "FALSE"
    written.add("ATTENDEE", invited)
    calendar.add_component(written)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    calendar.add_component(icalendar.Timezone.from_ical(_ZONE))
    return calendar


def _written(event: Event, organiser: icalendar.vCalAddress, *, cancelled: bool = False) -> icalendar.Event:
    if not _UID.fullmatch(event.uid) or event.sequence < 0 or (event.url and not _URL.fullmatch(event.url)):
        raise ValueError("an event has a uid, a sequence, and perhaps an address")
    starts, ends = _times(event)
    off = cancelled or event.cancelled
    stamp = event.stamp.astimezone(UTC).replace(microsecond=0)
    written = icalendar.Event()
    written.add("UID", event.uid)
    written.add("DTSTAMP", stamp)
    written.add("LAST-MODIFIED", stamp)
    written.add("SEQUENCE", event.sequence)
    written.add("DTSTART", starts)
    written.add("DTEND", ends)
    written.add("SUMMARY", _line(event.title))
    written.add("STATUS", "CANCELLED" if off else "CONFIRMED")
    written.add("TRANSP", "TRANSPARENT" if off else "OPAQUE")
    written.add("CLASS", "PRIVATE")
    written.add("ORGANIZER", organiser)
    for name, text in (("LOCATION", _line(event.place)), ("DESCRIPTION", _lines(event.description))):
        if text:
            written.add(name, text)
    if event.url:
        written.add("URL", event.url)
    return written


def _times(event: Event) -> tuple[datetime, datetime]:
    """Both local, or both in UTC. Compared in UTC: Python compares two times of one zone by what the clock says."""
    if None in (event.starts.tzinfo, event.ends.tzinfo, event.stamp.tzinfo):
        raise ValueError("an event begins, then ends, at known instants")
    starts, ends = (moment.astimezone(UTC).replace(microsecond=0) for moment in (event.starts, event.ends))
    if ends <= starts:
        raise ValueError("an event begins, then ends")
    local = starts.astimezone(PARIS), ends.astimezone(PARIS)
    return (starts, ends) if any(moment.fold or moment.year < _SINCE for moment in local) else local


def _who(address: str, name: str) -> icalendar.vCalAddress:
    """`ORGANIZER` or `ATTENDEE`; a name in a parameter may hold no quotation mark (RFC 5545 § 3.2)."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError("not an address")
    who = icalendar.vCalAddress(f"mailto:{address}")
    if name:
        who.params["CN"] = _line(name).replace('"', "’")
    return who


def _line(text: str) -> str:
    """On one line, without the signs that nobody sees: what they would begin is no property."""
    return "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text).strip()


def _lines(text: str) -> str:
    return "\n".join(_line(line) for line in text.splitlines()).strip("\n")
