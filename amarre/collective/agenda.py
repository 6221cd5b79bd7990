"""The one seam with the team's agenda: a session takes its leaders' time there, travel included, and gives it back.

Read by the commands of the room, inside their transactions. What is in an agenda says « Action collective » and
where, never the theme: colleagues and their calendar feeds need no more. Days that are past take nobody's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db import connection
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments.commands_hours import hold_time
from amarre.appointments.placing import Where
from amarre.appointments.slots import instant
from amarre.appointments.states import REMOTE, THERE
from amarre.collective import telling
from amarre.collective.models import Animator, Session
from amarre.collective.states import SessionState
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Centre

LABEL = "Action collective"


def clashes(
    actor: Actor, team: Iterable[Colleague], day: date, starts: time, ends: time, *, but: Session | None = None
) -> list[str]:
    """The names of those who lead another session at that time: days that are past are in no agenda."""
    rows = Animator.objects.visible_to(actor).filter(
        user__in=[colleague.pk for colleague in team], session__day=day, session__starts__lt=ends,
        session__ends__gt=starts, session__state=SessionState.PLANNED,
    )  # fmt: skip
    if but is not None:
        rows = rows.exclude(session=but)
    return sorted(set(rows.values_list("user__name", flat=True)))


def book(actor: Actor, session: Session, team: Sequence[Colleague], travel: int) -> None:
    """Take the time of the team for a session, if it is to come. Raises `Refused` when somebody is not free."""
    action = session.action
    starts_at, ends_at = instant(session.day, session.starts), instant(session.day, session.ends)
    if starts_at <= timezone.now():
        return
    where = Where(
        starts_at, ends_at, action.centre_id, REMOTE if session.link else THERE, travel=travel,
        establishment_id=None if session.link else action.establishment_id, video_url=session.link,
    )  # fmt: skip
    centre = Centre.objects.visible_to(actor).get(pk=action.centre_id)
    try:
        held = hold_time(actor=actor, centre=centre, where=where, colleagues=team, label=LABEL)
    except Refused:
        raise Refused(
            "À cette heure, quelqu’un de l’équipe est déjà pris dans son agenda. Changez l’heure, ou qui anime."
        ) from None
    session.appointment = held
    session.save(update_fields=["appointment"])


def release(session: Session) -> None:
    """Give it back. Whoever arranges sessions may, in any centre: the agenda itself shows them no more for it."""
    if session.appointment_id is not None:
        with connection.cursor() as cursor:
            cursor.execute("select give_session_time_back(%s)", [session.pk])
        session.appointment = None


def call_off(actor: Actor, session: Session) -> None:
    """It does not take place: who holds a place is told, the team's time is given back, nobody signs up any more."""
    release(session)
    telling.called_off(actor, session)
    session.state, session.sign_up = SessionState.CANCELLED, False
    session.save(update_fields=["state", "sign_up", "sequence", "changed_at"])
