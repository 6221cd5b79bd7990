"""Meetings of the tests' world: Inès's with Claire, Yanis's with Nadia, one of Théo's; a link that a passer-by holds.

Read by `tests.rows`. Dr Hugo sits at one of Inès's; Bruno was told of a visit. Every sealed text carries a canary.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from amarre.appointments import links
from amarre.appointments import models as m
from amarre.appointments.defaults import ensure_kinds
from amarre.appointments.slots import instant
from amarre.cases.models import Case
from amarre.sharing.models import Agreement

MEMBERS = frozenset({"claire", "bruno", "zoe"})
CANARIES: dict[str, frozenset[str]] = {
    "canari-rdv-motif-ines": MEMBERS,
    "canari-rdv-motif-yanis": frozenset({"nadia"}),
    "canari-rdv-invite-qui": MEMBERS,
    "canari-rdv-invite-adresse": MEMBERS,
    "canari-visite-adresse": frozenset({"claire", "bruno"}),
    "canari-visite-acces": frozenset({"claire", "bruno"}),
    "canari-visite-consigne": frozenset({"claire", "bruno"}),
}
THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
RDV_ID, OLD_RDV_ID, GROUP_RDV_ID = 7_000_001, 7_000_002, 7_000_003
FEED_SECRET = "flux-de-claire"
ROOM = "Salle des Goélands"


def monday(weeks: int = 1) -> date:
    """A Monday to come, two weeks ahead of what is read « cette semaine »."""
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday() + 7 * weeks)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant, by the clock of the wall."""
    return instant(day, time(hour, minute))


def load_appointments(world: Any, people: dict[str, Any], cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    ensure_kinds()
    usual, group = m.MeetingKind.objects.get(label="Rendez-vous"), m.MeetingKind.objects.get(capacity__gt=1)
    visit = m.MeetingKind.objects.get(label="Visite")
    here, there = world.montreuil, world.nanterre
    room = m.Room(centre=here, name=ROOM, access="Premier étage, sonnez")
    room.save()
    _hours(world, here, there, room)
    day = monday()
    ines = _meet(world, usual, "claire", here, day, 10, person=people["ines"], room=room)
    _why(ines, cases["ines"], "canari-rdv-motif-ines")
    m.Seat(appointment=ines.appointment, user=world.colleague("hugo"), centre=here, host=False,
           span=ines.appointment.span).save()  # fmt: skip
    yanis = _meet(world, usual, "nadia", here, day, 10, person=people["yanis"])
    _why(yanis, cases["yanis"], "canari-rdv-motif-yanis")
    _meet(world, usual, "theo", there, day, 10, name="Personne de Nanterre")
    past = _meet(world, usual, "claire", here, timezone.localdate() - timedelta(days=3), 9, person=people["ines"])
    _why(past, cases["ines"], "")
    _meet(world, group, "claire", here, day + timedelta(days=1), 15, name="Première du groupe", capacity=8)
    _visit(world, _meet(world, visit, "claire", here, day + timedelta(days=2), 9, person=people["ines"], mode="home"))
    for days, out_at in ((5, None), (6, THEN)):
        gone = _meet(world, visit, "claire", here, timezone.localdate() - timedelta(days=days), 9, mode="workplace")
        _visit(world, gone, out_at=out_at, in_at=out_at, taken_at=out_at)
    _held(world, "claire", here, at(day, 16))
    agreed = Agreement.objects.filter(case=cases["ines"], state="given").order_by("pk")[0]
    m.Guest(matter=m.Matter.objects.get(booking=ines), agreement=agreed, words="canari-rdv-invite-qui",
            email="canari-rdv-invite-adresse@exemple.example", at=THEN).save()  # fmt: skip
    asked = _booking(world, usual, "claire", here, id=RDV_ID, name="Qui demande", earlier_since=THEN)
    _booking(world, usual, "claire", here, id=OLD_RDV_ID, name="Trop tard", expires_at=THEN)
    _booking(world, group, "claire", here, id=GROUP_RDV_ID, name="Vient au groupe")
    for hour, days, state in ((14, 5, "open"), (11, -1, "open"), (15, -1, "declined")):
        m.Offer(booking=asked, worker=world.colleague("claire"), centre=here, starts_at=at(day, hour),
                ends_at=at(day, hour, 45), until=timezone.now() + timedelta(days=days), state=state).save()  # fmt: skip
    m.Feed(user=world.colleague("claire"), digest=links.digest(FEED_SECRET), made_at=THEN).save()


def _hours(world: Any, here: Any, there: Any, room: m.Room) -> None:
    since = timezone.localdate() - timedelta(days=60)
    for code, centre in (("claire", here), ("nadia", here), ("theo", there)):
        for weekday in range(5):
            for starts, ends in ((time(9), time(12)), (time(14), time(17))):
                m.Permanence(
                    worker=world.colleague(code), centre=centre, room=room if code == "claire" else None,
                    weekday=weekday, starts=starts, ends=ends, since=since, modes=["office", "phone"],
                ).save()  # fmt: skip
    first = m.Permanence.objects.filter(worker_id=world.colleague("nadia").pk).order_by("pk")[0]
    m.PermanenceChange(permanence=first, on=monday(8)).save()
    m.TimeOff(worker=world.colleague("nadia"), starts_at=at(monday(6), 0), ends_at=at(monday(7), 0)).save()


def _booking(world: Any, kind: m.MeetingKind, worker: str, centre: Any, **said: Any) -> m.Booking:
    row = m.Booking(
        kind=kind, worker=world.colleague(worker), centre=centre, made_by=world.colleague(worker), made_at=THEN,
        **{"expires_at": timezone.now() + timedelta(days=60), **said},
    )  # fmt: skip
    row.digest = links.digest(links.secret_of(row.pk))
    row.save()
    return row


def _meet(
    world: Any, kind: m.MeetingKind, worker: str, centre: Any, day: date, hour: int, *, room: m.Room | None = None,
    mode: str = "office", capacity: int = 1, **whom: Any,
) -> m.Booking:  # fmt: skip
    starts, ends = at(day, hour), at(day, hour) + timedelta(minutes=kind.minutes)
    span = DateTimeTZRange(starts, ends, "[)")
    meeting = m.Appointment(
        kind=kind, centre=centre, mode=mode, room=room, starts_at=starts, ends_at=ends, span=span, capacity=capacity,
        made_by=world.colleague(worker), changed_at=THEN,
    )  # fmt: skip
    meeting.save()
    m.Seat(appointment=meeting, user=world.colleague(worker), centre=centre, span=span).save()
    return _booking(
        world, kind, worker, centre, mode=mode, appointment=meeting, span=span, place=1, state="booked", **whom
    )


def _why(booking: m.Booking, case: Case, reason: str) -> None:
    m.Matter(booking=booking, case=case, reason=reason or None).save()


def _held(world: Any, worker: str, centre: Any, starts: datetime) -> None:
    span = DateTimeTZRange(starts, starts + timedelta(hours=1), "[)")
    meeting = m.Appointment(
        label="Réunion d’équipe", centre=centre, mode="office", starts_at=starts, ends_at=starts + timedelta(hours=1),
        span=span, made_by=world.colleague(worker), changed_at=THEN,
    )  # fmt: skip
    meeting.save()
    m.Seat(appointment=meeting, user=world.colleague(worker), centre=centre, span=span).save()


def _visit(world: Any, booking: m.Booking, **said: Any) -> None:
    meeting = booking.appointment
    m.Visit(
        appointment=meeting, centre=meeting.centre, address="canari-visite-adresse", access="canari-visite-acces",
        warning="canari-visite-consigne", told=world.colleague("bruno"), back_at=meeting.ends_at,
        **said,
    ).save()  # fmt: skip
