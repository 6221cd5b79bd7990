"""Dates as people say them, in the languages of the space: « mardi 1er décembre à 14 h 30 », local time.

Read by the jobs of the room and the doors. Must not know who meets whom.
"""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from amarre.appointments.slots import PARIS

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
