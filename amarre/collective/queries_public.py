"""What whoever holds a code or a secret is shown: a session, a place, the questions of the end.

Read by the public door, whose role reads no table of this room: definer functions answer, nothing that says how many
come. Must not know who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from amarre.collective import telling
from amarre.collective.links import digest
from amarre.core.calendars import Event

OPEN, PAST, CANCELLED = "open", "past", "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where; `standing` is `open`, `past` or `cancelled`. `link` is empty for who may not have it (yet)."""

    title: str
    centre_id: int
    day: date
    starts: time
    ends: time
    place: str
    access: str
    link: str
    languages: tuple[str, ...]
    interpreter: str
    accessibility: str
    sequence: int
    changed_at: datetime
    standing: str


@dataclass(frozen=True, slots=True)
class ActionPage:
    """What the code of a session shows to anybody."""

    code: str
    meeting: Meeting
    aim: str
    audience: str
    nearby: tuple[str, ...]
    sensitive: bool
    signs: bool
    sign_up: bool
    full: bool

    def event(self) -> Event:
        """For one's calendar."""
        return _event(f"seance-{self.code}", self.meeting)


@dataclass(frozen=True, slots=True)
class Other:
    """Another session of the same action, to come."""

    code: str
    day: date
    starts: time
    ends: time
    place: str


@dataclass(frozen=True, slots=True)
class SeatPage:
    """What the link of a place shows to its holder: no name."""

    seat_id: int
    code: str
    meeting: Meeting
    taken: bool

    def event(self) -> Event:
        """For one's calendar: the same event as the one that came by mail."""
        return _event(f"place-{self.seat_id}", self.meeting)


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions behind a code, while they may be answered."""

    title: str
    questions: tuple[str, ...]
    knowledge: tuple[str, ...]
    sensitive: bool
    centre_id: int


def action_page(code: str) -> ActionPage | None:
    """The session that a code names."""
    row = _one("select * from action_page(%s)", code)
    if row is None:
        return None
    said = {name: row[name] for name in ("aim", "audience", "sensitive", "signs", "sign_up")}
    return ActionPage(
        code=code, meeting=_meeting(row), nearby=tuple(row["contacts"]), full=bool(row["full_up"]), **said
    )


def others(code: str) -> list[Other]:
    """The other sessions of the same action that are to come."""
    return [Other(**row) for row in _all("select * from action_others(%s)", code)]


def seat_page(secret: str) -> SeatPage | None:
    """The place that a link opens."""
    row = _one("select * from seat_of(%s)", digest(secret))
    return SeatPage(row["seat"], row["code"], _meeting(row), row["taken"]) if row else None


def questions_page(code: str) -> Questions | None:
    """What is asked, while it may be answered."""
    row = _one("select * from evaluation_page(%s)", code)
    if row is None:
        return None
    return Questions(row["title"], tuple(row["questions"]), tuple(row["knowledge"]), row["sensitive"], row["centre"])


def _meeting(row: dict[str, Any]) -> Meeting:
    same = ("title", "day", "starts", "ends", "place", "access", "link", "interpreter", "accessibility", "sequence",
            "standing")  # fmt: skip
    return Meeting(
        **{name: row[name] for name in same}, centre_id=row["centre"], languages=tuple(row["languages"]),
        changed_at=row["changed"],
    )  # fmt: skip


def _event(uid: str, meeting: Meeting) -> Event:
    return telling.event_of(
        uid, meeting.day, meeting.starts, meeting.ends, sequence=meeting.sequence, changed=meeting.changed_at,
        place=meeting.place, cancelled=meeting.standing == CANCELLED,
    )  # fmt: skip


def _one(statement: str, value: str) -> dict[str, Any] | None:
    return next(iter(_all(statement, value)), None)


def _all(statement: str, value: str) -> list[dict[str, Any]]:
    if "\0" in value:  # which PostgreSQL cannot hold: it names nothing
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
