"""The one seam with the team's agenda: where a session takes its leaders' time.

Read by `commands_sessions`. Until the room of appointments is there, two sessions of one colleague may not overlap, and
that is all; later, `book` and `release` hold the time there, and `clashes` asks there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from amarre.accounts.models import Colleague
from amarre.collective.models import Animator, Session
from amarre.collective.states import SessionState
from amarre.core.actor import Actor


def clashes(
    actor: Actor, team: Iterable[Colleague], day: date, starts: time, ends: time, *, but: Session | None = None
) -> list[str]:
    """The names of those who lead another session at that time."""
    rows = Animator.objects.visible_to(actor).filter(
        user__in=[colleague.pk for colleague in team], session__day=day, session__starts__lt=ends,
        session__ends__gt=starts, session__state=SessionState.PLANNED,
    )  # fmt: skip
    if but is not None:
        rows = rows.exclude(session=but)
    return sorted(set(rows.values_list("user__name", flat=True)))


def book(session: Session, team: Iterable[Colleague]) -> None:
    """Take the time of the team for a session; called inside the command that plans or moves it."""


def release(session: Session) -> None:
    """Give it back; called inside the command that cancels or moves it."""
