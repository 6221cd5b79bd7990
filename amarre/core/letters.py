"""Letters on built-in templates, as tagged PDFs: a plain one, a certificate of attendance, a transmission sheet.

Read by rooms that write letters. Pure code: must not know models, the database, nor the words of a trade: whatever a
letter says is passed in, but what makes it that letter. A certificate says that somebody was there, and when: it has no
place for a reason nor for a service's name, and its letterhead is the one that its caller chose for it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, time
from pathlib import Path

from amarre.core.paper import NBSP, Unprintable, day, long_day, pdf, phone

TEMPLATES = Path(__file__).parent / "data" / "letters"
_BETWEEN = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: a name, an address line by line, a telephone. Each may be empty but the name."""

    name: str
    address: str = ""
    phone: str = ""

    def facts(self) -> dict[str, object]:
        """As a template reads it."""
        called = f"Téléphone{NBSP}: {phone(self.phone)}" if self.phone else ""
        return {"name": self.name, "lines": [line for line in (*self.address.splitlines(), called) if line.strip()]}


@dataclass(frozen=True, slots=True)
class Letter:
    """A plain letter. `body` is cut into paragraphs at its empty lines."""

    house: Letterhead
    recipient: tuple[str, ...]
    place: str
    on: date
    subject: str
    body: str
    signed: str
    role: str = ""
    confidential: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """A certificate of attendance: who, when, where. `house` is a letterhead that tells nothing; made `on` a day."""

    house: Letterhead
    person: str
    day: date
    start: time
    end: time
    place: str
    town: str
    on: date
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Transmission:
    """What leaves for one recipient and one purpose; `agreement` says when and how the person agreed."""

    house: Letterhead
    recipient: tuple[str, ...]
    person: str
    purpose: str
    body: str
    on: date
    until: date | None
    agreement: str
    signed: str
    role: str = ""
    confidential: str = ""


def letter_pdf(letter: Letter) -> bytes:
    """A letter on letterhead."""
    return _made("letter.typ", letter, dated=_dated(letter.place, letter.on), paragraphs=_paragraphs(letter.body))


def attendance_pdf(attendance: Attendance) -> bytes:
    """« Attestation de présence ». Raises `Unprintable` when it ends before it starts."""
    if attendance.end <= attendance.start:
        raise Unprintable(f"L’heure de fin vient avant l’heure de début{NBSP}: corrigez l’une des deux.")
    return _made(
        "attendance.typ",
        attendance,
        dated=_dated(attendance.town, attendance.on),
        on=long_day(attendance.day),
        day="",
        start=hour(attendance.start),
        end=hour(attendance.end),
    )


def transmission_pdf(sheet: Transmission) -> bytes:
    """What is handed to one recipient, with the agreement it rests on."""
    until = f"jusqu’au {day(sheet.until)}" if sheet.until else "le temps que demande ce but"
    return _made("transmission.typ", sheet, until=until, on=long_day(sheet.on), paragraphs=_paragraphs(sheet.body))


def hour(when: time) -> str:
    """« 9 h 05 », « 14 h »."""
    return f"{when.hour}{NBSP}h{f'{NBSP}{when.minute:02}' if when.minute else ''}"


def length(minutes: int) -> str:
    """« 45 minutes », « 1 heure », « 2 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}minutes"
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}heure{'s' if hours > 1 else ''}"


def _made(template: str, letter: Letter | Attendance | Transmission, **facts: object) -> bytes:
    return pdf(TEMPLATES, template, {**asdict(letter), "house": letter.house.facts(), **facts})


def _dated(place: str, on: date) -> str:
    return f"{place}, le {day(on)}" if place else f"Le {day(on)}"


def _paragraphs(body: str) -> list[str]:
    return [found.strip() for found in _BETWEEN.split("\n".join(body.splitlines())) if found.strip()]
