"""Dates as people say them, in the languages of the space: « mardi 1er décembre à 14 h 30 », local time.

Read by the jobs of the room and the doors. Must not know who meets whom.
"""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from amarre.appointments.models import Appointment, Booking
from amarre.appointments.slots import PARIS
from amarre.appointments.states import BookingState
from amarre.core.calendars import Event, identifier

EVENT_TITLE = {"fr": "Rendez-vous", "en": "Appointment", "ar": "موعد"}

_SHAPES = {"en": "EEEE d MMMM 'at' HH:mm", "ar": "EEEE d MMMM HH:mm"}


def hour(at: datetime) -> str:
    """« 14 h 30 », « 9 h »."""
    local = at.astimezone(PARIS)
    return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"


def when(at: datetime, language: str = "fr") -> str:
    """The day and the hour, on the clocks of France."""
    local = at.astimezone(PARIS)
    if language in _SHAPES:
        return str(format_datetime(local, _SHAPES[language], locale=language))
    day = str(format_datetime(local, "EEEE d MMMM", locale="fr"))
    if local.day == 1:
        day = day.replace(" 1 ", " 1er ", 1)
    return f"{day} à {hour(local)}"


def event_of(booking: Booking, meeting: Appointment, language: str = "fr", url: str = "", key: int = 0) -> Event:
    """What a calendar keeps of the appointment, by mail or fetched: one and the same event; when, and nothing else.

    `key`: whose it is when it is not the person's (somebody else who comes).
    """
    return Event(
        uid=identifier(f"rdv-{key or booking.pk}"), starts=meeting.starts_at, ends=meeting.ends_at,
        title=EVENT_TITLE.get(language, EVENT_TITLE["fr"]), sequence=booking.sequence, stamp=meeting.changed_at,
        cancelled=booking.state == BookingState.CANCELLED, url=url,
    )  # fmt: skip
